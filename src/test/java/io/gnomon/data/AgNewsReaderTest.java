package io.gnomon.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.Shared;
import io.gnomon.config.DataConfig;
import io.gnomon.config.DataConfig.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgNewsReaderTest {
  @TempDir Path folder;

  @Test
  void titleAndDescriptionMakeTheText() throws IOException {
    Files.writeString(
        folder.resolve("test.csv"),
        "\"3\",\"Oil\",\"He said \"\"yes\"\" to Apple #39;s\\$5\"\n\"4\",\"\",\"Only text\"\n");
    LabelledSet set = read(Split.TEST);
    assertEquals(
        List.of(
            new LabelledText("Oil He said \"yes\" to Apple's$5", List.of("Business")),
            new LabelledText("Only text", List.of("Sci/Tech"))),
        set.rows());
    assertEquals(List.of("World", "Sports", "Business", "Sci/Tech"), set.classes());
    assertEquals(folder.resolve("test.csv") + ":2", set.where(1));
  }

  @Test
  void aBadRowIsNamedByFileAndLine() throws IOException {
    Path file = folder.resolve("test.csv");
    Files.writeString(file, "\"1\",\"a\",\"two\nlines\"\n\"5\",\"b\",\"c\"\n");
    assertEquals(
        file + ":3: expected a class index from 1 to 4, found '5'; mend or drop the row",
        Throwing.message(() -> read(Split.TEST)));
    Files.writeString(file, "\"1\",\"a\"\n");
    assertEquals(
        file
            + ":1: expected 3 columns (class index, title, description), found 2; mend or drop"
            + " the row",
        Throwing.message(() -> read(Split.TEST)));
  }

  @Test
  void aMissingPartNamesItsFileAndHowToGetIt() {
    String message = Throwing.message(() -> read(Split.TRAIN));
    assertTrue(message.startsWith("AG News not found at " + folder + "/train.csv ("), message);
    assertTrue(message.contains("research and other non-commercial use"), message);
    assertTrue(message.contains("-o '" + folder + "/#1.csv'"), message);
  }

  @Test
  void theOfficialTestPartIsBalanced() {
    Path official = Shared.require("data/ag_news_csv");
    LabelledSet set = LabelledSets.read(new DataConfig.AgNews(official.toString(), Split.TEST));
    long[] support = new long[4];
    for (int k : set.classIndices(set.classes())) {
      support[k]++;
    }
    assertEquals("[1900, 1900, 1900, 1900]", Arrays.toString(support));
    assertEquals(
        "Fears for T N pension after talks Unions representing workers at Turner Newall say they"
            + " are 'disappointed' after talks with stricken parent firm Federal Mogul.",
        set.rows().get(0).text());
    String all = set.rows().stream().map(LabelledText::text).collect(Collectors.joining("\n"));
    for (String mark : List.of("#39;", "quot;", "\\", "<b>", "&lt;")) {
      assertEquals(-1, all.indexOf(mark), mark);
    }
  }

  private LabelledSet read(Split split) {
    return LabelledSets.read(new DataConfig.AgNews(folder.toString(), split));
  }
}
