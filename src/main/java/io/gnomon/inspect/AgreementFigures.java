package io.gnomon.inspect;

import io.gnomon.config.InputException;
import io.gnomon.evaluation.Bootstrap;
import io.gnomon.evaluation.Interval;
import io.gnomon.inspect.Agreement.Confused;
import io.gnomon.inspect.Agreement.Label;
import io.gnomon.tensor.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The figures of an {@link Agreement}, each with its bootstrap interval over texts. */
final class AgreementFigures {
  /** So many distinct sets of labels have few enough pairs for a thousand resamples. */
  private static final int MOST_SETS = 1500;

  /** Places of the first figures of the statistic; two for each label follow. */
  private static final int SAME = 0;

  private static final int KAPPA = 1;
  private static final int ALPHA = 2;
  private static final int BY_LABEL = 3;

  private final LabelSet first;
  private final LabelSet second;
  private final int labels;
  private final boolean several;
  private final int[] own;
  private final int[] others;

  /** (N, 2) the answer of either to each text, as the number of a distinct set of labels. */
  private final int[][] answers;

  private final List<int[]> sets = new ArrayList<>();
  private final Krippendorff krippendorff;

  private AgreementFigures(LabelSet first, LabelSet second, Matching matching) {
    this.first = first;
    this.second = second;
    this.labels = first.names().size();
    this.several = first.several() || second.several();
    List<Integer> both =
        matching.paired().stream()
            .filter(i -> several || labelled(i, matching.other().get(i)))
            .toList();
    if (both.isEmpty()) {
      throw new InputException(
          "--against %s: expected texts that both have labelled, found none; name the column of labels with --label"
              .formatted(second.name()));
    }
    this.own = both.stream().mapToInt(Integer::intValue).toArray();
    this.others = both.stream().mapToInt(i -> matching.other().get(i)).toArray();
    Map<String, Integer> numbers = new HashMap<>();
    this.answers = new int[own.length][];
    for (int i = 0; i < own.length; i++) {
      answers[i] =
          new int[] {
            number(numbers, first.labels(own[i])), number(numbers, second.labels(others[i]))
          };
    }
    this.krippendorff =
        new Krippendorff(answers, sets.size(), several ? masi() : Krippendorff.NOMINAL);
  }

  private boolean labelled(int row, int other) {
    return first.labels(row).length > 0 && second.labels(other).length > 0;
  }

  private int number(Map<String, Integer> numbers, int[] labels) {
    return numbers.computeIfAbsent(
        Arrays.toString(labels),
        key -> {
          sets.add(labels);
          return sets.size() - 1;
        });
  }

  private Krippendorff.Distance masi() {
    if (sets.size() > MOST_SETS) {
      return (a, b) -> Masi.distance(sets.get(a), sets.get(b));
    }
    double[][] table = new double[sets.size()][sets.size()];
    for (int a = 0; a < table.length; a++) {
      for (int b = 0; b < table.length; b++) {
        table[a][b] = Masi.distance(sets.get(a), sets.get(b));
      }
    }
    return (a, b) -> table[a][b];
  }

  static Agreement of(LabelSet first, LabelSet second, Matching matching) {
    return new AgreementFigures(first, second, matching).agreement(matching);
  }

  private Agreement agreement(Matching matching) {
    @Nullable Estimate[] figures = figures();
    int[] all = IntStream.range(0, own.length).toArray();
    int[][] counts = counts(all);
    List<Label> byLabel = new ArrayList<>();
    for (int k = 0; k < labels; k++) {
      int[] of = counts[k];
      if (of[0] + of[1] + of[2] > 0) {
        byLabel.add(
            new Label(
                first.names().name(k),
                of[0],
                of[1],
                of[2],
                own.length - of[0] - of[1] - of[2],
                figures[BY_LABEL + 2 * k],
                figures[BY_LABEL + 2 * k + 1]));
      }
    }
    Estimate same = figures[SAME];
    if (same == null) {
      throw new IllegalStateException("a share of rows is always defined");
    }
    return new Agreement(
        first.name(),
        second.name(),
        own.length,
        first.size() - matching.paired().size(),
        matching.onlyOther(),
        several,
        same,
        figures[KAPPA],
        figures[ALPHA],
        byLabel,
        confusion());
  }

