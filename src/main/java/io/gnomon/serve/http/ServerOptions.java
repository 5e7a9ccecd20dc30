package io.gnomon.serve.http;

import io.gnomon.config.InputException;
import java.time.Duration;

/**
 * Where a {@link TagServer} listens, and how much it takes at once.
 *
 * @param host name or address to listen on
 * @param port 0 takes any that is free
 * @param window how long a request may wait for others to be run with
 * @param batch texts that are run together, but for a request that has more by itself
 * @param queue texts that may wait to be run
 * @param limits of one request
 */
public record ServerOptions(
    String host, int port, Duration window, int batch, int queue, Limits limits) {
  private static final int PORTS = 65535;
  private static final long LONGEST_WINDOW = 10_000;

  /**
   * The most that one request may have.
   *
   * @param texts number of texts
   * @param characters UTF-16 units of one text
   * @param bytes of the body
   */
  public record Limits(int texts, int characters, int bytes) {
    /**
     * Checks the numbers.
     *
     * @throws InputException when one is not positive
     */
    public Limits {
      within("max-texts", texts, 1, Integer.MAX_VALUE, "give 256");
      within("max-characters", characters, 1, Integer.MAX_VALUE, "give 20000");
      within("max-bytes", bytes, 1, Integer.MAX_VALUE - 1, "give 1048576");
    }
  }

  /**
   * Checks the numbers.
   *
   * @throws InputException when one is out of range, or the queue is too short for one request
   */
  public ServerOptions {
    within("port", port, 0, PORTS, "give 0 for any that is free");
    within("window", window.toMillis(), 0, LONGEST_WINDOW, "give milliseconds, such as 2");
    within("batch", batch, 1, Integer.MAX_VALUE, "give 64");
    if (queue < limits.texts()) {
      throw new InputException(
          "--queue: expected at least the %d texts of --max-texts, found %d; give more, or lower"
                  .formatted(limits.texts(), queue)
              + " --max-texts");
    }
  }

  private static void within(String name, long found, long least, long most, String fix) {
    if (found < least || found > most) {
      String expected = most >= Integer.MAX_VALUE - 1 ? least + " or more" : least + " to " + most;
      throw new InputException(
          "--%s: expected %s, found %d; %s".formatted(name, expected, found, fix));
    }
  }
}
