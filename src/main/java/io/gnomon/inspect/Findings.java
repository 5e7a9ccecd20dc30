package io.gnomon.inspect;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that was found.
 *
 * @param settings what counted as near, unsure and rare
 * @param set what the set holds
 * @param test what the test set holds; null without one
 * @param shares each label's share in both
 * @param near near-duplicates; null where none were looked for
 * @param agreement with another labeller; null without one
 * @param attention the rows most worth a person's eye, the worthiest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Findings(
    Settings settings,
    SetSummary set,
    @Nullable SetSummary test,
    @Nullable Shares shares,
    @Nullable NearDuplicates near,
    @Nullable Agreement agreement,
    List<Attention.Row> attention) {}
