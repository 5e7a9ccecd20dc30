package io.gnomon.teacher;

/**
 * How much a decoder takes at once; what a batch has beyond it waits for the next pass.
 *
 * @param rows most inputs of a pass; 0 for as many as the positions allow
 * @param positions most positions of a pass, prompt and padding included
 */
public record ForwardLimit(int rows, long positions) {
  /** Any batch at once. */
  public static final ForwardLimit NONE = new ForwardLimit(0, Long.MAX_VALUE);

  /** Tokens of texts in one batch, padding included, where nothing is known of the device. */
  public static final int TEXT_TOKENS = 8192;

  /** Keeps the widest array of a 7B model, (tokens, 2 · 11,008), below 2³¹ numbers. */
  private static final int MOST_TEXT_TOKENS = 1 << 16;

  /**
   * Inputs of a batch that one pass takes: the whole batch where it is within both limits.
   * Otherwise what the positions allow is rounded down to a power of two, so that a device with a
   * little more or less memory free cuts a batch at the same places and rounds alike.
   *
   * @param batch inputs of the batch
   * @param length positions of each, at least 1
   * @return at least 1: less than an input cannot be asked
   */
  public int rows(int batch, long length) {
    long most = rows == 0 ? batch : Math.min(batch, rows);
    long fit = positions / length;
    return (int) (fit >= most ? most : Math.max(1, Long.highestOneBit(fit)));
  }

  /**
   * Tokens of texts that are worth a batch. A CPU is busy with few; a card takes half of the
   * positions that it has room for, the other half being left to the masks of padded texts.
   *
   * @param card whether the device is a GPU
   */
  public int textTokens(boolean card) {
    if (!card || positions == Long.MAX_VALUE) {
      return TEXT_TOKENS;
    }
    long half = Math.max(1, Long.highestOneBit(positions / 2));
    return (int) Math.max(TEXT_TOKENS, Math.min(MOST_TEXT_TOKENS, half));
  }
}
