package io.gnomon.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.checkpoint.FolderLock;
import io.gnomon.config.InputException;
import io.gnomon.experiment.Labelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextLabellingTest {
  private static final int CHUNK = 3;
  private static final List<String> TEXTS =
      IntStream.range(0, 11).mapToObj(i -> "x".repeat(i)).toList();

  @TempDir Path folder;

  /** The chunks that were asked about. */
  private final List<Integer> asked = new ArrayList<>();

  /** Sevenths of a text's length, in float32: what a teacher could answer. */
  private double[][] answer(List<String> texts) {
    asked.add(texts.size());
    return texts.stream()
        .map(text -> new double[] {text.length() / 7f, 1 - text.length() / 7f})
        .toArray(double[][]::new);
  }

  private LabellingFile file() {
    return new LabellingFile(folder, "set", 2);
  }

  private TextLabelling labelling(CellListener listener) {
    return new TextLabelling(file(), CHUNK, this::answer, listener);
  }

  /** Says stop behind {@code chunks} of them. */
  private record Stopping(List<Integer> asked, int chunks) implements CellListener {
    @Override
    public void note(String line) {}

    @Override
    public void progress(long done, long all) {}

    @Override
    public boolean stop() {
      return asked.size() >= chunks;
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aStoppedSittingLosesNoAnswer() throws IOException {
    assertTrue(labelling(new Stopping(asked, 2)).of(TEXTS).isEmpty());
    assertEquals(List.of("set.begun.safetensors"), files());
    assertTrue(file().whole(TEXTS.size()).isEmpty());
    Labelling half = file().begun();
    assertEquals(2 * CHUNK, half.g().length);

    Labelling all = labelling(new Stopping(asked, 100)).of(TEXTS).orElseThrow();
    assertEquals(List.of(3, 3, 3, 2), asked);
    assertTrue(all.seconds() > half.seconds());
    asked.clear();
    double[][] atOnce =
        new TextLabelling(
                new LabellingFile(folder, "other", 2),
                CHUNK,
                this::answer,
                new Stopping(asked, 100))
            .of(TEXTS)
            .orElseThrow()
            .g();
    assertEquals(List.of(3, 3, 3, 2), asked);
    for (int i = 0; i < atOnce.length; i++) {
      assertArrayEquals(atOnce[i], all.g()[i]);
      assertArrayEquals(atOnce[i], file().whole(TEXTS.size()).orElseThrow().g()[i]);
    }
    assertEquals(List.of("other.safetensors", "set.safetensors"), files());
  }

  /** What two processes want is asked once: the second waits until the first has it. */
  @Test
  void aTurnIsWaitedFor() {
    FolderLock first = FolderLock.acquire(file().lock());
    assertTrue(Turn.await(file().lock(), "waiting", new Stopping(asked, 0), 1).isEmpty());
    List<String> said = new ArrayList<>();
    CellListener giving =
        new CellListener() {
          @Override
          public void note(String line) {
            said.add(line);
          }

          @Override
          public void progress(long done, long all) {}

          @Override
          public boolean stop() {
            first.close(); // the other is done at the first look
            return false;
          }
        };
    try (FolderLock turn = Turn.await(file().lock(), "waiting", giving, 1).orElseThrow()) {
      assertTrue(FolderLock.tryAcquire(file().lock()).isEmpty(), turn::toString);
    }
    assertEquals(List.of("waiting"), said);
    Turn.await(file().lock(), "waiting", giving, 1).orElseThrow().close();
    assertEquals(List.of("waiting"), said, "nothing to wait for");
  }

  @Test
  void answersToOtherTextsAreRefused() {
    labelling(new Stopping(asked, 100)).of(TEXTS);
    assertThrows(InputException.class, () -> file().whole(TEXTS.size() + 1));
  }
}
