package io.gnomon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shell blocks of each page under docs/, run in order as one script in a folder of their own,
 * by the very program but for the length of its runs.
 */
@DisabledOnOs(OS.WINDOWS)
class DocumentationTest {
  private static final Path HOME =
      Path.of(System.getProperty("gnomon.home", ".")).toAbsolutePath().normalize();

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\n(.*?)^```$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)\\)");

  /** Runs are as they are told, only shorter. */
  private static final String LAUNCHER =
      """
      #!/bin/bash
      short=()
      case "$1" in
        run) short=(--set training.steps=6 --set trace.every=3 --set trace.probe=32 --set optimizer.warmup_steps=1);;
        answer) short=(--set training.steps=6 --set trace.probe=32 --set optimizer.warmup_steps=1);;
      esac
      exec "%s" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "%s" -Dgnomon.home="%s" \\
        -Dai.djl.pytorch.graph_optimizer=false -Djava.awt.headless=true io.gnomon.cli.Main "$@" "${short[@]}"
      """;

  @TempDir Path folder;

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(HOME.resolve("docs"))) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  private static String script(Path page) throws IOException {
    return BLOCK
        .matcher(Files.readString(page))
        .results()
        .map(block -> block.group(1))
        .collect(Collectors.joining());
  }

  @TestFactory
  Stream<DynamicTest> thePagesDoWhatTheySay() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path page : pages()) {
      String script = script(page);
      if (!script.isEmpty()) {
        String name = HOME.resolve("docs").relativize(page).toString();
        tests.add(DynamicTest.dynamicTest(name, () -> runs(name, script)));
      }
    }
    assertTrue(tests.size() > 5, "the pages have lost their commands");
    return tests.stream();
  }

  private void runs(String name, String script) throws IOException, InterruptedException {
    Path here = Files.createDirectories(folder.resolve(name.replace('/', '-')));
    copy(HOME.resolve("configs"), here.resolve("configs"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path launcher = here.resolve("gnomon");
    Files.writeString(
        launcher, LAUNCHER.formatted(java, System.getProperty("java.class.path"), HOME));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path output = here.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-e", "-c", script)
            .directory(here.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(Map.of("OMP_NUM_THREADS", "1"));
    Process process = builder.start();
    assertTrue(process.waitFor(5, TimeUnit.MINUTES), () -> name + " did not end");
    assertEquals(0, process.exitValue(), () -> tail(output));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  private static String tail(Path output) {
    try {
      List<String> lines = Files.readAllLines(output, UTF_8);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyLinkLeadsSomewhere() throws IOException {
    return pages().stream()
        .map(page -> DynamicTest.dynamicTest(page.getFileName().toString(), () -> links(page)));
  }

  private static void links(Path page) throws IOException {
    for (MatchResult link : LINK.matcher(Files.readString(page)).results().toList()) {
      Path target = page.resolveSibling(link.group(1));
      assertTrue(Files.exists(target), () -> page + " links to " + link.group(1));
    }
  }
}
