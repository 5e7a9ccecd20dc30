package io.gnomon.sink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gnomon.trace.Measure;
import io.gnomon.trace.TraceRow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardFileTest {
  /** By {@code RecordWriter} and {@code Event} of the Python package tensorboard 2.21.0. */
  private static final String VERSION =
      "1800000000000000a37f4b2209000000000000f83f1a0d627261696e2e4576656e743a322a28646c";

  /** By the same. */
  private static final String ROW =
      "34000000000000005e33175c09000000000000f83f10ac022a260a0c0a05616c706861150000803e0a160a0f"
          + "6c6f73735f70617274732f6d61737315000000c0e80457c0";

  @TempDir Path folder;

  @Test
  void eventsAreThoseOfTensorBoardsOwnWriter() {
    TraceRow row = TraceRow.at(300).put(Measure.ALPHA, 0.25).putLossPart("mass", -2).build();
    assertEquals(VERSION, hex(EventRecords.write(ScalarEvent.version(1.5))));
    assertEquals(ROW, hex(EventRecords.write(ScalarEvent.of(row, 1.5))));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void rowsAreAddedAsTheyCome() throws IOException {
    TensorBoardFile sink = new TensorBoardFile(file());
    sink.update(rows(0, 7));
    sink.update(rows(0, 7, 11));
    assertEquals(List.of(0L, 7L, 11L), steps());
  }

  /** A run that is killed and resumed makes the rows behind its saved state again. */
  @Test
  void aResumedRunLeavesEveryRowOnce() throws IOException {
    new TensorBoardFile(file()).update(rows(0, 7, 11));
    byte[] before = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(before, before.length - 5)); // killed while it wrote
    TensorBoardFile resumed = new TensorBoardFile(file());
    resumed.update(rows(0, 7, 13));
    resumed.end(rows(0, 7, 13, 17), Ending.FINISHED);
    assertEquals(List.of(0L, 7L, 13L, 17L), steps());
    byte[] after = Files.readAllBytes(file());
    int kept = (int) EventRecords.read(before).get(2).end();
    assertArrayEquals(Arrays.copyOf(before, kept), Arrays.copyOf(after, kept), "kept as it was");
  }

  @Test
  void aFileOfAnotherTraceIsWrittenAnew() throws IOException {
    new TensorBoardFile(file()).update(rows(0, 7, 11));
    TraceRow other = TraceRow.at(0).put(Measure.ALPHA, 0.5).build();
    new TensorBoardFile(file()).update(List.of(other));
    assertEquals(List.of(0L), steps());
    Files.writeString(file(), "not an event file, whatever its name is");
    new TensorBoardFile(file()).update(rows(0, 19));
    assertEquals(List.of(0L, 19L), steps());
  }

  @Test
  void whatIsDamagedEndsTheReading() {
    byte[] one = EventRecords.write("a".getBytes(StandardCharsets.UTF_8));
    byte[] two = Arrays.copyOf(one, 2 * one.length);
    System.arraycopy(one, 0, two, one.length, one.length);
    assertEquals(2, EventRecords.read(two).size());
    for (int at : new int[] {0, 9, 12, 14}) { // length, its checksum, data, its checksum
      byte[] broken = two.clone();
      broken[one.length + at] ^= 1;
      assertEquals(1, EventRecords.read(broken).size(), "byte " + at);
    }
  }

  private Path file() {
    return folder.resolve(TensorBoardFile.NAME);
  }

  private static List<TraceRow> rows(long... steps) {
    return LongStream.of(steps)
        .mapToObj(step -> TraceRow.at(step).put(Measure.ALPHA, 1.0 / (step + 1)).build())
        .toList();
  }

  /** Of all events but the first: a key, then a varint of one byte, below 128 here. */
  private List<Long> steps() throws IOException {
    return EventRecords.read(Files.readAllBytes(file())).stream()
        .skip(1)
        .map(
            record ->
                (long)
                    ByteBuffer.wrap(record.data())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .get(ScalarEvent.TIME + 1))
        .toList();
  }
}
