package io.gnomon.serve.bulk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.Messages;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A killed job that goes on, beside one that was never killed; blocks have 7 rows, so that 17 and
 * 14 make five stretches, of which the file's short end and the one behind it are one part.
 */
class ResumeTest {
  private static final int STRETCHES = 5;
  private static final int PARTS = 4;

  @TempDir Path root;
  private Path first;
  private Path second;

  @BeforeEach
  void inputs() throws IOException {
    first = Files.writeString(root.resolve("1.jsonl"), lines(0, 17));
    second = Files.writeString(root.resolve("2.jsonl"), lines(17, 31));
  }

  /** Every fifth line is broken. */
  private static String lines(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> i % 5 == 4 ? "{broken" : "{\"text\": \"" + i + " fun".repeat(i % 4) + "\"}")
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private Job job(String out) {
    return Job.of(first, second).to(root.resolve(out));
  }

  private Path side(String out) {
    return root.resolve(out + ".rejected.jsonl");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "csv", "parquet"})
  void killedAnywhereItEndsWithTheSameBytes(String ending) throws IOException {
    String whole = "whole." + ending;
    assertEquals(new Done(31, 25, 6, 0), job(whole).run().done());
    assertEquals(6, Job.read(side(whole)).lines().count());
    for (int calls = 0; calls < STRETCHES; calls++) {
      String out = "cut-" + calls + "." + ending;
      Words dies = new Words(calls);
      Messages.of(IllegalStateException.class, () -> job(out).run(dies));
      assertFalse(Files.exists(root.resolve(out)), "a name for half a file");
      // What the kernel had written when the process died, not yet in the journal.
      for (Path part : List.of(root.resolve(out), side(out))) {
        Files.writeString(PartFile.part(part), "{\"row\": 1", StandardOpenOption.APPEND);
      }
      assertTrue(job(out).resume().run().finished());
      assertSame(whole, out);
    }
  }

  private void assertSame(String whole, String out) throws IOException {
    assertArrayEquals(
        Files.readAllBytes(root.resolve(whole)), Files.readAllBytes(root.resolve(out)), out);
    assertEquals(Job.read(side(whole)), Job.read(side(out)));
    try (var files = Files.list(root)) {
      assertFalse(files.anyMatch(file -> file.toString().matches(".*(part|tmp|journal.json)$")));
    }
  }

  @Test
  void stoppedItSaysSoAndGoesOn() throws IOException {
    job("whole.jsonl").run();
    BulkJob.Outcome stopped = job("out.jsonl").stopAfter(2).run();
    assertFalse(stopped.finished());
    assertEquals(14, stopped.done().rows());
    assertFalse(job("out.jsonl").resume().stopAfter(1).run().finished());
    assertTrue(job("out.jsonl").resume().run().finished());
    assertSame("whole.jsonl", "out.jsonl");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "parquet"})
  void killedBetweenTheLastRenames(String ending) throws IOException {
    job("whole." + ending).run();
    String out = "out." + ending;
    Path journal = Journal.beside(root.resolve(out));
    job(out).stopAfter(PARTS).run();
    byte[] last = Files.readAllBytes(journal);
    byte[] part = Files.readAllBytes(PartFile.part(root.resolve(out)));
    job(out).resume().run();
    Files.write(journal, last);
    if (ending.equals("parquet")) { // there the part goes last
      Files.write(PartFile.part(root.resolve(out)), part);
    }
    job(out).resume().run();
    assertSame("whole." + ending, out);
  }

  @Test
  void withoutAJournalItBegins() throws IOException {
    job("whole.jsonl").run();
    job("out.jsonl").resume().run();
    assertSame("whole.jsonl", "out.jsonl");
  }

  @Test
  void whatWasAnotherJobIsRefused() throws IOException {
    job("out.jsonl").stopAfter(1).run();
    Path journal = Journal.beside(root.resolve("out.jsonl"));
    assertEquals(
        journal
            + ": expected no unfinished job, found one of 7 rows; give --resume to go on with it, or"
            + " delete the file to begin anew",
        Messages.of(InputException.class, () -> job("out.jsonl").run()));
    Job other = job("out.jsonl").resume().settings(Map.of("model", "n"));
    assertEquals(
        journal
            + ": expected model as the job began: m, found n; give that again, or delete the journal"
            + " to begin anew",
        Messages.of(InputException.class, other::run));
    Files.writeString(second, "{}", StandardOpenOption.APPEND);
    String changed = Messages.of(InputException.class, () -> job("out.jsonl").resume().run());
    assertTrue(changed.startsWith(journal + ": expected inputs as the job began: "), changed);
  }

  @Test
  void aLostPartIsRefused() throws IOException {
    job("out.jsonl").stopAfter(1).run();
    Path part = PartFile.part(root.resolve("out.jsonl"));
    long size = Files.size(part);
    Files.delete(part);
    assertEquals(
        part
            + ": expected the "
            + size
            + " bytes that its journal says, found fewer; delete the journal to begin anew",
        Messages.of(InputException.class, () -> job("out.jsonl").resume().run()));
  }

  @Test
  void aJournalThatIsNone() throws IOException {
    Path journal = Journal.beside(root.resolve("out.jsonl"));
    Files.writeString(journal, "row 7");
    assertEquals(
        journal + ": expected the journal of a job, found other text; delete it to begin anew",
        Messages.of(InputException.class, () -> job("out.jsonl").resume().run()));
  }
}
