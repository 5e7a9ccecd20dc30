package io.gnomon.label;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What labelling took.
 *
 * @param labelled posts with labels, of this job and those before it that it went on with
 * @param aside posts without, of the same
 * @param known of those with labels, the ones that had them before this process
 * @param tally of this process
 * @param before of the answers that were kept already
 * @param seconds that this process took for them
 * @param prices of tokens; null where nobody said
 */
public record LabelReport(
    long labelled,
    long aside,
    long known,
    Tally tally,
    Tally before,
    double seconds,
    @Nullable Prices prices) {
  private static final double MILLION = 1e6;

  /**
   * What a million tokens cost.
   *
   * @param in read
   * @param out written
   */
  public record Prices(double in, double out) {
    double of(Tally tally) {
      return (in * tally.tokensIn() + out * tally.tokensOut()) / MILLION;
    }
  }

  /** Posts that this process asked about. */
  private long asked() {
    return tally.labelled() + tally.aside();
  }

  /** Of all posts that were asked about, the share of one; empty where none was. */
  private Optional<Double> aPost(double all) {
    return asked() == 0 ? Optional.empty() : Optional.of(all / asked());
  }

  /** For a program. */
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("labelled", labelled);
    facts.put("set_aside", aside);
    facts.put("posts_asked", asked());
    facts.put("answers", tally.answers());
    facts.put("answers_kept_before", before.answers());
    facts.put("posts_known_before", known);
    facts.put("seconds", seconds);
    aPost(seconds).ifPresent(value -> facts.put("seconds_a_post", value));
    if (tally.answers() > 0) {
      facts.put("seconds_an_answer", tally.seconds() / tally.answers());
    }
    facts.put("tokens_in", tally.tokensIn());
    facts.put("tokens_out", tally.tokensOut());
    if (prices != null) {
      facts.put("cost", prices.of(tally));
      aPost(prices.of(tally)).ifPresent(value -> facts.put("cost_a_post", value));
      facts.put("cost_before", prices.of(before));
    }
    facts.put("troubles", tally.troubles());
    return facts;
  }

  /** For a reader: time, and what went wrong on the way. */
  public String time() {
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "%,d answers in %.1f s", tally.answers(), seconds));
    aPost(seconds)
        .ifPresent(value -> line.append(String.format(Locale.ROOT, ", %.3g s a post", value)));
    if (tally.answers() > 0) {
      line.append(
          String.format(
              Locale.ROOT, " (an answer took %.3g s)", tally.seconds() / tally.answers()));
    }
    if (known > 0) {
      line.append(String.format(Locale.ROOT, "; %,d posts were answered before", known));
    }
    Map<String, Long> troubles = tally.troubles();
    if (!troubles.isEmpty()) {
      line.append("; on the way");
      troubles.keySet().stream()
          .sorted()
          .forEach(name -> line.append(' ').append(troubles.get(name)).append(" × ").append(name));
    }
    return line.toString();
  }

  /** For a reader: tokens and cost; empty where nobody counted. */
  public Optional<String> cost() {
    if (tally.tokensIn() + tally.tokensOut() + before.tokensIn() + before.tokensOut() == 0) {
      return Optional.empty();
    }
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(Locale.ROOT, "%,d tokens in, %,d out", tally.tokensIn(), tally.tokensOut()));
    if (prices != null) {
      line.append(
          String.format(
              Locale.ROOT,
              ", cost %.4g (%s in, %s out a million)",
              prices.of(tally),
              prices.in(),
              prices.out()));
      aPost(prices.of(tally))
          .ifPresent(value -> line.append(String.format(Locale.ROOT, ", %.3g a post", value)));
    }
    if (before.answers() > 0) {
      line.append(
          String.format(
              Locale.ROOT,
              "; with the answers kept before %,d in, %,d out",
              tally.tokensIn() + before.tokensIn(),
              tally.tokensOut() + before.tokensOut()));
      if (prices != null) {
        line.append(
            String.format(Locale.ROOT, ", cost %.4g", prices.of(tally) + prices.of(before)));
      }
    }
    return Optional.of(line.toString());
  }
}
