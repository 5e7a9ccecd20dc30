package io.gnomon.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gnomon.config.DataConfig;
import io.gnomon.config.DataConfig.GoEmotions.Grouping;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * GoEmotions (Demszky et al. 2020) in its official TSV form: text, label ids joined by commas,
 * comment id; no header, no quoting.
 *
 * <p>Rows keep the file's order. Classes of {@code all} are the 28 labels by id; those of the
 * groupings are sorted by name. A row's classes are the distinct groups of its labels. {@code
 * binary} keeps the rows whose labels are all positive or all negative: neutral, ambiguous and
 * mixed rows (positive with ambiguous too) are dropped.
 */
final class GoEmotionsReader {
  private static final List<String> POLES = List.of("negative", "positive");

  private GoEmotionsReader() {}

  static LabelledSet read(DataConfig.GoEmotions config) {
    String split = LabelledSets.officialSplit(config.split(), true, KnownSet.GOEMOTIONS);
    Path file = file(config.path(), split);
    Path folder = Objects.requireNonNullElse(file.getParent(), Path.of(""));
    EmotionScheme scheme = EmotionScheme.of(config.grouping(), folder);
    boolean binary = config.grouping() == Grouping.BINARY;
    List<Row> rows = rows(file, scheme, binary ? GoEmotionsReader::isPolar : row -> true);
    String grouping = config.grouping().name().toLowerCase(Locale.ROOT);
    return LabelledSet.ofRows(
        KnownSet.GOEMOTIONS.info("GoEmotions " + split + " (" + grouping + ")"),
        binary ? POLES : scheme.classes(),
        rows);
  }

  /** The rows lie in {@code original/}, or in the folder itself as in Google's repository. */
  private static Path file(String path, String split) {
    String nested = path + "/original/" + split + ".tsv";
    return DataPaths.find(nested)
        .or(() -> DataPaths.find(path + "/" + split + ".tsv"))
        .orElseThrow(() -> Problems.missing(KnownSet.GOEMOTIONS, nested, path));
  }

  private static boolean isPolar(Row row) {
    List<String> labels = row.text().labels();
    return labels.size() == 1 && POLES.contains(labels.get(0));
  }

  private static List<Row> rows(Path file, EmotionScheme scheme, Predicate<Row> kept) {
    List<Row> rows = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(file, UTF_8)) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        Row row = row(file + ":" + ++number, line, scheme);
        if (kept.test(row)) {
          rows.add(row);
        }
      }
    } catch (IOException e) {
      throw Problems.unreadable(file, e);
    }
    return rows;
  }

  private static Row row(String where, String line, EmotionScheme scheme) {
    String[] fields = line.split("\t", -1);
    if (fields.length < 2) {
      throw Problems.badRow(
          where, "text, label ids and comment id between tabs", fields.length + " column");
    }
    if (fields[0].isBlank()) {
      throw Problems.emptyText(where);
    }
    return new Row(
        where, new LabelledText(fields[0].strip(), scheme.classesOf(where, fields[1].strip())));
  }
}
