package io.gnomon.sampler;

/** Scores of all tokens along one direction. */
final class Scores {
  private Scores() {}

  /** Brings the scores to mean 0 and standard deviation 1, in place; constant ones become 0. */
  static void standardize(float[] scores) {
    double mean = 0;
    double square = 0;
    for (float score : scores) {
      mean += score / (double) scores.length;
      square += (double) score * score / scores.length;
    }
    double deviation = Math.sqrt(Math.max(0, square - mean * mean));
    for (int i = 0; i < scores.length; i++) {
      scores[i] = deviation > 0 ? (float) ((scores[i] - mean) / deviation) : 0;
    }
  }
}
