package io.gnomon.label;

import java.util.Map;
import java.util.TreeMap;

/** What labelling took so far; any thread may count. */
public final class Tally {
  private final Map<String, Long> troubles = new TreeMap<>();
  private long answers;
  private long labelled;
  private long aside;
  private long known;
  private long tokensIn;
  private long tokensOut;
  private double seconds;

  synchronized void countAnswer(RawAnswer answer) {
    answers++;
    tokensIn += answer.tokensIn();
    tokensOut += answer.tokensOut();
    seconds += answer.seconds();
  }

  synchronized void countLabelled() {
    labelled++;
  }

  synchronized void countAside() {
    aside++;
  }

  synchronized void countKnown() {
    known++;
  }

  synchronized void countTrouble(String name) {
    troubles.merge(name, 1L, Long::sum);
  }

  /** Answers, those without labels too. */
  public synchronized long answers() {
    return answers;
  }

  /** Texts that were given labels by an answer counted here. */
  public synchronized long labelled() {
    return labelled;
  }

  /** Texts that were asked about, and have no labels. */
  public synchronized long aside() {
    return aside;
  }

  /** Posts met whose labels were there before this process. */
  public synchronized long known() {
    return known;
  }

  /** Tokens read. */
  public synchronized long tokensIn() {
    return tokensIn;
  }

  /** Tokens written. */
  public synchronized long tokensOut() {
    return tokensOut;
  }

  /** Sum of the times of all answers. */
  public synchronized double seconds() {
    return seconds;
  }

  /** What went wrong on the way, and how often. */
  public synchronized Map<String, Long> troubles() {
    return Map.copyOf(troubles);
  }
}
