package io.gnomon.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.TinySuite;
import io.gnomon.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SittingClockTest {
  @TempDir Path folder;

  private List<Cell> cells() throws IOException {
    return Grid.cells(ConfigLoader.suite(TinySuite.write(folder), List.of(), List.of()));
  }

  @Test
  void sittingsAddUpUnderTheSameSettings() throws IOException {
    CellFolder own = new CellFolder(folder.resolve("own"));
    Cell cell = cells().get(2);
    Files.createDirectories(own.path());
    Files.writeString(
        own.sittings(),
        "{\"settings\": \"" + Fingerprint.settings(cell) + "\", \"seconds\": 7919}");
    SittingClock second = SittingClock.begin(cell, own);
    second.keep();
    double kept = SittingClock.begin(cell, own).seconds();
    assertTrue(kept > 7919 && kept < 7919 + 60, () -> "" + kept);
    assertTrue(SittingClock.begin(cells().get(3), own).seconds() < 60, "another cell's");
  }

  @Test
  void aDamagedTallyCountsFromNow() throws IOException {
    CellFolder own = new CellFolder(folder.resolve("own"));
    Files.createDirectories(own.path());
    Files.writeString(own.sittings(), "an hour");
    assertTrue(SittingClock.begin(cells().get(2), own).seconds() < 60);
  }
}
