package io.gnomon.baseline.classical;

/** Takes a text apart into terms. */
interface Analyzer {
  /**
   * Every occurrence of every term, in no order. A term goes by 64 bits of a hash: among three
   * million of them two share a name with probability 2·10⁻⁷, and no text of any is held.
   */
  long[] terms(String text);
}
