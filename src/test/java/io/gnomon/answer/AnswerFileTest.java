package io.gnomon.answer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.Messages;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of records, whole, cut and damaged. */
class AnswerFileTest {
  private static final int PREAMBLE = 40;
  private static final int RECORD = 8 + 4 * Keys.BATCH * Keys.CLASSES + 4;
  private static final long[] NUMBERS = {5, 0, 1L << 40};

  @TempDir Path folder;
  private final AnswerKey key = Keys.training();
  private Path path;
  private byte[] whole;

  @BeforeEach
  void write() throws IOException {
    path = folder.resolve("answers.bin");
    append(NUMBERS);
    whole = Files.readAllBytes(path);
  }

  private void append(long... numbers) {
    try (AnswerFile file = AnswerFile.append(path, key)) {
      for (long number : numbers) {
        file.put(number, Keys.answers(number));
      }
    }
  }

  @Test
  void whatWasPutIsThereToTheLastBit() {
    assertEquals(PREAMBLE + NUMBERS.length * RECORD, whole.length);
    try (AnswerFile file = AnswerFile.read(path, key)) {
      assertEquals(Set.of(5L, 0L, 1L << 40), file.numbers());
      for (long number : NUMBERS) {
        assertArrayEquals(Keys.answers(number), file.get(number));
      }
      assertFalse(file.has(1));
    }
    ByteBuffer second = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(0, second.getLong(PREAMBLE + RECORD));
    assertEquals(1 / 8f, second.getFloat(PREAMBLE + RECORD + 12));
  }

  @Test
  void rowsThatABatchLacksAreZero() {
    try (AnswerFile file = AnswerFile.append(path, key)) {
      file.put(7, new float[] {1, 2});
      assertArrayEquals(new float[] {1, 2, 0, 0, 0, 0}, file.get(7));
    }
  }

  @Test
  void cutAnywhereItIsAShorterFileThatGoesOn() throws IOException {
    for (int length = 0; length <= whole.length; length++) {
      Files.write(path, Arrays.copyOf(whole, length));
      int records = Math.max(0, (length - PREAMBLE) / RECORD);
      try (AnswerFile file = AnswerFile.read(path, key)) {
        assertEquals(records, file.numbers().size(), "records of " + length + " bytes");
        for (int i = 0; i < records; i++) {
          assertArrayEquals(Keys.answers(NUMBERS[i]), file.get(NUMBERS[i]));
        }
      }
      append(Arrays.copyOfRange(NUMBERS, records, NUMBERS.length));
      assertArrayEquals(whole, Files.readAllBytes(path), "cut at " + length);
    }
  }

  @Test
  void aChangeOfAnyByteIsRefused() throws IOException {
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 16;
      Files.write(path, damaged);
      String message = Messages.of(InputException.class, () -> AnswerFile.read(path, key).close());
      assertTrue(message.startsWith(path + ": expected "), message);
      assertEquals(1, message.lines().count(), message);
      Messages.of(InputException.class, () -> AnswerFile.append(path, key).close());
      assertArrayEquals(damaged, Files.readAllBytes(path));
    }
  }

  @Test
  void aDamagedRecordIsNamedWithItsRemedy() throws IOException {
    byte[] damaged = whole.clone();
    damaged[PREAMBLE + RECORD + 9] ^= 1;
    Files.write(path, damaged);
    int at = PREAMBLE + RECORD;
    assertEquals(
        path
            + ": expected whole records, found the one at byte "
            + at
            + " damaged (its checksum fails); keep those before it with 'truncate -s "
            + at
            + " "
            + path
            + "', or delete the file: the teacher is asked for what is missing",
        Messages.of(InputException.class, () -> AnswerFile.read(path, key).close()));
    Files.write(path, Arrays.copyOf(damaged, at));
    append(NUMBERS[1], NUMBERS[2]);
    assertArrayEquals(whole, Files.readAllBytes(path));
  }

  @Test
  void aDamageAfterOpeningIsSeenAtReading() throws IOException {
    try (AnswerFile file = AnswerFile.read(path, key)) {
      byte[] damaged = whole.clone();
      damaged[PREAMBLE + 9] ^= 1;
      Files.write(path, damaged);
      Messages.of(InputException.class, () -> file.get(NUMBERS[0]));
      Files.write(path, Arrays.copyOf(whole, PREAMBLE + 3));
      String message = Messages.of(InputException.class, () -> file.get(NUMBERS[0]));
      assertTrue(message.contains("shorter than it was"), message);
    }
  }

  @Test
  void theAnswersOfAnotherKeyAreRefused() {
    AnswerKey other = Keys.training("seed=2");
    assertEquals(
        path
            + ": expected answers under the key "
            + other.hash()
            + ", found those of "
            + key.hash()
            + "; move it back where it belongs, or delete it and the teacher is asked anew",
        Messages.of(InputException.class, () -> AnswerFile.read(path, other).close()));
  }

  @Test
  void aFileOfAnotherKindIsRefused() throws IOException {
    Files.writeString(path, "step,loss");
    String message = Messages.of(InputException.class, () -> AnswerFile.append(path, key).close());
    assertTrue(message.contains("found a file of another kind"), message);
    assertEquals("step,loss", Files.readString(path));
  }

  @Test
  void aReaderFollowsTheWriter() {
    try (AnswerFile writer = AnswerFile.append(path, key);
        AnswerFile reader = AnswerFile.read(path, key)) {
      writer.put(9, Keys.answers(9));
      assertFalse(reader.has(9));
      reader.refresh();
      assertArrayEquals(Keys.answers(9), reader.get(9));
    }
  }
}
