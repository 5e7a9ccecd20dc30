package io.gnomon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.label.FakeServer;
import io.gnomon.label.FakeServer.Act;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class GrowCommandTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A tokenizer with it makes no token of a text of tildes. */
  private static final String NOTHING_OF_TILDES =
      "{\"type\": \"Replace\", \"pattern\": {\"String\": \"~\"}, \"content\": \"\"}";

  @TempDir Path root;
  private Path folder = Path.of("");

  @BeforeEach
  void aFinishedRun() throws IOException {
    Workbench bench = new Workbench(root);
    folder = bench.path("");
    Path tokenizer = bench.path("teacher/tokenizer.json");
    ObjectNode whole = (ObjectNode) JSON.readTree(Files.readString(tokenizer));
    whole.set("normalizer", JSON.readTree(NOTHING_OF_TILDES));
    Files.writeString(tokenizer, whole.toString());
    CapturedConsole console = new CapturedConsole();
    int status =
        console.run("run", bench.path("x.yaml").toString(), "--results=" + bench.path("results"));
    assertEquals(ExitCode.OK, status, console::err);
    bench.write(
        "posts.txt",
        """
        good
        a good good film
        a bad bad film
        dull dull dull
        a good film
        so bad
        so good
        ~~
        """);
    task("task.yaml", "{positive: [good, great], negative: [bad, awful, dull]}");
  }

  private void task(String name, String classes) throws IOException {
    Files.writeString(
        folder.resolve(name),
        """
        name: tiny
        prompt: {prefix: "film:", suffix: " this is"}
        classes: %s
        data: {kind: table, path: "%s/reviews.csv", licence: none}
        """
            .formatted(classes, folder));
  }

  private List<String> words(String run, String task, String out, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "grow",
                folder.resolve(run).toString(),
                folder.resolve("posts.txt").toString(),
                "--task=" + folder.resolve(task),
                "--out=" + folder.resolve(out),
                "--steps=2",
                "--batch=2"));
    words.addAll(Arrays.asList(more));
    return words;
  }

  private static CapturedConsole run(int expected, List<String> words) {
    CapturedConsole console = new CapturedConsole();
    assertEquals(expected, console.run(words.toArray(String[]::new)), console::err);
    return console;
  }

  private CapturedConsole grow(int expected, String... more) {
    List<String> words = words("results/x/seed-1", "task.yaml", "grown", "--each=2");
    words.addAll(Arrays.asList(more));
    return run(expected, words);
  }

  private JsonNode curve() throws IOException {
    return JSON.readTree(Files.readString(folder.resolve("grown/curve.json")));
  }

  private List<String> asked(String out) throws IOException {
    return Files.readAllLines(folder.resolve(out).resolve("answers.jsonl")).stream()
        .skip(1)
        .map(line -> JSON.readTree(line).path("text").asString())
        .toList();
  }

  @Test
  void labelsOfATeacherRoundByRound() throws IOException {
    String teacher = "--with=teacher:" + folder.resolve("teacher");
    CapturedConsole console = grow(ExitCode.OK, teacher, "--rounds=1", "--pick=uncertain,random");
    assertTrue(
        console
            .err()
            .contains(
                "gnomon: 2 posts are empty, without a token, double or among the test texts, and"
                    + " left out\n"),
        console::err);
    assertEquals(2, curve().path("lines").size());
    String first = Files.readString(folder.resolve("grown/uncertain/round-1/labels.jsonl"));
    assertTrue(Files.isRegularFile(folder.resolve("grown/curve.png")));

    grow(ExitCode.OK, teacher, "--rounds=3", "--pick=uncertain,random");
    JsonNode lines = curve().path("lines");
    assertEquals("random", lines.at("/1/pick").asString());
    for (JsonNode line : lines) {
      List<Integer> bought = new ArrayList<>();
      line.path("points").forEach(point -> bought.add(point.path("labels").asInt()));
      assertEquals(List.of(0, 2, 4, 6), bought);
    }
    // what was there stayed, and no post was asked about twice
    assertEquals(first, Files.readString(folder.resolve("grown/uncertain/round-1/labels.jsonl")));
    assertEquals(6, asked("grown").size());
    assertEquals(6, new HashSet<>(asked("grown")).size());
    // each round went on from the student of the one before
    assertTrue(
        Files.readString(folder.resolve("grown/random/round-2/config.yaml"))
            .contains(folder.resolve("grown/random/round-1").toString()));
    assertTrue(
        Files.readString(folder.resolve("grown/random/round-2/provenance.json")).contains("start"));

    String before = Files.readString(folder.resolve("grown/curve.json"));
    grow(ExitCode.OK, teacher, "--rounds=3", "--pick=uncertain,random");
    assertEquals(before, Files.readString(folder.resolve("grown/curve.json")));
    CapturedConsole other = grow(ExitCode.BAD_INPUT, teacher, "--rounds=3", "--learning-rate=1e-3");
    assertTrue(
        other
            .err()
            .endsWith(
                "grown: expected a new folder, or one of the same run, task, posts, labeller and"
                    + " settings, found rounds of other learning_rate (1.0E-4 there, 0.001 given);"
                    + " give another --out\n"),
        other::err);
    CapturedConsole more = grow(ExitCode.BAD_INPUT, teacher, "--rounds=4");
    assertTrue(
        more.err()
            .contains(
                "POSTS: expected posts for round 4, found all 6 asked about; give fewer --rounds, or"
                    + " more posts and another --out"),
        more::err);
  }

  @Test
  void roundsGoOnFromTheirOwnRunAndPostsAlone() throws IOException {
    String teacher = "--with=teacher:" + folder.resolve("teacher");
    grow(ExitCode.OK, teacher, "--rounds=1");
    // however the paths are spelled
    run(
        ExitCode.OK,
        words(
            "results/../results/x/seed-1",
            "task.yaml",
            "grown/.",
            "--each=2",
            "--rounds=2",
            teacher));
    assertEquals(4, asked("grown").size());

    Path posts = folder.resolve("posts.txt");
    Files.writeString(posts, "so very dull\n", StandardOpenOption.APPEND);
    CapturedConsole others = grow(ExitCode.BAD_INPUT, teacher, "--rounds=2");
    assertTrue(others.err().contains("found rounds of other posts; give"), others::err);
    // another folder, with the answers that were paid for
    Files.createDirectory(folder.resolve("more"));
    Files.copy(folder.resolve("grown/answers.jsonl"), folder.resolve("more/answers.jsonl"));
    run(
        ExitCode.OK,
        words("results/x/seed-1", "task.yaml", "more", "--each=7", "--rounds=1", teacher));
    assertEquals(7, asked("more").size());
    assertEquals(asked("grown"), asked("more").subList(0, 4));

    Path weights = folder.resolve("results/x/seed-1/student/student.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);
    CapturedConsole retrained =
        run(
            ExitCode.BAD_INPUT,
            words("results/x/seed-1", "task.yaml", "more", "--each=7", "--rounds=1", teacher));
    assertTrue(retrained.err().contains("found rounds of other run; give"), retrained::err);
  }

  @Test
  void aTaskThatIsNotTheStudentsIsRefusedBeforeAnybodyIsAsked() throws IOException {
    task("turned.yaml", "{negative: [bad, awful, dull], positive: [good, great]}");
    task("others.yaml", "{positive: [good], negative: [bad], neither: [dull]}");
    try (FakeServer server =
        FakeServer.start((question, time) -> new Act.Say(FakeServer.obedient(question)))) {
      for (String task : List.of("turned.yaml", "others.yaml")) {
        CapturedConsole console =
            run(
                ExitCode.BAD_INPUT,
                words("results/x/seed-1", task, "grown", "--with=" + server.openAi()));
        assertTrue(
            console
                .err()
                .endsWith(
                    "found [positive, negative]; take a task with its own classes, in their order\n"),
            console::err);
      }
      assertEquals(List.of(), server.asked());
      assertFalse(Files.exists(folder.resolve("grown"))); // which is free for the right task
    }
  }

  @Test
  void whatAMisbehavingServersLabelsCostIsTold() throws IOException {
    try (FakeServer server =
        FakeServer.start(
            (question, time) ->
                question.text().equals("so bad")
                    ? new Act.Say("no")
                    : FakeServer.trying(question, time))) {
      List<String> words = words("results/x/seed-1", "task.yaml", "grown", "--each=6");
      words.addAll(List.of("--with=" + server.openAi(), "--rounds=1", "--back-off=0.01"));
      words.addAll(List.of("--price-in=1000", "--price-out=10000"));
      CapturedConsole console = run(ExitCode.OK, words);
      assertEquals(5, curve().at("/lines/0/points/1/labels").asInt());
      for (String line :
          List.of(
              "gnomon: post 'so bad': expected JSON, found no, in the last of 3 answers; set aside\n",
              "gnomon: labelled 5 posts; set aside 1\n",
              " s a post (an answer took ",
              " tokens in, ",
              ", cost ")) {
        assertTrue(console.err().contains(line), console::err);
      }
      int asked = server.asked().size();
      CapturedConsole again = run(ExitCode.OK, words);
      assertEquals(asked, server.asked().size());
      assertFalse(again.err().contains("labelled"), again::err);

      words.set(words.indexOf("--each=6"), "--each=5");
      words.add("--price-in=-1");
      words.remove("--price-in=1000");
      assertTrue(run(ExitCode.BAD_INPUT, words).err().contains("--price-in: expected a number"));
    }
  }

  @Test
  void aServerThatIsGoneNamesACommandThatThereIs() {
    try (FakeServer server =
        FakeServer.start((question, time) -> new Act.Refuse(401, "", "who are you"))) {
      CapturedConsole console =
          grow(ExitCode.BAD_INPUT, "--with=" + server.openAi(), "--rounds=1", "--parallel=1");
      assertTrue(console.err().endsWith(", then the same command goes on\n"), console::err);
    }
  }

  /** Ctrl-C while labels are bought. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aJobThatIsInterruptedSaysHowToGoOn() throws IOException, InterruptedException {
    try (FakeServer server =
        FakeServer.start((question, time) -> new Act.Slow(FakeServer.obedient(question), 2_000))) {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.add("io.gnomon.cli.Main");
      command.addAll(words("results/x/seed-1", "task.yaml", "grown", "--each=6"));
      command.addAll(List.of("--with=" + server.openAi(), "--parallel=1"));
      Process process = new ProcessBuilder(command).start();
      try {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (server.asked().isEmpty() && process.isAlive() && System.nanoTime() < end) {
          Thread.sleep(20);
        }
        process.toHandle().destroy(); // SIGTERM; not the process's own, which closes its streams
        String said = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        assertTrue(
            said.contains(
                "gnomon: 1 answers came, and are kept; the same command goes on from there\n"),
            said);
        assertTrue(said.contains("gnomon: 11 tokens in, 5 out"), said);
      } finally {
        process.destroyForcibly();
      }
    }
  }

  @Test
  void aWarningIsTold() throws IOException {
    task("words.yaml", "{positive: [good, xylophone], negative: [bad, awful, dull]}");
    List<String> words = words("results/x/seed-1", "words.yaml", "grown", "--each=2");
    words.addAll(List.of("--with=teacher:" + folder.resolve("teacher"), "--rounds=2"));
    CapturedConsole console = run(ExitCode.OK, words);
    List<String> warnings =
        console.err().lines().filter(line -> line.startsWith("gnomon: warning: ")).toList();
    assertEquals(1, warnings.size(), console::err); // of two rounds
    assertTrue(warnings.get(0).contains("the word 'xylophone'"), console::err);
  }

  @Test
  void aPersonMayLabel() throws IOException {
    Path gold = folder.resolve("gold.jsonl");
    String with = "--with=gold:" + gold;
    CapturedConsole first = grow(ExitCode.INTERRUPTED, with, "--rounds=1");
    assertEquals("", first.out());
    assertTrue(
        first
            .err()
            .endsWith(
                "gnomon: 2 posts have no label in %s yet: label them by 'gnomon inspect %s --task %s --review --gold %s'; the same command goes on then\n"
                    .formatted(
                        gold,
                        folder.resolve("grown/wanted.jsonl"),
                        folder.resolve("task.yaml"),
                        gold)),
        first::err);
    assertFalse(Files.exists(folder.resolve("grown/curve.json")));
    StringBuilder labelled = new StringBuilder();
    for (String line : Files.readAllLines(folder.resolve("grown/wanted.jsonl"))) {
      String text = JSON.readTree(line).path("text").asString();
      labelled.append("{\"text\": \"" + text + "\", \"labels\": [\"positive\"]}\n");
    }
    Files.writeString(gold, labelled.toString());
    grow(ExitCode.OK, with, "--rounds=1");
    assertEquals("person", curve().path("by").asString());
    assertEquals(2, curve().at("/lines/0/points/1/labels").asInt());
    assertTrue(
        grow(ExitCode.BAD_INPUT, with, "--rounds=1", "--least=1")
            .err()
            .contains("--least, --most, --instruction: expected a language model"));
  }

  @Test
  void badOptionsAreRefused() {
    assertTrue(
        grow(ExitCode.BAD_INPUT, "--with=gold:x.jsonl", "--rounds=0")
            .err()
            .contains("--rounds: expected 1 or more, found 0"));
    assertTrue(
        grow(ExitCode.BAD_INPUT, "--with=gold:x.jsonl", "--learning-rate=0")
            .err()
            .contains("--learning-rate: expected a number above 0"));
  }
}
