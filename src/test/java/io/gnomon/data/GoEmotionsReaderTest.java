package io.gnomon.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.Shared;
import io.gnomon.config.ConfigLoader;
import io.gnomon.config.DataConfig;
import io.gnomon.config.DataConfig.GoEmotions.Grouping;
import io.gnomon.config.DataConfig.Split;
import io.gnomon.config.TaskConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoEmotionsReaderTest {
  /** Joy; joy with anger; anger with annoyance; neutral; surprise; love with surprise. */
  private static final String ROWS =
      """
      "So glad!\t17\ta
      Glad yet mad\t2,17\tb
      Argh\t2,3\tc
      Well.\t27\td
      Oh!\t26\te
      Oh, love!\t18,26\tf
      """;

  @TempDir Path folder;

  @Test
  void binaryKeepsThePurelyPositiveAndNegative() throws IOException {
    write(ROWS);
    assertEquals(
        List.of(
            new LabelledText("\"So glad!", List.of("positive")),
            new LabelledText("Argh", List.of("negative"))),
        read(Grouping.BINARY).rows());
    assertEquals(List.of("negative", "positive"), read(Grouping.BINARY).classes());
  }

  @Test
  void groupsAreTheDistinctGroupsOfTheLabels() throws IOException {
    write(ROWS);
    assertEquals(
        List.of("[joy]", "[anger, joy]", "[anger]", "[neutral]", "[surprise]", "[joy, surprise]"),
        labels(read(Grouping.EKMAN)));
    assertEquals(
        List.of(
            "[positive]",
            "[negative, positive]",
            "[negative]",
            "[neutral]",
            "[ambiguous]",
            "[ambiguous, positive]"),
        labels(read(Grouping.SENTIMENT)));
    assertEquals("[anger, annoyance]", labels(read(Grouping.ALL)).get(2));
    assertEquals(28, read(Grouping.ALL).classes().size());
  }

  @Test
  void theFoldersOwnMappingComesFirst() throws IOException {
    write(ROWS);
    Files.writeString(folder.resolve("ekman_mapping.json"), "{\"joy\": [\"joy\"]}");
    assertEquals(
        folder.resolve("original/test.tsv")
            + ":2: label 'anger' is in no group of the mapping file; add it there",
        Throwing.message(() -> read(Grouping.EKMAN)));
    Files.writeString(folder.resolve("ekman_mapping.json"), "[1");
    String message = Throwing.message(() -> read(Grouping.EKMAN));
    assertTrue(message.contains("ekman_mapping.json: expected a JSON object"), message);
  }

  @Test
  void badRowsAreNamedByFileAndLine() throws IOException {
    String file = folder.resolve("original/test.tsv").toString();
    write("Fine\t17\ta\nBad id\t28\tb\n");
    assertEquals(
        file + ":2: expected label ids from 0 to 27, found '28'; mend or drop the row",
        Throwing.message(() -> read(Grouping.BINARY)));
    write("no tabs\n");
    assertEquals(
        file
            + ":1: expected text, label ids and comment id between tabs, found 1 column; mend or"
            + " drop the row",
        Throwing.message(() -> read(Grouping.BINARY)));
    write(" \t17\ta\n");
    assertEquals(
        file + ":1: expected a text, found an empty one; mend or drop the row",
        Throwing.message(() -> read(Grouping.BINARY)));
    write("");
    assertTrue(Throwing.message(() -> read(Grouping.BINARY)).contains("found no rows"));
  }

  @Test
  void groupingsEqualTheReferenceFiles() throws IOException {
    Path official = Shared.require("data/goemotions");
    assertReference(official, "ekman", Grouping.EKMAN);
    assertReference(official, "group", Grouping.SENTIMENT);
  }

  @Test
  void theTaskOfAllLabelsHasTheSetsOwnInItsOrder() throws IOException {
    Path official = Shared.require("data/goemotions");
    Path file =
        Path.of(System.getProperty("gnomon.home", "."), "configs/tasks/goemotions-all.yaml");
    TaskConfig task = ConfigLoader.load(file, TaskConfig.class, List.of(), List.of()).config();
    LabelledSet set =
        LabelledSets.read(new DataConfig.GoEmotions(official.toString(), Split.TEST, Grouping.ALL));
    List<String> labels = List.copyOf(task.classes().keySet());
    assertEquals(set.classes(), labels);
    int given = 0;
    for (boolean[] row : set.classIndicators(labels)) {
      for (boolean has : row) {
        given += has ? 1 : 0;
      }
    }
    assertEquals(6329, given);
  }

  @Test
  void theBuiltInConstantsEqualTheOfficialFiles() throws IOException {
    Path official = Shared.require("data/goemotions");
    for (Grouping grouping : Grouping.values()) {
      assertEquals(
          EmotionScheme.of(grouping, official.resolve("original")),
          EmotionScheme.of(grouping, folder));
    }
  }

  /** Each line: text, ids into the folder's labels.txt, comment id. */
  private static void assertReference(Path official, String name, Grouping grouping)
      throws IOException {
    LabelledSet set =
        LabelledSets.read(new DataConfig.GoEmotions(official.toString(), Split.TEST, grouping));
    List<String> classes = Files.readAllLines(official.resolve(name).resolve("labels.txt"));
    assertEquals(classes, set.classes());
    List<LabelledText> expected = new ArrayList<>();
    for (String line : Files.readAllLines(official.resolve(name).resolve("test.tsv"))) {
      String[] fields = line.split("\t", -1);
      List<String> labels =
          List.of(fields[1].split(",", -1)).stream()
              .map(id -> classes.get(Integer.parseInt(id)))
              .toList();
      expected.add(new LabelledText(fields[0].strip(), labels));
    }
    assertEquals(5427, set.size());
    assertEquals(expected, set.rows());
  }

  private void write(String rows) throws IOException {
    Files.createDirectories(folder.resolve("original"));
    Files.writeString(folder.resolve("original/test.tsv"), rows);
  }

  private LabelledSet read(Grouping grouping) {
    return LabelledSets.read(new DataConfig.GoEmotions(folder.toString(), Split.TEST, grouping));
  }

  private static List<String> labels(LabelledSet set) {
    return set.rows().stream().map(row -> row.labels().toString()).toList();
  }
}
