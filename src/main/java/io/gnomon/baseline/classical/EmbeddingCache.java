package io.gnomon.baseline.classical;

import io.gnomon.checkpoint.Sha256;
import io.gnomon.checkpoint.TimedMatrix;
import io.gnomon.tensor.Matrices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Embeddings that are made once: blocks of texts, each a file named by the hash of its texts and of
 * what embeds them. Four learners, two kinds of labels and every seed share the same vectors, which
 * cost a hundred times what the learners do.
 */
final class EmbeddingCache implements Embedder {
  /** Texts a file. */
  static final int BLOCK = 1000;

  /** Fewer texts than these are quicker embedded than kept. */
  private static final int FEWEST = 50;

  private static final String VECTORS = "vectors";

  private final Embedder model;
  private final Path folder;

  EmbeddingCache(Embedder model, Path folder) {
    this.model = model;
    this.folder = folder;
  }

  @Override
  public Embedded embed(List<String> texts) {
    List<float[]> vectors = new ArrayList<>(texts.size());
    double seconds = 0;
    for (int from = 0; from < texts.size(); from += BLOCK) {
      Embedded block = block(texts.subList(from, Math.min(from + BLOCK, texts.size())));
      vectors.addAll(Arrays.asList(block.vectors()));
      seconds += block.seconds();
    }
    return new Embedded(vectors.toArray(new float[0][]), seconds);
  }

  @Override
  public Embedded embedAfresh(List<String> texts) {
    return model.embed(texts);
  }

  private Embedded block(List<String> texts) {
    if (texts.size() < FEWEST) {
      return model.embed(texts);
    }
    Path file = folder.resolve(key(texts) + ".safetensors");
    if (Files.exists(file)) {
      return read(file, texts.size());
    }
    Embedded made = model.embed(texts);
    write(file, made);
    return made;
  }

  /** Lengths part the texts, so that no two lists read the same. */
  private String key(List<String> texts) {
    StringBuilder all = new StringBuilder(model.description());
    texts.forEach(text -> all.append('\n').append(text.length()).append(' ').append(text));
    return Sha256.ofText(all.toString());
  }

  private Embedded read(Path file, int rows) {
    TimedMatrix kept = TimedMatrix.read(file, VECTORS, rows, width());
    return new Embedded(Matrices.ofFloats(kept.values(), width()), kept.seconds());
  }

  private void write(Path file, Embedded made) {
    float[] flat = new float[made.vectors().length * width()];
    for (int i = 0; i < made.vectors().length; i++) {
      System.arraycopy(made.vectors()[i], 0, flat, i * width(), width());
    }
    new TimedMatrix(flat, width(), made.seconds())
        .write(file, VECTORS, Map.of("made_by", model.description()));
  }

  @Override
  public int width() {
    return model.width();
  }

  @Override
  public long numbers() {
    return model.numbers();
  }

  @Override
  public String description() {
    return model.description();
  }

  @Override
  public void close() {
    model.close();
  }
}
