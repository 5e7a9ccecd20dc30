package io.gnomon.baseline.classical;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** An embedder's vectors as rows. */
record EmbeddingFeatures(Embedder embedder) implements FeatureMap {
  @Override
  public PreparedFeatures prepare(List<String> texts) {
    return rows(embedder.embed(texts));
  }

  @Override
  public PreparedFeatures prepareAfresh(List<String> texts) {
    return rows(embedder.embedAfresh(texts));
  }

  private PreparedFeatures rows(Embedder.Embedded embedded) {
    int[][] columns = new int[embedded.vectors().length][];
    Arrays.fill(columns, IntStream.range(0, embedder.width()).toArray());
    return new PreparedFeatures(
        new Rows(embedder.width(), columns, embedded.vectors()), embedded.seconds());
  }

  @Override
  public long numbers() {
    return embedder.numbers();
  }

  @Override
  public void close() {
    embedder.close();
  }
}
