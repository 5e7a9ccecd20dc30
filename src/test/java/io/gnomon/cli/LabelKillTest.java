package io.gnomon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.checkpoint.Sha256;
import io.gnomon.label.FakeServer;
import io.gnomon.label.FakeServer.Act;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A process killed with SIGKILL while it labels: nothing is lost, nothing answered asked again. */
class LabelKillTest {
  private static final Path HOME = Path.of(System.getProperty("gnomon.home", ".")).toAbsolutePath();
  private static final int POSTS = 600;
  private static final int PARALLEL = 5;
  private static final String KEY = "sk-of-the-environment-31";

  @TempDir Path folder;

  @Test
  void nothingAnsweredIsAskedAgain() throws IOException, InterruptedException {
    Path posts = folder.resolve("posts.txt");
    List<String> texts = IntStream.range(0, POSTS).mapToObj(i -> "post number " + i).toList();
    Files.write(posts, texts);
    Path out = folder.resolve("labels.jsonl");
    try (FakeServer server =
        FakeServer.start((question, time) -> new Act.Slow(FakeServer.obedient(question), 15))) {
      Set<String> answered = new HashSet<>();
      int underWay = 0;
      for (int kill = 1; kill <= 2; kill++) {
        Process process = start(server, posts, out, kill > 1);
        waitFor(out, POSTS * kill / 6, process);
        process.destroyForcibly(); // SIGKILL
        assertTrue(process.waitFor(5, TimeUnit.MINUTES));
        assertFalse(Files.exists(out));
        answered = answered(out);
        underWay += PARALLEL; // at most these were under way
      }
      Process last = start(server, posts, out, true);
      assertTrue(last.waitFor(5, TimeUnit.MINUTES));
      assertEquals(0, last.exitValue(), () -> said(last));

      List<JsonNode> rows = rows(out);
      assertEquals(texts, rows.stream().map(row -> row.path("text").asString()).toList());
      assertTrue(rows.stream().allMatch(row -> row.path("labels").size() >= 2));
      int asked = 0;
      for (String text : texts) {
        int times = server.times().getOrDefault(text, 0);
        asked += times;
        boolean known = answered.contains(Sha256.ofText(text));
        assertTrue(!known || times <= 2, text);
      }
      assertTrue(asked <= POSTS + underWay, "asked " + asked + " times about " + POSTS + " posts");
      assertEquals(answeredOnce(out), POSTS);
      assertEquals("Bearer " + KEY, server.asked().get(0).authorization());
      keyIsNowhere();
    }
  }

  /** Answers on disk: each text has one, so that none was asked about when it had its answer. */
  private static int answeredOnce(Path out) throws IOException {
    List<JsonNode> lines = rows(answers(out));
    assertEquals(lines.size() - 1, answered(out).size(), "a text was answered twice");
    return lines.size() - 1;
  }

  private void keyIsNowhere() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertFalse(Files.readString(file).contains(KEY), file::toString);
      }
    }
  }

  private static Path answers(Path out) {
    return out.resolveSibling(out.getFileName() + ".answers.jsonl");
  }

  private static Set<String> answered(Path out) throws IOException {
    Set<String> keys = new HashSet<>();
    for (String line : Files.readAllLines(answers(out))) {
      if (line.endsWith("}") && !line.startsWith("{\"asked\"")) {
        keys.add(JsonMapper.shared().readTree(line).path("text").asString());
      }
    }
    return keys;
  }

  private static List<JsonNode> rows(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(JsonMapper.shared()::readTree).toList();
  }

  private static void waitFor(Path out, int count, Process process)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    while (!Files.exists(answers(out)) || Files.readAllLines(answers(out)).size() <= count) {
      assertTrue(process.isAlive(), () -> said(process));
      assertTrue(System.nanoTime() < end, "too slow");
      Thread.sleep(10);
    }
  }

  private static String said(Process process) {
    try {
      return new String(process.getErrorStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static Process start(FakeServer server, Path posts, Path out, boolean resume)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("-Dgnomon.home=" + HOME);
    command.addAll(List.of("io.gnomon.cli.Main", "label", posts.toString()));
    command.addAll(List.of("--with", server.openAi(), "--key-from", "FAKE_KEY"));
    command.addAll(List.of("--task", "tasks/interests-20", "--least", "2", "--most", "5"));
    command.addAll(List.of("--parallel", Integer.toString(PARALLEL), "--out", out.toString()));
    if (resume) {
      command.add("--resume");
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("FAKE_KEY", KEY);
    return builder.start();
  }
}
