package io.gnomon.serve.bulk;

import io.gnomon.config.InputException;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Lines that are texts, empty ones too.
 *
 * @param columns of which there is one
 */
record TextLines(Columns columns) implements RowParser {
  TextLines {
    for (String name : columns.keep()) {
      if (!name.equals(columns.text())) {
        throw new InputException(
            "--keep: expected '%s', the one column of text lines, found %s; leave it out"
                .formatted(columns.text(), name));
      }
    }
  }

  @Override
  public InputRow parse(Place place, String row) {
    JsonNode text = JsonNodeFactory.instance.stringNode(row);
    List<JsonNode> kept = Collections.nCopies(columns.keep().size(), text);
    return new InputRow.Text(place, row, kept);
  }

  @Override
  public boolean skipsEmpty() {
    return false;
  }
}
