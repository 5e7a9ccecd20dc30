package io.gnomon.inspect;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far two labellers agree on the same texts.
 *
 * @param first name of the one
 * @param second name of the other
 * @param rows texts that both have labelled
 * @param onlyFirst rows that the first alone has
 * @param onlySecond rows that the second alone has
 * @param several whether a text may have several labels
 * @param same share of the texts with the same labels
 * @param kappa Cohen's κ; of several labels the mean of each label's, over those where it is
 *     defined. Null where it is not
 * @param alpha Krippendorff's α, nominal; of several labels over the sets of labels, under the MASI
 *     distance. Null where only one answer was ever given
 * @param labels each label by itself: has the text it or not
 * @param confusion what the two said, most often first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Agreement(
    String first,
    String second,
    int rows,
    int onlyFirst,
    int onlySecond,
    boolean several,
    Estimate same,
    @Nullable Estimate kappa,
    @Nullable Estimate alpha,
    List<Label> labels,
    List<Confused> confusion) {
  /**
   * A label.
   *
   * @param both rows that both gave it
   * @param first rows that the first alone gave it
   * @param second rows that the second alone gave it
   * @param neither the others
   * @param kappa Cohen's κ of having it or not; null where both always said the same one thing
   * @param alpha Krippendorff's α of the same
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Label(
      String label,
      int both,
      int first,
      int second,
      int neither,
      @Nullable Estimate kappa,
      @Nullable Estimate alpha) {}

  /**
   * A label that the first gave and one that the second gave, to the same texts: the same label
   * where both gave it, else two that the other did not give.
   */
  public record Confused(String first, String second, int rows) {}
}
