package io.gnomon.inspect;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Texts that are all but the same.
 *
 * @param similarity Jaccard similarity from which they count
 * @param shingle characters of a shingle
 * @param across pairs of a text of the set and one of the test set; null without one
 * @param within pairs inside the set, those alike but for case and white space as well; null where
 *     nobody asked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NearDuplicates(
    double similarity, int shingle, @Nullable List<Near> across, @Nullable List<Near> within) {
  /**
   * Two texts.
   *
   * @param rows numbers of the rows of the set that have the first
   * @param others numbers of the rows that have the second: of the test set, or of the set itself
   * @param conflict whether the labels of all these rows are not the same
   */
  public record Near(
      double similarity,
      List<Integer> rows,
      List<Integer> others,
      String text,
      String other,
      boolean conflict) {}

  /** Rows that have one normal text, by their places. */
  private record Group(List<Integer> train, List<Integer> test) {
    Group() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  /** Looks for them; null where there is neither a test set nor a wish to look within. */
  static @Nullable NearDuplicates of(LabelSet train, @Nullable LabelSet test, Settings settings) {
    return test == null && !settings.within() ? null : new Search(train, test, settings).run();
  }

  private static final class Search implements SimilarityJoin.Pairs {
    private final LabelSet train;
    private final @Nullable LabelSet test;
    private final Settings settings;
    private final List<Group> groups;
    private final List<String> texts;
    private final List<Near> across = new ArrayList<>();
    private final List<Near> within = new ArrayList<>();

    Search(LabelSet train, @Nullable LabelSet test, Settings settings) {
      this.train = train;
      this.test = test;
      this.settings = settings;
      Map<String, Group> byText = new LinkedHashMap<>();
      for (int i = 0; i < train.size(); i++) {
        group(byText, train.text(i)).train().add(i);
      }
      for (int i = 0; test != null && i < test.size(); i++) {
        group(byText, test.text(i)).test().add(i);
      }
      byText.remove("");
      this.groups = List.copyOf(byText.values());
      this.texts = List.copyOf(byText.keySet());
    }

    private static Group group(Map<String, Group> byText, String text) {
      return byText.computeIfAbsent(Shingles.normal(text), normal -> new Group());
    }

    NearDuplicates run() {
      groups.forEach(this::alike);
      SimilarityJoin.run(Shingles.byRarity(texts, settings.shingle()), settings.similarity(), this);
      Comparator<Near> order =
          Comparator.comparingDouble(Near::similarity)
              .reversed()
              .thenComparing(near -> near.rows().get(0))
              .thenComparing(near -> near.others().get(0));
      across.sort(order);
      within.sort(order);
      return new NearDuplicates(
          settings.similarity(),
          settings.shingle(),
          test == null ? null : across,
          settings.within() ? within : null);
    }

    private void alike(Group group) {
      List<Integer> own = group.train();
      if (!own.isEmpty() && !group.test().isEmpty()) {
        across(1, own, group.test());
      }
      if (settings.within() && own.size() > 1) {
        within(1, own.subList(0, 1), own.subList(1, own.size()));
      }
    }

    @Override
    public boolean wanted(int first, int second) {
      return crosses(first, second) || crosses(second, first) || inside(first, second);
    }

    private boolean crosses(int train, int test) {
      return !groups.get(train).train().isEmpty() && !groups.get(test).test().isEmpty();
    }

    private boolean inside(int first, int second) {
      return settings.within()
          && !groups.get(first).train().isEmpty()
          && !groups.get(second).train().isEmpty();
    }

    @Override
    public void found(int first, int second, double similarity) {
      Group one = groups.get(first);
      Group two = groups.get(second);
      if (crosses(first, second)) {
        across(similarity, one.train(), two.test());
      }
      if (crosses(second, first)) {
        across(similarity, two.train(), one.test());
      }
      if (inside(first, second)) {
        boolean inOrder = one.train().get(0) < two.train().get(0);
        within(
            similarity, inOrder ? one.train() : two.train(), inOrder ? two.train() : one.train());
      }
    }

    private void across(double similarity, List<Integer> rows, List<Integer> others) {
      if (test != null) {
        across.add(near(similarity, rows, test, others));
      }
    }

    private void within(double similarity, List<Integer> rows, List<Integer> others) {
      within.add(near(similarity, rows, train, others));
    }

    private Near near(
        double similarity, List<Integer> rows, LabelSet otherSet, List<Integer> others) {
      long labellings =
          Stream.concat(
                  rows.stream().map(i -> Arrays.toString(train.labels(i))),
                  others.stream().map(i -> Arrays.toString(otherSet.labels(i))))
              .distinct()
              .count();
      return new Near(
          similarity,
          rows.stream().map(i -> train.row(i).number()).toList(),
          others.stream().map(i -> otherSet.row(i).number()).toList(),
          train.text(rows.get(0)),
          otherSet.text(others.get(0)),
          labellings > 1);
    }
  }
}
