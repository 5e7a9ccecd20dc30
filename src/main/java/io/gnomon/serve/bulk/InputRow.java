package io.gnomon.serve.bulk;

import io.gnomon.config.InputException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A row as it was read. */
public sealed interface InputRow {
  /** Where it stands. */
  Place place();

  /** Characters, roughly what it takes of memory. */
  int size();

  /** Those of {@code rows} that cannot be tagged, in their order. */
  static List<Rejected> rejected(List<InputRow> rows) {
    return of(rows, Rejected.class);
  }

  /** Those of {@code rows} that can be, in their order. */
  static List<Text> texts(List<InputRow> rows) {
    return of(rows, Text.class);
  }

  private static <R extends InputRow> List<R> of(List<InputRow> rows, Class<R> kind) {
    return rows.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

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

    /** As it stands in the side file, without a line break. */
    public String json() {
      ObjectNode object = JsonMapper.shared().createObjectNode();
      object.put("file", place.file());
      object.put("row", place.row());
      if (place.line() > 0) {
        object.put("line", place.line());
      }
      object.put("cause", cause);
      return object.toString();
    }

    /** What a job says that takes no such row. */
    public InputException refused() {
      return new InputException(place + ": " + cause + "; mend or drop it, or leave out --strict");
    }
  }
}
