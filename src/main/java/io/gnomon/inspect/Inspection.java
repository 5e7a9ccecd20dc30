package io.gnomon.inspect;

import org.jspecify.annotations.Nullable;

/**
 * A set, and what it is looked at beside; all under the same {@link LabelNames}.
 *
 * @param set the labelled set
 * @param test its test set; null without one
 * @param other the same texts by another labeller; null without one
 */
public record Inspection(LabelSet set, @Nullable LabelSet test, @Nullable LabelSet other) {
  /**
   * Looks at everything.
   *
   * @throws io.gnomon.config.InputException when the other labeller has none of the texts, or a set
   *     that is compared has no labels
   */
  public Findings findings(Settings settings) {
    SetSummary summary = SetSummary.of(set);
    Shares shares = test == null ? null : Shares.of(set, test);
    Matching matching = other == null ? null : Matching.of(set, other);
    Agreement agreement =
        other == null || matching == null ? null : AgreementFigures.of(set, other, matching);
    NearDuplicates near = NearDuplicates.of(set, test, settings);
    return new Findings(
        settings,
        summary,
        test == null ? null : SetSummary.of(test),
        shares,
        near,
        agreement,
        Attention.of(set, new Attention.Seen(summary, near, test, other, matching, settings)));
  }
}
