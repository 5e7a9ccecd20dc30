package io.gnomon.baseline.classical;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.Messages;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingCacheTest {
  @TempDir Path folder;

  /** A text's length and first character, at a cost of 3 seconds a call; counts its texts. */
  private static final class Counting implements Embedder {
    private final String description;
    private int texts;

    Counting(String description) {
      this.description = description;
    }

    @Override
    public Embedded embed(List<String> asked) {
      texts += asked.size();
      float[][] vectors =
          asked.stream()
              .map(text -> new float[] {text.length(), text.charAt(0)})
              .toArray(float[][]::new);
      return new Embedded(vectors, 3);
    }

    @Override
    public int width() {
      return 2;
    }

    @Override
    public long numbers() {
      return 17;
    }

    @Override
    public String description() {
      return description;
    }

    @Override
    public void close() {}
  }

  @Test
  void whatWasMadeIsReadAndCostsWhatItDid() throws IOException {
    List<String> texts = texts(2101);
    Counting first = new Counting("a");
    Embedder.Embedded made = new EmbeddingCache(first, folder).embed(texts);
    assertEquals(2101, first.texts);
    assertEquals(9, made.seconds());
    assertEquals(3, files());
    Counting second = new Counting("a");
    Embedder.Embedded read = new EmbeddingCache(second, folder).embed(texts);
    assertEquals(0, second.texts);
    assertEquals(9, read.seconds());
    assertArrayEquals(made.vectors(), read.vectors());
  }

  @Test
  void otherTextsAndOtherModelsAreMadeAnew() {
    new EmbeddingCache(new Counting("a"), folder).embed(texts(101));
    Counting changed = new Counting("a");
    List<String> texts = new ArrayList<>(texts(101));
    texts.set(53, "another");
    new EmbeddingCache(changed, folder).embed(texts);
    assertEquals(101, changed.texts);
    Counting other = new Counting("b");
    new EmbeddingCache(other, folder).embed(texts(101));
    assertEquals(101, other.texts);
  }

  @Test
  void aFewTextsLeaveNoFile() throws IOException {
    new EmbeddingCache(new Counting("a"), folder).embed(texts(7));
    assertEquals(0, files());
  }

  @Test
  void aForeignFileIsRefusedByName() throws IOException {
    EmbeddingCache kept = new EmbeddingCache(new Counting("a"), folder);
    kept.embed(texts(101));
    Path file;
    try (Stream<Path> all = Files.list(folder)) {
      file = all.findFirst().orElseThrow();
    }
    Files.write(file, new byte[] {1, 2, 3});
    String message = Messages.of(InputException.class, () -> kept.embed(texts(101)));
    assertTrue(message.contains(file.getFileName().toString()), message);
    assertEquals(1, message.lines().count());
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.count();
    }
  }

  private static List<String> texts(int count) {
    return IntStream.range(0, count).mapToObj(i -> i % 7 + "x".repeat(i % 11)).toList();
  }
}
