package io.gnomon.review;

import io.gnomon.inspect.Attention;
import io.gnomon.inspect.Findings;
import io.gnomon.inspect.LabelSet;
import io.gnomon.inspect.Reason;
import io.gnomon.serve.http.Refusal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows to look at, and what a person decided of them. Safe for several threads. */
final class Review {
  /**
   * Rows that are shown.
   *
   * @param key by which it is asked for
   * @param title in words
   * @param rows how many it has now
   */
  record Filter(String key, String title, long rows) {}

  /**
   * How far the work is.
   *
   * @param decided rows decided, as they were or otherwise
   * @param changed rows decided otherwise
   */
  record Progress(int rows, int decided, int changed) {}

  /**
   * A row as it is shown.
   *
   * @param id its place in the set
   * @param labels in the labeller's order, as the list of labels spells them
   * @param probabilities of the labels in their order; may be empty
   * @param decided null before a decision
   */
  record Item(
      int id,
      int row,
      String where,
      String text,
      List<String> labels,
      List<Double> probabilities,
      @Nullable String by,
      @Nullable List<String> other,
      List<Reason> reasons,
      @Nullable List<String> decided) {}

  private static final String REASON = "reason:";
  private static final String LABEL = "label:";

  private final LabelSet set;
  private final GoldRows rows;
  private final GoldFile gold;
  private final Map<Integer, Attention.Row> attention = new HashMap<>();
  private final List<Integer> order;
  private final Map<Integer, List<String>> decided = new HashMap<>();
  private final Map<String, Long> lasting;

  /** Goes on with what the gold file has. */
  Review(LabelSet set, Findings findings, GoldRows rows, GoldFile gold) {
    this.set = set;
    this.rows = rows;
    this.gold = gold;
    LinkedHashSet<Integer> places = new LinkedHashSet<>();
    for (Attention.Row row : findings.attention()) {
      attention.put(row.row() - 1, row);
      places.add(row.row() - 1);
    }
    IntStream.range(0, set.size()).forEach(places::add);
    this.order = List.copyOf(places);
    this.lasting = lasting();
    remember();
  }

  private void remember() {
    decided.clear();
    gold.lines()
        .forEach(
            (key, line) -> {
              if (rows.own(key)) {
                decided.put(rows.place(key), GoldRows.labels(line));
              }
            });
  }

  LabelSet set() {
    return set;
  }

  synchronized Progress progress() {
    int changed = (int) decided.keySet().stream().filter(this::changed).count();
    return new Progress(set.size(), decided.size(), changed);
  }

  private boolean changed(int place) {
    List<String> now = decided.get(place);
    return now != null && !new LinkedHashSet<>(now).equals(new LinkedHashSet<>(set.namesOf(place)));
  }

  /** Those that have rows, and all. */
  synchronized List<Filter> filters() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("all", (long) set.size());
    counts.put("undecided", (long) set.size() - decided.size());
    counts.put("decided", (long) decided.size());
    counts.put("changed", (long) progress().changed());
    counts.putAll(lasting);
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() > 0 || entry.getKey().equals("all"))
        .map(entry -> new Filter(entry.getKey(), title(entry.getKey()), entry.getValue()))
        .toList();
  }

  private static String title(String key) {
    if (key.startsWith(LABEL)) {
      return "labelled " + key.substring(LABEL.length());
    }
    for (Reason.Kind kind : Reason.Kind.values()) {
      if (key.equals(REASON + kind.key())) {
        return kind.title();
      }
    }
    return switch (key) {
      case "all" -> "all rows";
      case "changed" -> "mended";
      case "reasons" -> "with a reason";
      default -> key;
    };
  }

  /** Rows of the filters that no decision changes. */
  private Map<String, Long> lasting() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("reasons", (long) attention.size());
    for (Reason.Kind kind : Reason.Kind.values()) {
      counts.put(REASON + kind.key(), 0L);
    }
    attention.values().stream()
        .flatMap(row -> row.reasons().stream())
        .forEach(reason -> counts.merge(key(reason), 1L, Long::sum));
    set.names().names().forEach(name -> counts.put(LABEL + name, 0L));
    for (int place : order) {
      set.namesOf(place).forEach(name -> counts.merge(LABEL + name, 1L, Long::sum));
    }
    return counts;
  }

  /**
   * Places of the rows of a filter, in the order to look at them.
   *
   * @throws Refusal when there is none of that name
   */
  synchronized List<Integer> queue(String filter) {
    IntPredicate shown = predicate(filter);
    return order.stream().filter(shown::test).toList();
  }

  private IntPredicate predicate(String filter) {
    if (filter.startsWith(REASON)) {
      return place -> reasons(place).stream().anyMatch(reason -> key(reason).equals(filter));
    }
    if (filter.startsWith(LABEL)) {
      String name = filter.substring(LABEL.length());
      return place -> set.namesOf(place).contains(name);
    }
    return switch (filter) {
      case "all" -> place -> true;
      case "undecided" -> place -> !decided.containsKey(place);
      case "decided" -> decided::containsKey;
      case "changed" -> this::changed;
      case "reasons" -> attention::containsKey;
      default ->
          throw new Refusal(422, "filter", "one that /review names", "another", "ask /review");
    };
  }

  private static String key(Reason reason) {
    return REASON + reason.kind().key();
  }

  private List<Reason> reasons(int place) {
    Attention.Row row = attention.get(place);
    return row == null ? List.of() : row.reasons();
  }

  /**
   * A row.
   *
   * @throws Refusal when there is none of that number
   */
  synchronized Item item(int id) {
    require(id);
    Attention.Row worth = attention.get(id);
    var row = set.rows().get(id);
    return new Item(
        id,
        row.number(),
        row.where(),
        row.text(),
        row.labels().stream().map(set.names()::spelled).toList(),
        row.probabilities(),
        row.by(),
        worth == null ? null : worth.other(),
        reasons(id),
        decided.get(id));
  }

  private void require(int id) {
    if (id < 0 || id >= set.size()) {
      throw new Refusal(
          422, "id", "a number from 0 to " + (set.size() - 1), "" + id, "ask /queue for them");
    }
  }

  /**
   * Writes a decision down, in the order of the list of labels.
   *
   * @throws Refusal when these cannot be the labels of a text
   */
  synchronized Progress decide(int id, List<String> labels) {
    require(id);
    List<String> choices = set.names().choices();
    for (String label : labels) {
      if (!choices.contains(label)) {
        throw new Refusal(
            422, "labels", "labels out of " + String.join(", ", choices), label, "choose others");
      }
    }
    List<String> sorted = choices.stream().filter(labels::contains).toList();
    if (sorted.isEmpty() || (sorted.size() > 1 && !set.several())) {
      String expected = set.several() ? "at least one label" : "one label";
      throw new Refusal(422, "labels", expected, "" + sorted.size(), "choose again");
    }
    gold.put(rows.key(id), rows.line(id, sorted));
    decided.put(id, sorted);
    return progress();
  }

  /** Takes the newest decision back, and says of which row. */
  synchronized OptionalInt undo() {
    OptionalInt place =
        gold.undo().map(key -> OptionalInt.of(rows.place(key))).orElse(OptionalInt.empty());
    remember();
    return place;
  }
}