  /** Null where a figure is not defined on the rows themselves. */
  private @Nullable Estimate[] figures() {
    double[] values = statistic(IntStream.range(0, own.length).toArray(), true);
    boolean resampled = !several || sets.size() <= MOST_SETS;
    long seed = Seeds.derive(0, "agreement", 0);
    Interval[] intervals =
        new Bootstrap(own.length, Bootstrap.RESAMPLES, seed)
            .intervals(sample -> orZero(statistic(sample, resampled), values, resampled));
    @Nullable Estimate[] figures = new Estimate[values.length];
    for (int i = 0; i < values.length; i++) {
      boolean bounded = resampled || i != ALPHA;
      figures[i] =
          Double.isNaN(values[i])
              ? null
              : new Estimate(
                  values[i],
                  bounded ? intervals[i].low() : null,
                  bounded ? intervals[i].high() : null);
    }
    return figures;
  }

  /** The bootstrap takes no figure that is undefined on the rows themselves. */
  private static double[] orZero(double[] drawn, double[] values, boolean resampled) {
    for (int i = 0; i < drawn.length; i++) {
      if (Double.isNaN(values[i]) || (i == ALPHA && !resampled)) {
        drawn[i] = 0;
      }
    }
    return drawn;
  }

  private double[] statistic(int[] sample, boolean withAlpha) {
    double[] figures = new double[BY_LABEL + 2 * labels];
    int[][] counts = counts(sample);
    double kappas = 0;
    int defined = 0;
    for (int k = 0; k < labels; k++) {
      int[] of = counts[k];
      int neither = sample.length - of[0] - of[1] - of[2];
      double kappa = Kappa.of(of[0], of[1], of[2], neither);
      figures[BY_LABEL + 2 * k] = kappa;
      figures[BY_LABEL + 2 * k + 1] = binaryAlpha(of, neither);
      kappas += Double.isNaN(kappa) ? 0 : kappa;
      defined += Double.isNaN(kappa) ? 0 : 1;
    }
    figures[SAME] = same(sample);
    figures[KAPPA] = several ? (defined == 0 ? Double.NaN : kappas / defined) : kappa(sample);
    figures[ALPHA] = withAlpha ? krippendorff.alpha(sample) : 0;
    return figures;
  }

  /** (K, 3) rows that have a label by both, by the first alone, by the second alone. */
  private int[][] counts(int[] sample) {
    int[][] counts = new int[labels][3];
    for (int row : sample) {
      int[] a = sets.get(answers[row][0]);
      int[] b = sets.get(answers[row][1]);
      int j = 0;
      for (int k : a) {
        while (j < b.length && b[j] < k) {
          counts[b[j++]][2]++;
        }
        boolean both = j < b.length && b[j] == k;
        j += both ? 1 : 0;
        counts[k][both ? 0 : 1]++;
      }
      while (j < b.length) {
        counts[b[j++]][2]++;
      }
    }
    return counts;
  }

  /** Krippendorff's nominal α of two labellers and two values, from the counts. */
  private static double binaryAlpha(int[] of, int neither) {
    double apart = (double) of[1] + of[2];
    double with = 2.0 * of[0] + apart;
    double without = 2.0 * neither + apart;
    double expected = 2 * with * without;
    return expected == 0 ? Double.NaN : 1 - (with + without - 1) * 2 * apart / expected;
  }

  private double same(int[] sample) {
    return (double) Arrays.stream(sample).filter(row -> answers[row][0] == answers[row][1]).count()
        / sample.length;
  }

  private double kappa(int[] sample) {
    int[] one = new int[own.length];
    int[] two = new int[own.length];
    for (int row : sample) {
      one[row] = answers[row][0];
      two[row] = answers[row][1];
    }
    return Kappa.of(one, two, sets.size(), sample);
  }

  private List<Confused> confusion() {
    int[][] counts = new int[labels][labels];
    for (int i = 0; i < own.length; i++) {
      int[] a = first.labels(own[i]);
      int[] b = second.labels(others[i]);
      for (int k : a) {
        if (contains(b, k)) {
          counts[k][k]++;
          continue;
        }
        for (int j : b) {
          counts[k][j] += contains(a, j) ? 0 : 1;
        }
      }
    }
    List<Confused> cells = new ArrayList<>();
    for (int k = 0; k < labels; k++) {
      for (int j = 0; j < labels; j++) {
        if (counts[k][j] > 0) {
          cells.add(new Confused(first.names().name(k), first.names().name(j), counts[k][j]));
        }
      }
    }
    cells.sort(Comparator.comparingInt(Confused::rows).reversed());
    return cells;
  }

  private static boolean contains(int[] rising, int value) {
    return Arrays.binarySearch(rising, value) >= 0;
  }
}
