package io.gnomon.inspect;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gnomon.inspect.NearDuplicates.Near;
import io.gnomon.inspect.SetSummary.Duplicate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows most worth a person's eye: by falling sum of the points of their reasons, then in the
 * order of the set. Of each kind a row has its strongest reason.
 */
public final class Attention {
  /**
   * A row with a reason.
   *
   * @param row its number
   * @param labels its labels
   * @param other the other labeller's; null where there is none
   * @param points the sum over its reasons
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Row(
      int row,
      String where,
      String text,
      List<String> labels,
      @Nullable List<String> other,
      double points,
      List<Reason> reasons) {}

  private final LabelSet set;
  private final List<Map<Reason.Kind, Reason>> reasons;

  private Attention(LabelSet set) {
    this.set = set;
    this.reasons =
        IntStream.range(0, set.size())
            .mapToObj(
                i -> (Map<Reason.Kind, Reason>) new EnumMap<Reason.Kind, Reason>(Reason.Kind.class))
            .toList();
  }

  /** What one looks at to find reasons. */
  record Seen(
      SetSummary summary,
      @Nullable NearDuplicates near,
      @Nullable LabelSet test,
      @Nullable LabelSet other,
      @Nullable Matching matching,
      Settings settings) {}

  static List<Row> of(LabelSet set, Seen seen) {
    Attention attention = new Attention(set);
    attention.rows(seen.settings());
    seen.summary().duplicates().stream().filter(Duplicate::conflict).forEach(attention::duplicate);
    if (seen.near() != null) {
      attention.near(seen.near(), seen.test());
    }
    if (seen.other() != null && seen.matching() != null) {
      attention.disagreement(seen.other(), seen.matching());
    }
    return attention.ranked(seen);
  }

  private void rows(Settings settings) {
    int[] counts = set.counts();
    for (int i = 0; i < set.size(); i++) {
      if (set.text(i).isEmpty()) {
        add(i, Reason.Kind.EMPTY.of(1, "no text"));
      }
      if (set.labels(i).length == 0) {
        add(i, Reason.Kind.UNLABELLED.of(1, "no label"));
      }
      if (set.labels(i).length > 1 && !set.several()) {
        add(i, Reason.Kind.TOO_MANY.of(1, set.labels(i).length + " labels, the task allows one"));
      }
      for (int k : set.labels(i)) {
        label(i, k, counts[k], settings);
      }
      unsure(i, settings);
    }
  }

  private void label(int row, int k, int count, Settings settings) {
    String name = set.names().name(k);
    if (set.names().outside(k)) {
      add(row, Reason.Kind.OUTSIDE.of(1, name + " is not a label of the task"));
    }
    if (count < settings.rare()) {
      double strength = 1 - (double) (count - 1) / settings.rare();
      add(row, Reason.Kind.RARE.of(strength, count + " of " + set.size() + " rows have " + name));
    }
  }

  private void unsure(int row, Settings settings) {
    List<Double> probabilities = set.row(row).probabilities();
    int least =
        IntStream.range(0, probabilities.size())
            .boxed()
            .min(Comparator.comparing(probabilities::get))
            .orElse(-1);
    if (least >= 0 && probabilities.get(least) < settings.below()) {
      double p = probabilities.get(least);
      add(
          row,
          Reason.Kind.UNSURE.of(
              1 - p, text("%s with probability %.2f", set.row(row).labels().get(least), p)));
    }
  }

  /** Each is told of the first that says otherwise. */
  private void duplicate(Duplicate found) {
    List<List<String>> labels = found.labels();
    List<String> first = labels.get(0);
    int differing =
        IntStream.range(0, labels.size())
            .filter(i -> !labels.get(i).equals(first))
            .findFirst()
            .orElseThrow();
    for (int at = 0; at < labels.size(); at++) {
      int other = labels.get(at).equals(first) ? differing : 0;
      String says = "row " + found.rows().get(other) + " says " + joined(labels.get(other));
      add(found.rows().get(at) - 1, Reason.Kind.DUPLICATE.of(1, says));
    }
  }

  private void near(NearDuplicates near, @Nullable LabelSet test) {
    if (near.across() != null && test != null) {
      for (Near pair : near.across()) {
        pair.rows().forEach(row -> near(row, pair, test, pair.others(), "of the test set"));
      }
    }
    if (near.within() != null) {
      for (Near pair : near.within()) {
        pair.rows().forEach(row -> near(row, pair, set, pair.others(), ""));
        pair.others().forEach(row -> near(row, pair, set, pair.rows(), ""));
      }
    }
  }

  private void near(int row, Near pair, LabelSet otherSet, List<Integer> others, String whose) {
    int[] own = set.labels(row - 1);
    Optional<Integer> differs =
        others.stream()
            .filter(other -> !Arrays.equals(own, otherSet.labels(other - 1)))
            .findFirst();
    int other = differs.orElse(others.get(0));
    String like = text("%.2f like row %d %s", pair.similarity(), other, whose).strip();
    boolean told = otherSet == set && reasons.get(row - 1).containsKey(Reason.Kind.DUPLICATE);
    if (differs.isPresent() && !(told && pair.similarity() == 1)) {
      String says = joined(otherSet.namesOf(other - 1));
      add(row - 1, Reason.Kind.NEAR.of(pair.similarity(), like + ", which says " + says));
    } else if (otherSet != set && differs.isEmpty()) {
      add(row - 1, Reason.Kind.LEAKED.of(pair.similarity(), like));
    }
  }

  private void disagreement(LabelSet other, Matching matching) {
    for (int i : matching.paired()) {
      int partner = matching.other().get(i);
      double distance = Masi.distance(set.labels(i), other.labels(partner));
      if (distance > 0) {
        add(
            i,
            Reason.Kind.DISAGREEMENT.of(
                distance, "the other labeller says " + joined(other.namesOf(partner))));
      }
    }
  }

  private static String joined(List<String> labels) {
    return labels.isEmpty() ? "nothing" : String.join(", ", labels);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private void add(int row, Reason reason) {
    reasons
        .get(row)
        .merge(reason.kind(), reason, (old, now) -> now.points() > old.points() ? now : old);
  }

  private List<Row> ranked(Seen seen) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < set.size(); i++) {
      if (!reasons.get(i).isEmpty()) {
        rows.add(row(i, seen));
      }
    }
    rows.sort(Comparator.comparingDouble(Row::points).reversed());
    return rows;
  }

  private Row row(int index, Seen seen) {
    List<Reason> own =
        reasons.get(index).values().stream()
            .sorted(Comparator.comparingDouble(Reason::points).reversed())
            .toList();
    return new Row(
        set.row(index).number(),
        set.row(index).where(),
        set.text(index),
        set.namesOf(index),
        other(index, seen),
        own.stream().mapToDouble(Reason::points).sum(),
        own);
  }

  private static @Nullable List<String> other(int index, Seen seen) {
    if (seen.other() == null || seen.matching() == null) {
      return null;
    }
    int partner = seen.matching().other().get(index);
    return partner == Matching.NONE ? null : seen.other().namesOf(partner);
  }
}
