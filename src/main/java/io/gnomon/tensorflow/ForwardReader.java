package io.gnomon.tensorflow;

import io.gnomon.checkpoint.FileProblem;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Parts of files, wherever they lie: a compressed file has no other way than forwards, so a part
 * before the last one read costs reading from the beginning.
 */
final class ForwardReader implements AutoCloseable {
  private final ModelFiles files;
  private String name = "";
  private @Nullable InputStream stream;
  private long position;

  ForwardReader(ModelFiles files) {
    this.files = files;
  }

  /**
   * Bytes {@code offset} to {@code offset + count} of the file {@code wanted}.
   *
   * @throws io.gnomon.config.InputException when it ends before, or cannot be read
   */
  ByteBuffer read(String wanted, long offset, int count) {
    try {
      InputStream from = at(wanted, offset);
      byte[] bytes = from.readNBytes(count);
      position += bytes.length;
      if (bytes.length < count) {
        throw new EOFException("its end");
      }
      return ByteBuffer.wrap(bytes);
    } catch (EOFException e) {
      throw ByteCursor.broken(
          files.label(wanted), "expected %d bytes or more, found fewer".formatted(offset + count));
    } catch (ZipException e) {
      throw ZipFiles.damaged(files.label(wanted), e);
    } catch (IOException e) {
      throw FileProblem.reading(Path.of(files.label(wanted)), e);
    }
  }

  private InputStream at(String wanted, long offset) throws IOException {
    InputStream open = stream;
    if (open == null || !wanted.equals(name) || offset < position) {
      close();
      open = files.open(wanted);
      stream = open;
      name = wanted;
      position = 0;
    }
    open.skipNBytes(offset - position);
    position = offset;
    return open;
  }

  @Override
  public void close() {
    try {
      if (stream != null) {
        stream.close();
        stream = null;
      }
    } catch (IOException e) {
      throw FileProblem.reading(Path.of(files.label(name)), e);
    }
  }
}
