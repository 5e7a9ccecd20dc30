package io.gnomon.gguf;

/** Turns stored blocks of one type into float32. */
@FunctionalInterface
interface BlockDecoder {
  /**
   * Decodes the first {@code blocks} blocks of {@code stored} into {@code values}, from {@code to}
   * on.
   */
  void decode(byte[] stored, int blocks, float[] values, int to);
}
