package io.gnomon.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.gnomon.geometry.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CellRecordTest {
  private static final Machine MACHINE =
      new Machine("now", 7, "a CPU", 2, "cpu", 1, "o", "17", "2");

  @TempDir Path folder;

  private static Costs costs(Costs.AnswersKept kept, int rounds) {
    Spread spread = new Spread(3, 2, 5);
    return new Costs(Map.of(), 11, 13, kept, 17, 19, spread, spread, rounds, null, null);
  }

  @Test
  void whatIsWrittenIsRead() {
    Path file = folder.resolve("cell.json");
    Fingerprint fingerprint = new Fingerprint("s", "t", "x");
    Costs costs = costs(new Costs.AnswersKept(23, 29), 31);
    CellRecord record = new CellRecord(null, fingerprint, Map.of(), costs, MACHINE);
    record.write(file);
    assertEquals(record, CellRecord.read(file));
  }

  @Test
  void aRecordOfBeforeLeavesOutWhatWasNotCounted() throws IOException {
    Path file = folder.resolve("cell.json");
    Files.writeString(
        file,
        """
        {"fingerprint": {"settings": "s", "teacher": "t", "texts": "x"}, "figures": {},
         "costs": {"preparation_seconds": {"loading": 2.5}, "training_seconds": 11, "samples": 13,
          "parameters": 17, "shared_parameters": 19,
          "milliseconds_per_text": {"median": 3, "min": 2, "max": 5},
          "texts_per_second": {"median": 3, "min": 2, "max": 5}},
         "machine": {"ended": "now", "seconds": 7, "processor": "a CPU", "cores": 2, "device": "cpu",
          "threads": 1, "os": "o", "jdk": "17", "libtorch": "2"}}
        """);
    Costs costs = Objects.requireNonNull(CellRecord.read(file).costs());
    assertEquals(13.5, costs.seconds());
    assertNull(costs.answersKept());
    assertNull(costs.rounds());
  }
}
