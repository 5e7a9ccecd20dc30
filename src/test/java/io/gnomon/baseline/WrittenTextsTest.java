package io.gnomon.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gnomon.Messages;
import io.gnomon.baseline.WrittenTexts.Line;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrittenTextsTest {
  private static final List<Line> FIRST =
      List.of(new Line("a:", 0.25, "one\ntwo “three”"), new Line("a:", 0.25, ""));
  private static final List<Line> SECOND =
      List.of(new Line("b:", 0.5, "four"), new Line("b:", 0.5, "five"));

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("texts.jsonl");
  }

  @Test
  void whatIsAppendedIsThere() {
    WrittenTexts texts = WrittenTexts.open(file(), 2);
    assertEquals(0, texts.batches());
    assertFalse(Files.exists(file()));
    texts.append(FIRST);
    texts.append(SECOND);
    WrittenTexts again = WrittenTexts.open(file(), 2);
    assertEquals(2, again.batches());
    assertEquals(List.of(FIRST.get(0), FIRST.get(1), SECOND.get(0), SECOND.get(1)), again.lines());
  }

  /** A process may be killed after any byte of its write. */
  @Test
  void whatWasCutShortIsWrittenAnew() throws IOException {
    WrittenTexts.open(file(), 2).append(FIRST);
    byte[] first = Files.readAllBytes(file());
    WrittenTexts.open(file(), 2).append(SECOND);
    byte[] both = Files.readAllBytes(file());
    for (int length = 0; length < both.length; length++) {
      Files.write(file(), Arrays.copyOf(both, length));
      WrittenTexts cut = WrittenTexts.open(file(), 2);
      assertEquals(length < first.length ? 0 : 1, cut.batches(), "of " + length + " bytes");
      if (length < first.length) {
        cut.append(FIRST);
      }
      cut.append(SECOND);
      assertEquals(2, WrittenTexts.open(file(), 2).batches());
      assertEquals(-1, Arrays.mismatch(both, Files.readAllBytes(file())));
    }
  }

  @Test
  void aDamagedLineIsNamed() throws IOException {
    WrittenTexts.open(file(), 2).append(FIRST);
    Files.writeString(file(), Files.readString(file()).replace("\"text\":\"\"", "\"text\":7"));
    assertEquals(
        file()
            + ":2: expected {\"prompt\": …, \"seconds\": …, \"text\": …}, found other text; delete"
            + " the file and the teacher writes anew",
        Messages.of(InputException.class, () -> WrittenTexts.open(file(), 2)));
  }
}
