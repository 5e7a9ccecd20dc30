package io.gnomon.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.config.ConfigLoader;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.evaluation.TokenizedSet;
import io.gnomon.projection.ProjectionListener;
import io.gnomon.trace.TraceRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A teacher's answers to texts that are trained on, in two sittings and in one. */
class LabellingCacheTest {
  private static final Path HOME = Path.of(System.getProperty("gnomon.home", "."));
  private static final int TEXTS = 701; // a portion of 512 and a part of one, a record of 61

  @TempDir Path folder;

  @Test
  void aSecondSittingAsksTheRest() {
    Listener first = new Listener(2);
    assertEquals(Optional.empty(), label("twice", first).map(Labelling::seconds));
    Listener second = new Listener(Integer.MAX_VALUE);
    Labelling resumed = label("twice", second).orElseThrow();
    Listener third = new Listener(0); // says stop at once, and is not asked
    Labelling read = label("twice", third).orElseThrow();
    Labelling unbroken = label("once", new Listener(Integer.MAX_VALUE)).orElseThrow();

    assertEquals(List.of("the teacher is asked about 701 texts"), first.notes);
    assertEquals(List.of("the teacher is asked about 189 texts"), second.notes);
    assertEquals(List.of(), third.notes);
    assertEquals(TEXTS, resumed.g().length);
    assertArrayEquals(unbroken.g(), resumed.g());
    assertArrayEquals(unbroken.g(), read.g());
    assertTrue(resumed.seconds() > 0);
    assertEquals(resumed.seconds(), read.seconds());
    for (double[] row : resumed.g()) {
      assertEquals(1, row[0] + row[1], 1e-6);
    }
  }

  private Optional<Labelling> label(String root, Listener listener) {
    List<String> sets = List.of("runtime={device: cpu, threads: 1}", "teacher.precision=fp32");
    ExperimentConfig config =
        ConfigLoader.experiment(HOME.resolve("configs/quickstart.yaml"), sets).config();
    try (TeacherSide side = TeacherSide.open(config, null, null)) {
      List<String> texts =
          IntStream.range(0, TEXTS).mapToObj(i -> "film " + i + " was fun".repeat(i % 5)).toList();
      TokenizedSet tokens = side.tokenized(texts, i -> "text " + i, 13);
      return side.labels(folder.resolve(root), tokens, listener);
    }
  }

  /** Says stop when asked for the n-th time. */
  private static final class Listener implements ProjectionListener {
    final List<String> notes = new ArrayList<>();
    private int left;

    Listener(int stopAt) {
      this.left = stopAt;
    }

    @Override
    public void note(String line) {
      notes.add(line);
    }

    @Override
    public void stepped(long step) {}

    @Override
    public void traced(TraceRow row) {}

    @Override
    public boolean stop() {
      return --left <= 0;
    }
  }
}
