package io.gnomon.gguf;

import io.gnomon.checkpoint.ElementSource;

/**
 * Rows of a query or key matrix in Hugging Face's order. The rotary embedding turns pairs of
 * coordinates of each head: llama.cpp stores the two of a pair side by side, Hugging Face half a
 * head apart. So row {@code j·E/2 + i} of a head (i below E/2, j 0 or 1) is its row {@code 2i + j}
 * in the file.
 */
final class HeadOrder implements ElementSource {
  private final ElementSource stored;
  private final int headDimension;
  private final long width;

  /**
   * The matrix whose rows {@code stored} has in llama.cpp's order.
   *
   * @param headDimension E, rows of one head
   * @param width elements of a row
   */
  HeadOrder(ElementSource stored, int headDimension, long width) {
    this.stored = stored;
    this.headDimension = headDimension;
    this.width = width;
  }

  @Override
  public void read(long from, float[] target, int at, int count) {
    for (int done = 0; done < count; ) {
      long row = (from + done) / width;
      long column = (from + done) % width;
      int run = (int) Math.min(width - column, count - done);
      stored.read(storedRow(row) * width + column, target, at + done, run);
      done += run;
    }
  }

  private long storedRow(long row) {
    int half = headDimension / 2;
    long within = row % headDimension;
    return row - within + 2 * (within % half) + within / half;
  }
}
