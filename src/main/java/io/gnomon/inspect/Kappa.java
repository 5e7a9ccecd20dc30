package io.gnomon.inspect;

/**
 * Cohen's κ (Educational and Psychological Measurement 20, 1960) of two labellers: (p_o − p_e) / (1
 * − p_e), how often they agree beyond what their own shares of labels give by chance.
 */
final class Kappa {
  private Kappa() {}

  /**
   * κ of the rows of these numbers, with repetition.
   *
   * @param first (N) values in [0, values)
   * @param second (N) values in [0, values)
   * @return NaN where both only ever gave one and the same value
   */
  static double of(int[] first, int[] second, int values, int[] sample) {
    int[] one = new int[values];
    int[] two = new int[values];
    int agreed = 0;
    for (int row : sample) {
      one[first[row]]++;
      two[second[row]]++;
      agreed += first[row] == second[row] ? 1 : 0;
    }
    double chance = 0;
    for (int k = 0; k < values; k++) {
      chance += (double) one[k] * two[k];
    }
    return beyond(agreed, chance / sample.length, sample.length);
  }

  /** κ of a label that rows have by both, by one alone, or by neither. */
  static double of(int both, int first, int second, int neither) {
    double rows = (double) both + first + second + neither;
    double chance =
        ((double) (both + first) * (both + second)
                + (double) (neither + first) * (neither + second))
            / rows;
    return beyond((double) both + neither, chance, rows);
  }

  private static double beyond(double agreed, double chance, double rows) {
    return chance == rows ? Double.NaN : (agreed - chance) / (rows - chance);
  }
}
