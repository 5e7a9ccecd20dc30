package io.gnomon.inspect;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gnomon.data.TableRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * What a set holds.
 *
 * @param name the set
 * @param rows number of rows
 * @param labels each label with the rows that have it, in the order of the list
 * @param outside labels that the task does not have
 * @param labelsPerText number of labels → rows with so many
 * @param together pairs of labels by falling number of the rows that have both
 * @param characters lengths of the texts, in Unicode code points
 * @param words lengths of the texts, in words between white space
 * @param empty numbers of the rows without a text
 * @param unlabelled numbers of the rows without a label
 * @param duplicates texts that occur more than once but for white space
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SetSummary(
    String name,
    int rows,
    List<Count> labels,
    List<String> outside,
    Map<Integer, Integer> labelsPerText,
    List<Together> together,
    Lengths characters,
    Lengths words,
    List<Integer> empty,
    List<Integer> unlabelled,
    List<Duplicate> duplicates) {
  /**
   * A label.
   *
   * @param rows that have it
   * @param share of all rows
   */
  public record Count(String label, int rows, double share) {}

  /**
   * Two labels on one text.
   *
   * @param rows that have both
   * @param lift their number over what independent labels of these counts would give
   */
  public record Together(String first, String second, int rows, double lift) {}

  /** Quantiles of lengths; p95 is exceeded by one in twenty. */
  public record Lengths(int least, int median, int p95, int most) {
    static Lengths of(LabelSet set, ToIntFunction<String> length) {
      int[] sorted = set.rows().stream().map(TableRow::text).mapToInt(length).sorted().toArray();
      int last = sorted.length - 1;
      return new Lengths(
          sorted[0], sorted[last / 2], sorted[(int) Math.floor(0.95 * last)], sorted[last]);
    }
  }

  /**
   * A text that occurs more than once.
   *
   * @param rows their numbers
   * @param labels their labels, in the same order
   * @param conflict whether the labels differ
   */
  public record Duplicate(
      String text, List<Integer> rows, List<List<String>> labels, boolean conflict) {}

  static SetSummary of(LabelSet set) {
    int[] counts = set.counts();
    int size = set.size();
    return new SetSummary(
        set.name(),
        size,
        IntStream.range(0, counts.length)
            .mapToObj(k -> new Count(set.names().name(k), counts[k], (double) counts[k] / size))
            .toList(),
        IntStream.range(0, counts.length)
            .filter(k -> set.names().outside(k) && counts[k] > 0)
            .mapToObj(set.names()::name)
            .toList(),
        perText(set),
        together(set, counts),
        Lengths.of(set, text -> text.codePointCount(0, text.length())),
        Lengths.of(set, text -> text.isEmpty() ? 0 : text.split("\\s+").length),
        numbers(set, i -> set.text(i).isEmpty()),
        numbers(set, i -> set.labels(i).length == 0),
        duplicates(set));
  }

  private static List<Integer> numbers(LabelSet set, IntPredicate wanted) {
    return IntStream.range(0, set.size())
        .filter(wanted)
        .map(i -> set.row(i).number())
        .boxed()
        .toList();
  }

  private static Map<Integer, Integer> perText(LabelSet set) {
    Map<Integer, Integer> counts = new TreeMap<>();
    for (int i = 0; i < set.size(); i++) {
      counts.merge(set.labels(i).length, 1, Integer::sum);
    }
    return counts;
  }

  private static List<Together> together(LabelSet set, int[] counts) {
    int[][] both = new int[counts.length][counts.length];
    for (int i = 0; i < set.size(); i++) {
      int[] labels = set.labels(i);
      for (int a = 0; a < labels.length; a++) {
        for (int b = a + 1; b < labels.length; b++) {
          both[labels[a]][labels[b]]++;
        }
      }
    }
    List<Together> pairs = new ArrayList<>();
    for (int a = 0; a < counts.length; a++) {
      for (int b = a + 1; b < counts.length; b++) {
        if (both[a][b] > 0) {
          double expected = (double) counts[a] * counts[b] / set.size();
          pairs.add(
              new Together(
                  set.names().name(a), set.names().name(b), both[a][b], both[a][b] / expected));
        }
      }
    }
    pairs.sort(Comparator.comparingInt(Together::rows).reversed());
    return pairs;
  }

  private static List<Duplicate> duplicates(LabelSet set) {
    Map<String, List<Integer>> byText = new LinkedHashMap<>();
    for (int i = 0; i < set.size(); i++) {
      if (!set.text(i).isEmpty()) {
        byText
            .computeIfAbsent(set.text(i).replaceAll("\\s+", " "), text -> new ArrayList<>())
            .add(i);
      }
    }
    return byText.entrySet().stream()
        .filter(entry -> entry.getValue().size() > 1)
        .map(entry -> duplicate(set, entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Duplicate duplicate(LabelSet set, String text, List<Integer> rows) {
    int[] first = set.labels(rows.get(0));
    return new Duplicate(
        text,
        rows.stream().map(i -> set.row(i).number()).toList(),
        rows.stream().map(set::namesOf).toList(),
        rows.stream().anyMatch(i -> !Arrays.equals(first, set.labels(i))));
  }
}
