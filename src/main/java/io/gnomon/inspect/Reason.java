package io.gnomon.inspect;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Why a row is worth a look.
 *
 * @param kind what it is about
 * @param detail the same in words, with figures
 * @param points how much it weighs among the reasons of all rows
 */
public record Reason(Kind kind, String detail, double points) {
  /** What a reason is about, with the points of its strongest case. */
  public enum Kind {
    /** There is nothing to label. */
    EMPTY(4, "no text"),
    /** Nobody said what it is. */
    UNLABELLED(4, "no label"),
    /** A label that the task does not have. */
    OUTSIDE(4, "label outside the list"),
    /** Several labels where the task allows one. */
    TOO_MANY(4, "more labels than the task allows"),
    /** The same text has other labels elsewhere. */
    DUPLICATE(3, "same text, other labels"),
    /** Another labeller says otherwise; by the distance of the two sets of labels. */
    DISAGREEMENT(3, "labellers disagree"),
    /** A near-duplicate has other labels; by the similarity. */
    NEAR(2, "near-duplicate, other labels"),
    /** The labeller was unsure; by one less the probability. */
    UNSURE(2, "low confidence"),
    /** Few rows have one of its labels; by how few. */
    RARE(1, "rare label"),
    /** It stands in the test set too; by the similarity. */
    LEAKED(1, "in the test set too");

    private final double points;
    private final String title;

    Kind(double points, String title) {
      this.points = points;
      this.title = title;
    }

    /** Its name in JSON. */
    @JsonValue
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** In a few words. */
    public String title() {
      return title;
    }

    Reason of(double strength, String detail) {
      return new Reason(this, detail, points * strength);
    }
  }
}
