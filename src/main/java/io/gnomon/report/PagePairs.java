package io.gnomon.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * A suite's paired comparisons as the page's script shows them, one approach against each other:
 * one object a task, as {@code gnomon bench} last wrote them.
 */
final class PagePairs {
  private PagePairs() {}

  /** The tasks in the order of the comparisons; the approaches of each in theirs. */
  static List<Map<String, Object>> of(String suite, List<PairedComparison> comparisons) {
    Map<String, List<PairedComparison>> byTask = new LinkedHashMap<>();
    comparisons.forEach(it -> byTask.computeIfAbsent(it.task(), task -> new ArrayList<>()).add(it));
    return byTask.entrySet().stream()
        .map(entry -> task(suite + " / " + entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Map<String, Object> task(String name, List<PairedComparison> comparisons) {
    LinkedHashSet<String> found = new LinkedHashSet<>();
    comparisons.forEach(
        it -> {
          found.add(it.first());
          found.add(it.second());
        });
    List<String> approaches = List.copyOf(found);
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("task", name);
    object.put("approaches", approaches);
    object.put("pairs", comparisons.stream().map(it -> pair(it, approaches)).toList());
    return object;
  }

  /** Places of the two, difference with its interval, both p: short, as there are many. */
  private static List<Number> pair(PairedComparison it, List<String> approaches) {
    return List.of(
        approaches.indexOf(it.first()),
        approaches.indexOf(it.second()),
        PageData.rounded(it.difference()),
        PageData.rounded(it.low()),
        PageData.rounded(it.high()),
        PageData.rounded(it.p()),
        PageData.rounded(it.pMcnemar()));
  }
}
