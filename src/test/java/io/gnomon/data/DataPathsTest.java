package io.gnomon.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataPathsTest {
  @TempDir Path root;

  @BeforeEach
  void nameTheRoot() {
    System.setProperty("gnomon.data", root.toString());
  }

  @AfterEach
  void forgetTheRoot() {
    System.clearProperty("gnomon.data");
  }

  @Test
  void aLeadingDataMayBeTheRootItself() throws IOException {
    Path file = Files.writeString(root.resolve("reviews.csv"), "");
    assertEquals(Optional.of(file), DataPaths.find("reviews.csv"));
    assertEquals(Optional.of(file), DataPaths.find("data/reviews.csv"));
    assertEquals(Optional.of(file), DataPaths.find(file.toString()));
    assertEquals(Optional.empty(), DataPaths.find("data/data/reviews.csv"));
  }

  @Test
  void theFolderAsGivenComesFirst() throws IOException {
    Files.writeString(root.resolve("reviews.csv"), "");
    Path nested = Files.createDirectory(root.resolve("data")).resolve("reviews.csv");
    Files.writeString(nested, "");
    assertEquals(Optional.of(nested), DataPaths.find("data/reviews.csv"));
  }

  @Test
  void theMessageNamesThePlaces() {
    assertTrue(DataPaths.placesLookedIn("a.csv").endsWith(" and in GNOMON_DATA=" + root));
    assertEquals("looked there only, as the path is absolute", DataPaths.placesLookedIn("/a.csv"));
  }
}
