package io.gnomon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in a folder of its own, with a Maven and a Java that only tell what they are asked.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final String JAVA =
      """
      #!/bin/sh
      if [ "$1" = -version ]; then echo 'openjdk version "%s" 2025-04-15' >&2; exit 0; fi
      echo "class path $CLASSPATH"
      echo "tf32 ${TORCH_ALLOW_TF32_CUBLAS_OVERRIDE:-unset}"
      for word in "$@"; do echo "word $word"; done
      exit 7
      """;
  private static final String MVNW =
      """
      #!/bin/sh
      echo built >> builds
      mkdir -p target/lib
      touch target/lib/api.jar target/lib/pytorch-native-cpu-1.jar target/gnomon.jar
      """;

  @TempDir private Path temp;
  private Path home;

  private record Outcome(int status, String out, String err) {}

  @BeforeEach
  void aCheckout() throws IOException {
    home = Files.createDirectories(temp.resolve("a folder")).toRealPath();
    Path launcher = Path.of(System.getProperty("gnomon.home", "."), "gnomon");
    Files.copy(launcher, home.resolve("gnomon"));
    Files.createDirectories(home.resolve("src/main"));
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    script("mvnw", MVNW);
    script("jdk/bin/java", JAVA.formatted("17.0.15"));
    script("jdk/bin/javac", "#!/bin/sh\n");
    script("bin/nvidia-smi", "#!/bin/sh\necho 'GPU 0: a card'\n");
  }

  @Test
  void buildsOnceAndPassesWordsAndStatus() throws Exception {
    Outcome first = launch(Map.of("GNOMON_ACCELERATOR", "cpu"), "run", "two words", "");
    assertEquals(7, first.status(), first::err);
    assertTrue(first.out().endsWith("word io.gnomon.cli.Main\nword run\nword two words\nword \n"));
    assertTrue(first.out().contains("word -Dgnomon.home=" + home + "\n"), first::out);
    assertTrue(first.out().contains("tf32 unset\n"), first::out);
    assertTrue(first.out().contains("/target/lib/pytorch-native-cpu-1.jar"), first::out);
    assertTrue(first.err().startsWith("gnomon: building"), first::err);
    assertEquals("", launch(Map.of("GNOMON_ACCELERATOR", "cpu")).err());
    assertEquals(1, builds());
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws Exception {
    launch(Map.of());
    Files.setLastModifiedTime(
        home.resolve("pom.xml"), FileTime.fromMillis(System.currentTimeMillis() + 5_000));
    launch(Map.of());
    assertEquals(2, builds());
  }

  @Test
  void aBuildThatBrokeOffIsNotTakenAsBuilt() throws Exception {
    script("mvnw", MVNW + "exit 1\n");
    Outcome broken = launch(Map.of());
    assertEquals(1, broken.status());
    assertTrue(broken.err().contains("gnomon: the build failed"), broken::err);
    assertEquals("", broken.out());
    launch(Map.of());
    assertEquals(2, builds());
  }

  @Test
  void aLockOfADeadProcessIsTakenOver() throws Exception {
    Files.createDirectories(home.resolve("target"));
    String host = text(new ProcessBuilder("uname", "-n").start().getInputStream().readAllBytes());
    Files.createSymbolicLink(
        home.resolve("target/gnomon.building"), Path.of(host.strip() + ":999999999"));
    assertEquals(7, launch(Map.of()).status());
    assertEquals(1, builds());
  }

  @Test
  void firstUsesAtOnceBuildOnce() throws Exception {
    script("mvnw", MVNW + "sleep 2\n");
    Process one = start(home.resolve("gnomon"), Map.of());
    Process two = start(home.resolve("gnomon"), Map.of());
    assertEquals(7, outcome(one).status());
    assertEquals(7, outcome(two).status());
    assertEquals(1, builds());
  }

  @Test
  void onACardTheCpuBuildStaysOffTheClassPath() throws Exception {
    String path = home.resolve("bin") + ":" + System.getenv("PATH");
    Outcome cuda = launch(Map.of("PATH", path));
    assertTrue(cuda.out().contains("/target/lib/api.jar\n"), cuda::out);
    assertTrue(cuda.out().contains("tf32 1\n"), cuda::out);
    Outcome cpu = launch(Map.of("PATH", path, "GNOMON_ACCELERATOR", "cpu"));
    assertTrue(cpu.out().contains("/target/lib/pytorch-native-cpu-1.jar"), cpu::out);
  }

  @Test
  void anUnknownAcceleratorIsRefused() throws Exception {
    Outcome outcome = launch(Map.of("GNOMON_ACCELERATOR", "tpu"));
    assertEquals(2, outcome.status());
    assertTrue(
        outcome.err().endsWith("GNOMON_ACCELERATOR is tpu: expected auto, cuda or cpu\n"),
        outcome::err);
  }

  @Test
  void anOldJavaIsRefusedInOneLine() throws Exception {
    script("jdk/bin/java", JAVA.formatted("1.8.0_402"));
    Outcome outcome = launch(Map.of());
    assertEquals(2, outcome.status());
    assertEquals(1, outcome.err().lines().count(), outcome::err);
    assertTrue(outcome.err().startsWith("gnomon: needs Java 17 or newer"), outcome::err);
  }

  @Test
  void isFoundThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(temp.resolve("link"), Path.of("a folder/gnomon"));
    Outcome outcome = outcome(start(link, Map.of("GNOMON_JAVA_OPTS", "-Xmx3g -ea")));
    assertEquals(7, outcome.status(), outcome::err);
    assertTrue(outcome.out().contains("word -Xmx3g\nword -ea\nword io.gnomon"), outcome::out);
  }

  private Outcome launch(Map<String, String> environment, String... words) throws Exception {
    return outcome(start(home.resolve("gnomon"), environment, words));
  }

  private Process start(Path launcher, Map<String, String> environment, String... words)
      throws IOException {
    String[] command = new String[words.length + 1];
    command[0] = launcher.toString();
    System.arraycopy(words, 0, command, 1, words.length);
    ProcessBuilder builder = new ProcessBuilder(command).directory(temp.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(key -> key.startsWith("GNOMON_") || key.startsWith("TORCH_"));
    builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Outcome outcome(Process process) throws Exception {
    String out = text(process.getInputStream().readAllBytes());
    String err = text(process.getErrorStream().readAllBytes());
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return new Outcome(process.exitValue(), out, err);
  }

  private long builds() throws IOException {
    return Files.readAllLines(home.resolve("builds")).size();
  }

  private void script(String name, String text) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
