package io.gnomon.bench;

/**
 * What is measured of how well a cell classifies. The constant's name in lower case is its key in
 * {@code cell.json} and {@code table.json}. Shares are 0 … 1, angles radians.
 */
public enum Figure {
  /**
   * Share of the test texts labelled rightly; of several labels, given all of theirs and no other
   * under a threshold a label tuned on dev (exact match).
   */
  ACCURACY("accuracy"),
  /** Mean F1 over the classes. */
  MACRO_F1("macro-F1"),
  /** F1 of all decisions on several labels together. */
  MICRO_F1("micro-F1"),
  /** {@link #ACCURACY} where every label is given from one half on. */
  ACCURACY_HALF("accuracy at 0.5"),
  /** {@link #MACRO_F1} so. */
  MACRO_F1_HALF("macro-F1 at 0.5"),
  /** {@link #MICRO_F1} so. */
  MICRO_F1_HALF("micro-F1 at 0.5"),
  /** {@link #ACCURACY} where the k likeliest labels are given, k the mean number on dev. */
  ACCURACY_TOP_K("accuracy of top-k"),
  /** {@link #MACRO_F1} so. */
  MACRO_F1_TOP_K("macro-F1 of top-k"),
  /** {@link #MICRO_F1} so. */
  MICRO_F1_TOP_K("micro-F1 of top-k"),
  /**
   * Share of the test texts labelled as the teacher labels them; of several labels, share of all
   * decisions at one half.
   */
  AGREEMENT("agreement with the teacher"),
  /** What the best constant reaches of that. */
  AGREEMENT_FLOOR("the best constant's agreement with the teacher"),
  /** α on the test texts. */
  ALPHA_TEXT("α on text"),
  /** α₀ on them. */
  ALPHA_TEXT_FLOOR("α₀ on text, what the best constant reaches"),
  /** α on the sampler's inputs, where a student was cast from them. */
  ALPHA_NOISE("α on noise"),
  /** α₀ on them. */
  ALPHA_NOISE_FLOOR("α₀ on noise"),
  /** Share of the sampler's inputs labelled as the teacher labels them. */
  AGREEMENT_NOISE("agreement on noise");

  private final String key = name().toLowerCase(java.util.Locale.ROOT);
  private final String title;

  Figure(String title) {
    this.title = title;
  }

  /** The key in JSON. */
  public String key() {
    return key;
  }

  /** What a table calls it. */
  public String title() {
    return title;
  }

  /** Whether it is an angle rather than a share. */
  public boolean isAngle() {
    return key.startsWith("alpha");
  }
}
