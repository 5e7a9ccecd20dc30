package io.gnomon.bench;

/**
 * What is measured of how well a cell classifies. The constant's name in lower case is its key in
 * {@code cell.json} and {@code table.json}. Shares are 0 … 1, angles radians.
 */
public enum Figure {
  /** Share of the test texts labelled rightly. */
  ACCURACY("accuracy"),
  /** Mean F1 over the classes. */
  MACRO_F1("macro-F1"),
  /** Share of the test texts labelled as the teacher labels them. */
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
