package io.gnomon.serve.bulk;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A row as it was read. */
sealed interface InputRow {
  /** Where it stands. */
  Place place();

  /** Characters, roughly what it takes of memory. */
  int size();

  /**
   * One to be tagged.
   *
   * @param kept values carried along, in the order of {@link Columns#keep}; null nodes where absent
   */
  record Text(Place place, String text, List<JsonNode> kept) implements InputRow {
    /** Copies the list. */
    public Text {
      kept = List.copyOf(kept);
    }

    @Override
    public int size() {
      return text.length();
    }
  }

  /**
   * One that cannot be.
   *
   * @param cause what was expected and found
   */
  record Rejected(Place place, String cause) implements InputRow {
    @Override
    public int size() {
      return cause.length();
    }
  }
}
