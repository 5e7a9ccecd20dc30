package io.gnomon.data;

import io.gnomon.config.DataConfig;
import java.nio.file.Path;
import java.util.List;

/**
 * AG News (Zhang et al. 2015) in its official CSV form: class index from 1, title, description.
 *
 * <p>The text is title, space, description, both cleaned by {@link NewswireText}; rows keep the
 * file's order.
 */
final class AgNewsReader {
  static final List<String> CLASSES = List.of("World", "Sports", "Business", "Sci/Tech");

  private AgNewsReader() {}

  static LabelledSet read(DataConfig.AgNews config) {
    String split = LabelledSets.officialSplit(config.split(), false, KnownSet.AG_NEWS);
    String name = config.path() + "/" + split + ".csv";
    Path path =
        DataPaths.find(name)
            .orElseThrow(() -> Problems.missing(KnownSet.AG_NEWS, name, config.path()));
    List<Row> rows =
        DelimitedFile.read(new TableFile(path, false), ',').stream()
            .map(AgNewsReader::row)
            .toList();
    return LabelledSet.ofRows(KnownSet.AG_NEWS.info("AG News " + split), CLASSES, rows);
  }

  private static Row row(DelimitedFile.Line line) {
    List<String> fields = line.fields();
    if (fields.size() != 3) {
      throw Problems.badRow(
          line.where(), "3 columns (class index, title, description)", "" + fields.size());
    }
    String index = fields.get(0);
    if (!index.matches("[1-4]")) {
      throw Problems.badRow(line.where(), "a class index from 1 to 4", "'" + index + "'");
    }
    String text = NewswireText.clean(fields.get(1) + " " + fields.get(2));
    if (text.isEmpty()) {
      throw Problems.emptyText(line.where());
    }
    return new Row(
        line.where(), new LabelledText(text, List.of(CLASSES.get(Integer.parseInt(index) - 1))));
  }
}
