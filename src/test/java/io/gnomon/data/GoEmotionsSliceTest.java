package io.gnomon.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.gnomon.Shared;
import io.gnomon.config.DataConfig;
import io.gnomon.config.DataConfig.GoEmotions.Grouping;
import io.gnomon.config.DataConfig.Split;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoEmotionsSliceTest {
  private static final String NAME = "goemotions-slice.tsv";

  @Test
  void itShipsWithItsLicenceAndBothClassesInTheirShare() {
    LabelledSet slice = slice();
    assertEquals(600, slice.size());
    assertEquals(381, Arrays.stream(slice.classIndices(List.of("negative", "positive"))).sum());
    assertEquals("Apache 2.0, cite Demszky et al. 2020", slice.licence());
    for (String beside : List.of("goemotions-slice.NOTICE", "goemotions-slice.LICENSE")) {
      assertNotNull(LabelledSets.class.getResource(beside), beside);
    }
  }

  @Test
  void itsRowsAreThoseOfTheOfficialTestFile() {
    Path official = Shared.require("data/goemotions");
    LabelledSet test =
        LabelledSets.read(
            new DataConfig.GoEmotions(official.toString(), Split.TEST, Grouping.BINARY));
    assertEquals(2933, test.size());
    assertEquals(test.limit(SliceWriter.ROWS).rows(), slice().rows());
  }

  private static LabelledSet slice() {
    return LabelledSets.read(
        new DataConfig.Table("embedded:" + NAME, Split.TEST, "text", "label", null, "unknown"));
  }
}
