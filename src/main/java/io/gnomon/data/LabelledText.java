package io.gnomon.data;

import java.util.List;

/**
 * A text with its labels: one in most sets, several in GoEmotions outside the binary grouping.
 *
 * @param text the text, cleaned as its reader documents; not blank
 * @param labels class names in the set's spelling; at least one
 */
public record LabelledText(String text, List<String> labels) {
  /** Copies the labels; a text without any is refused. */
  public LabelledText {
    labels = List.copyOf(labels);
    if (labels.isEmpty()) {
      throw new IllegalArgumentException("a labelled text needs a label");
    }
  }
}
