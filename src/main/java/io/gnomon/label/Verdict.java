package io.gnomon.label;

import java.util.List;

/** What an answer is worth. */
sealed interface Verdict {
  /**
   * Labels of the list.
   *
   * @param labels as many as asked for, the best first
   */
  record Labels(List<String> labels) implements Verdict {}

  /**
   * None.
   *
   * @param cause what was expected and found
   */
  record Outside(String cause) implements Verdict {}
}
