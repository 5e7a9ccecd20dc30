package io.gnomon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.checkpoint.FolderLock;
import io.gnomon.cli.Workbench.Break;
import io.gnomon.cli.Workbench.Refusal;
import io.gnomon.trace.TraceFile;
import io.gnomon.trace.TraceRow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Answers kept by runs and by {@code gnomon answer}, and what is said of them. */
class AnswerCommandTest {
  private static final String KEEP = " --set teacher.answers=keep";
  private static final String RUN = "run @/x.yaml --results @/results" + KEEP + " --run-id ";
  private static final String ANSWER = "answer @/x.yaml --set teacher.answers=keep --answers @/";
  private static final String NOT_LOADED = ": the teacher is not loaded";

  @TempDir Path root;
  private Workbench bench;

  @BeforeEach
  void prepare() throws IOException {
    bench = new Workbench(root);
  }

  private CapturedConsole run(String command) {
    CapturedConsole console = new CapturedConsole();
    assertEquals(ExitCode.OK, bench.run(console, List.of(command.split(" "))), console::err);
    return console;
  }

  private void same(String expected, String found) {
    List<TraceRow> a = new TraceFile(bench.path("results/x/" + expected + "/trace.jsonl")).read();
    List<TraceRow> b = new TraceFile(bench.path("results/x/" + found + "/trace.jsonl")).read();
    assertEquals(3, a.size());
    assertEquals(a.size(), b.size());
    for (int i = 0; i < a.size(); i++) {
      assertTrue(a.get(i).sameExceptSpeed(b.get(i)), "row " + i + " of " + found);
    }
  }

  /** Every file below {@code name} with its digest. */
  private Map<String, String> below(String name) throws IOException {
    Map<String, String> below = new TreeMap<>();
    bench
        .listing()
        .forEach(
            (path, digest) -> {
              if (path.startsWith(name + "/")) {
                below.put(path.substring(name.length()), digest);
              }
            });
    return below;
  }

  @Test
  void theSecondRunLoadsNoTeacherAndLeavesTheSameTrace() throws IOException {
    run(RUN.replace(KEEP, "") + "asked");
    String first = run(RUN + "first").err();
    assertTrue(first.startsWith("answers kept of 0 of 4 batches in "), first);
    assertFalse(first.contains(NOT_LOADED), first);
    String second = run(RUN + "second").err();
    assertTrue(second.contains(NOT_LOADED), second);
    same("asked", "first");
    same("asked", "second");
    String provenance = Files.readString(bench.path("results/x/second/provenance.json"));
    assertTrue(provenance.contains("\"teacher_loaded\" : false"), provenance);

    String student = " --set student.hidden=18 --set objective.divergence=l2";
    assertTrue(run(RUN + "wider" + student).err().contains(NOT_LOADED));
    run(RUN.replace(KEEP, "") + "wider-asked" + student);
    same("wider-asked", "wider");
  }

  @Test
  void aLongerRunLoadsItsTeacher() {
    run(RUN + "first");
    String longer = run(RUN + "longer --set training.steps=6").err();
    assertTrue(longer.startsWith("answers kept of 4 of 6 batches in "), longer);
    assertTrue(run(RUN + "again --set training.steps=5").err().contains(NOT_LOADED));
  }

  @Test
  void shardsMergeToTheBytesOfTheWhole() throws IOException {
    String said = run(ANSWER + "whole").out();
    assertTrue(said.startsWith("6 batches kept, 6 of them asked now, in\n"), said);
    for (String shard : List.of("1/3", "2/3", "0/3")) {
      String err = run(ANSWER + "parts --shard " + shard).err();
      assertTrue(err.contains("the same command with --merge"), err);
    }
    String read = run(RUN + "shards --answers @/parts").err();
    assertTrue(read.contains(NOT_LOADED), read);
    String merged = run(ANSWER + "parts --merge").out();
    assertEquals(3, merged.lines().filter(line -> line.startsWith("whole: ")).count(), merged);
    assertEquals(3 * 3 + 3, below("whole").size(), below("whole")::toString);
    assertEquals(below("whole"), below("parts"));

    run(ANSWER + "parts --merge");
    assertEquals(below("whole"), below("parts"));
    String again = run(ANSWER + "parts").out();
    assertTrue(again.startsWith("6 batches kept, 0 of them asked now, in\n"), again);
    run(RUN.replace(KEEP, "") + "asked");
    run(RUN + "kept --answers @/parts");
    same("asked", "kept");
    same("asked", "shards");
  }

