package io.gnomon.answer;

import io.gnomon.checkpoint.FileProblem;
import io.gnomon.config.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/**
 * Answers to numbered batches, appended one record after another.
 *
 * <p>Little-endian: 8 bytes of magic, the 32 of the key's hash, then records of one size: the
 * batch's number (int64), B × K float32 (rows that a smaller batch lacks are 0), CRC-32 of these.
 * An append is one write, forced to the disk within a second; a process killed in it leaves the
 * beginning of a record, which readers pass over and the next writer cuts off. A whole record whose
 * checksum fails is damage, and refused.
 */
final class AnswerFile implements AutoCloseable {
  static final String NAME = "answers.bin";

  private static final byte[] MAGIC = "GNOMANS1".getBytes(StandardCharsets.US_ASCII);
  private static final int PREAMBLE = 40;
  private static final long FORCED_EVERY = TimeUnit.SECONDS.toNanos(1);

  private final Path path;
  private final FileChannel channel;
  private final boolean writing;
  private final byte[] preamble;
  private final ByteBuffer record;
  private final Map<Long, Long> positions = new HashMap<>();
  private long end;
  private long forced = System.nanoTime();

  private AnswerFile(Path path, FileChannel channel, boolean writing, AnswerKey key) {
    this.path = path;
    this.channel = channel;
    this.writing = writing;
    this.preamble = preamble(key);
    this.record = ByteBuffer.allocate(size(key)).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Opens a file for reading.
   *
   * @throws InputException when it is damaged, of another key, or cannot be read
   */
  static AnswerFile read(Path path, AnswerKey key) {
    return open(path, key, false);
  }

  /**
   * Opens a file, made when missing, for appending; what a killed writer left half-written is cut
   * off. The caller holds the lock of its folder.
   */
  static AnswerFile append(Path path, AnswerKey key) {
    return open(path, key, true);
  }

  private static AnswerFile open(Path path, AnswerKey key, boolean writing) {
    Set<StandardOpenOption> options =
        writing
            ? Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)
            : Set.of(StandardOpenOption.READ);
    FileChannel channel;
    try {
      channel = FileChannel.open(path, options);
    } catch (IOException e) {
      throw writing ? FileProblem.writing(path, e) : FileProblem.reading(path, e);
    }
    AnswerFile file = new AnswerFile(path, channel, writing, key);
    try {
      file.refresh();
      if (writing) {
        file.cutTail();
      }
      return file;
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static byte[] preamble(AnswerKey key) {
    byte[] bytes = Arrays.copyOf(MAGIC, PREAMBLE);
    byte[] hash = HexFormat.of().parseHex(key.hash());
    System.arraycopy(hash, 0, bytes, MAGIC.length, hash.length);
    return bytes;
  }

  private static int size(AnswerKey key) {
    return Math.toIntExact(
        Long.BYTES + (long) Float.BYTES * key.batch() * key.classes() + Integer.BYTES);
  }

  /** Takes in what was appended since, here or by another process. */
  void refresh() {
    try {
      if (end == 0) {
        begin();
      }
      long size = channel.size();
      while (end >= PREAMBLE && end + record.capacity() <= size) {
        readRecord(end);
        positions.putIfAbsent(record.getLong(0), end);
        end += record.capacity();
      }
    } catch (IOException e) {
      throw FileProblem.reading(path, e);
    }
  }

  /** Checks the preamble; half of one, of a writer just beginning or killed there, is no record. */
  private void begin() throws IOException {
    byte[] found = new byte[(int) Math.min(PREAMBLE, channel.size())];
    readFully(ByteBuffer.wrap(found), 0);
    if (!Arrays.equals(found, Arrays.copyOf(preamble, found.length))) {
      throw foreign(found);
    }
    end = found.length == PREAMBLE ? PREAMBLE : 0;
  }

  private InputException foreign(byte[] found) {
    boolean ours = found.length == PREAMBLE && Arrays.equals(MAGIC, Arrays.copyOf(found, 8));
    String what =
        ours
            ? "those of " + HexFormat.of().formatHex(found, MAGIC.length, PREAMBLE)
            : "a file of another kind";
    return new InputException(
        String.format(
            "%s: expected answers under the key %s, found %s; move it back where it belongs, or"
                + " delete it and the teacher is asked anew",
            path, HexFormat.of().formatHex(preamble, MAGIC.length, PREAMBLE), what));
  }

  private void readRecord(long position) throws IOException {
    record.clear();
    readFully(record, position);
    if (record.getInt(record.capacity() - Integer.BYTES) != checksum()) {
      throw new InputException(
          String.format(
              "%s: expected whole records, found the one at byte %d damaged (its checksum fails);"
                  + " keep those before it with 'truncate -s %d %s', or delete the file: the"
                  + " teacher is asked for what is missing",
              path, position, position, path));
    }
  }

  private int checksum() {
    CRC32 crc = new CRC32();
    crc.update(record.array(), 0, record.capacity() - Integer.BYTES);
    return (int) crc.getValue();
  }

  private void readFully(ByteBuffer target, long position) throws IOException {
    long at = position;
    while (target.hasRemaining()) {
      int count = channel.read(target, at);
      if (count < 0) {
        throw new EOFException("it ends at byte " + at + ", shorter than it was");
      }
      at += count;
    }
  }

  private void cutTail() {
    try {
      channel.truncate(end);
      if (end == 0) {
        writeAt(ByteBuffer.wrap(preamble), 0);
        end = PREAMBLE;
      }
      channel.force(true);
    } catch (IOException e) {
      throw FileProblem.writing(path, e);
    }
  }

  /** Numbers of the batches that are here. */
  Set<Long> numbers() {
    return positions.keySet();
  }

  boolean has(long number) {
    return positions.containsKey(number);
  }

  /**
   * The answers to a batch that is here.
   *
   * @return B × K numbers, row by row
   */
  float[] get(long number) {
    float[] answers = new float[(record.capacity() - Long.BYTES - Integer.BYTES) / Float.BYTES];
    load(number);
    record.position(Long.BYTES);
    record.asFloatBuffer().get(answers);
    return answers;
  }

  private void load(long number) {
    Long position = positions.get(number);
    if (position == null) {
      throw new IllegalArgumentException(path + " has no batch " + number);
    }
    try {
      readRecord(position);
    } catch (IOException e) {
      throw FileProblem.reading(path, e);
    }
  }

  /**
   * Appends the answers to a batch: the whole record or, on a full disk, nothing of it.
   *
   * @param answers up to B × K numbers
   */
  void put(long number, float[] answers) {
    record.clear();
    Arrays.fill(record.array(), (byte) 0);
    record.putLong(0, number);
    record.position(Long.BYTES);
    record.asFloatBuffer().put(answers);
    record.putInt(record.capacity() - Integer.BYTES, checksum());
    record.clear();
    try {
      writeAt(record, end);
      force(false);
    } catch (IOException e) {
      throw FileProblem.writing(path, undone(e));
    }
    positions.put(number, end);
    end += record.capacity();
  }

  private IOException undone(IOException failure) {
    try {
      channel.truncate(end);
    } catch (IOException untidy) {
      failure.addSuppressed(untidy); // readers pass over half a record
    }
    return failure;
  }

  private void writeAt(ByteBuffer bytes, long position) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  private void force(boolean now) throws IOException {
    long time = System.nanoTime();
    if (now || time - forced > FORCED_EVERY) {
      channel.force(false);
      forced = time;
    }
  }

  /** Writes a file's beginning. */
  static void writePreamble(AnswerKey key, OutputStream out) throws IOException {
    out.write(preamble(key));
  }

  /** Writes the record of a batch that is here as it stands. */
  void copy(long number, OutputStream out) throws IOException {
    load(number);
    out.write(record.array());
  }

  /** Forces what was appended to the disk and lets the file go. */
  @Override
  public void close() {
    try (channel) {
      if (writing) {
        force(true);
      }
    } catch (IOException e) {
      throw FileProblem.writing(path, e);
    }
  }

  /** Whether there is such a file in {@code folder}. */
  static boolean in(Path folder) {
    return Files.isRegularFile(folder.resolve(NAME));
  }
}
