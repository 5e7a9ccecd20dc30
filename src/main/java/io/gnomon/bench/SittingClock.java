package io.gnomon.bench;

import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.FileProblem;
import io.gnomon.checkpoint.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;

/**
 * How long a cell takes, all its sittings together: {@code sittings.json} has those before, until
 * the cell is finished. Of a sitting that is killed the last half minute is lost. Sittings under
 * other settings were another cell's.
 */
final class SittingClock {
  private static final long EVERY = TimeUnit.SECONDS.toNanos(30);

  private final Path file;
  private final String settings;
  private final double before;
  private final long start = System.nanoTime();
  private long kept = start;

  /** What the file holds. */
  private record Sittings(String settings, double seconds) {}

  private SittingClock(Path file, String settings, double before) {
    this.file = file;
    this.settings = settings;
    this.before = before;
  }

  /**
   * A sitting that begins now.
   *
   * @throws io.gnomon.config.InputException when what is there of others cannot be read
   */
  static SittingClock begin(Cell cell, CellFolder folder) {
    String settings = Fingerprint.settings(cell);
    Path file = folder.sittings();
    return new SittingClock(file, settings, Files.isRegularFile(file) ? read(file, settings) : 0);
  }

  private static double read(Path file, String settings) {
    try {
      Sittings before = Json.MAPPER.readValue(Files.readString(file), Sittings.class);
      return settings.equals(before.settings()) ? before.seconds() : 0;
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    } catch (JacksonException e) {
      return 0; // a damaged tally of seconds is no reason not to run the cell
    }
  }

  /** Seconds so far, of all sittings. */
  double seconds() {
    return before + (System.nanoTime() - start) / 1e9;
  }

  /** Writes down how long it took so far. */
  void keep() {
    AtomicFiles.writeString(file, Json.write(new Sittings(settings, seconds())));
    kept = System.nanoTime();
  }

  /** {@code listener}, with the seconds kept now and then as the cell goes on. */
  CellListener beside(CellListener listener) {
    return new CellListener() {
      @Override
      public void note(String line) {
        listener.note(line);
      }

      @Override
      public void progress(long done, long all) {
        listener.progress(done, all);
        if (System.nanoTime() - kept > EVERY) {
          keep();
        }
      }

      @Override
      public boolean stop() {
        return listener.stop();
      }
    };
  }
}