  @Test
  void aConfigurationThatKeepsNoneIsToldSo() {
    String err = run(ANSWER.replace(KEEP, "") + "whole").err();
    assertTrue(err.contains("runs read them under teacher.answers: keep"), err);
  }

  @Test
  void aKilledJobGoesOnToTheSameBytes() throws IOException, InterruptedException {
    String steps = " --set training.steps=1200";
    List<String> said = stop(ANSWER + "killed" + steps, "answered [23]\\d\\d of .*", false);
    String last = said.get(said.size() - 1);
    assertTrue(
        last.matches("kept \\d+ batches; the same command goes on from there"), said::toString);
    stop(ANSWER + "killed" + steps, "answered [67]\\d\\d of .*", true);
    CapturedConsole rest = run(ANSWER + "killed" + steps);
    assertFalse(rest.out().startsWith("1202 batches kept, 1202 of"), rest::out);
    run(ANSWER + "whole" + steps);
    Map<String, String> killed = below("killed");
    killed.keySet().removeIf(name -> name.endsWith(".lock"));
    assertEquals(below("whole"), killed);
  }

  /** Runs in a process of its own until it says {@code at}; what it said from then on. */
  private List<String> stop(String command, String at, boolean kill)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.gnomon.cli.Main"));
    Stream.of(command.split(" "))
        .map(word -> word.replace("@", bench.path("").toString().replaceAll("/$", "")))
        .forEach(words::add);
    Process process =
        new ProcessBuilder(words).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8))) {
      String line = lines.readLine();
      while (line != null && !line.matches(at)) {
        line = lines.readLine();
      }
      assertTrue(line != null, "ended before it said " + at);
      if (kill) {
        process.destroyForcibly(); // SIGKILL; closes the stream as well
        return List.of();
      }
      process.toHandle().destroy(); // SIGTERM
      return lines.lines().toList();
    } finally {
      process.destroyForcibly();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    }
  }

  @Test
  void anAnswerThatIsNoNumberIsNotKept() throws IOException {
    bench.fillEnd("teacher/model.safetensors", 40);
    for (String command : List.of(ANSWER + "nan", RUN + "nan --answers @/nan")) {
      CapturedConsole console = new CapturedConsole();
      assertEquals(ExitCode.BAD_INPUT, bench.run(console, List.of(command.split(" "))));
      assertTrue(
          console.err().contains("teacher: expected finite probabilities, found others"),
          console::err);
    }
    try (Stream<Path> files = Files.walk(bench.path("nan"))) {
      List<Path> kept = files.filter(file -> file.endsWith("answers.bin")).toList();
      assertEquals(3, kept.size());
      for (Path file : kept) {
        assertEquals(40, Files.size(file), "more than its beginning in " + file);
      }
    }
  }

  @Test
  void twoAtOnceReadAlongAndTwoAtOneShareAreRefused() throws IOException {
    run(ANSWER + "whole --shard 0/2");
    Path training = holding("training");
    try (FolderLock other = FolderLock.acquire(training.resolve("whole"));
        FolderLock share = FolderLock.acquire(training.resolve("shard-1-of-2"))) {
      CapturedConsole console = new CapturedConsole();
      List<String> command = List.of((ANSWER + "whole --shard 1/2").split(" "));
      assertEquals(ExitCode.BAD_INPUT, bench.run(console, command));
      assertEquals(
          "gnomon: "
              + training
              + ": another gnomon is appending to share 1/2 of these answers; wait for it to end,"
              + " or take another --shard",
          console.err().strip());
      String err = run(RUN + "beside --answers @/whole").err();
      assertTrue(
          err.contains(
              training
                  + ": another gnomon is appending answers here; they are read as they come, and"
                  + " what this run asks beyond them is not kept"),
          err);
      assertTrue(err.startsWith("answers kept of 2 of 4 batches in "), err);
    }
    assertFalse(Files.exists(training.resolve("whole")));
    run(RUN.replace(KEEP, "") + "asked");
    same("asked", "beside");
  }

  private Path holding(String inputs) throws IOException {
    try (Stream<Path> tables = Files.list(bench.path("whole"))) {
      for (Path table : tables.toList()) {
        if (Files.readString(table.resolve("header.json")).contains("\"" + inputs + "\"")) {
          return table;
        }
      }
    }
    throw new AssertionError("no table of " + inputs);
  }

  @TestFactory
  Stream<DynamicTest> whatCannotBeUsedIsRefusedInOneLine() throws IOException {
    run(ANSWER + "whole --shard 0/2");
    bench.keep();
    String run = RUN + "seed-1 --answers @/whole";
    String file = "whole/*/shard-0-of-2/answers.bin: ";
    return Stream.of(
            new Refusal(
                "damaged",
                change(bytes -> bytes[bytes.length - 9] ^= 1),
                run,
                file
                    + "expected whole records, found the one at byte * damaged (its checksum fails);"
                    + " keep those before it with 'truncate -s * *answers.bin', or delete the file:"
                    + " the teacher is asked for what is missing"),
            new Refusal(
                "of another kind",
                change(bytes -> Arrays.fill(bytes, (byte) ' ')),
                run,
                file
                    + "expected answers under the key *, found a file of another kind; move it back"
                    + " where it belongs, or delete it and the teacher is asked anew"),
            new Refusal(
                "of another key",
                change(bytes -> bytes[17] ^= 1),
                run,
                file
                    + "expected answers under the key *, found those of *; move it back where it"
                    + " belongs, or delete it and the teacher is asked anew"),
            new Refusal(
                "another header",
                b -> {
                  Path header = holding("training").resolve("header.json");
                  String text = Files.readString(header);
                  Files.writeString(header, text.replace("\"seed\" : 1", "\"seed\" : 2"));
                },
                run,
                "whole/*/header.json: expected seed 1, found 2; move the folder back where it"
                    + " belongs, or delete it and the teacher is asked anew"),
            new Refusal(
                "merged too early",
                b -> {},
                ANSWER + "whole --merge",
                "whole/*: expected the answers to all 4 batches (training), found 2 (the first"
                    + " missing is 1); run 'gnomon answer CONFIG --shard 1/2', then merge again"),
            new Refusal(
                "merged before anything",
                b -> {},
                ANSWER + "nowhere --merge",
                "nowhere/*: expected the answers to all 4 batches (training), found 0 (the first"
                    + " missing is 0); run 'gnomon answer CONFIG', then merge again"),
            new Refusal(
                "no such shard",
                b -> {},
                ANSWER + "whole --shard 2/2",
                "--shard: expected i/n with i from 0 to n − 1, such as 0/4, found '2/2'; number the"
                    + " shards from 0"),
            new Refusal(
                "a shard merged",
                b -> {},
                ANSWER + "whole --shard 0/2 --merge",
                "--merge: expected no --shard beside it, found 0/2; leave one of them out"),
            new Refusal(
                "a file for a folder",
                b -> {},
                ANSWER + "x.yaml",
                "x.yaml/*/whole/.lock: cannot be written: a file stands where a folder is needed;"
                    + " move it away or choose another folder"))
        .map(refusal -> DynamicTest.dynamicTest(refusal.name(), () -> bench.refuses(refusal)));
  }

  /** A change of bytes. */
  private interface Change {
    void apply(byte[] bytes);
  }

  /** Changes the answers of training in place. */
  private Break change(Change change) {
    return b -> {
      Path file = holding("training").resolve("shard-0-of-2/answers.bin");
      byte[] bytes = Files.readAllBytes(file);
      change.apply(bytes);
      Files.write(file, bytes);
    };
  }
}
