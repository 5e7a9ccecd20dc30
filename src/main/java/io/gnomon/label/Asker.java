package io.gnomon.label;

import io.gnomon.serve.bulk.Reply;
import java.util.List;
import java.util.Map;

/** Who answers texts that nobody has answered yet. */
public interface Asker extends AutoCloseable {
  /**
   * Asks about texts, and keeps what comes back.
   *
   * @param texts distinct, none blank
   * @return a reply to each
   * @throws java.util.concurrent.CancellationException when the job is to stop; what was answered
   *     is kept
   */
  Map<String, Reply> ask(List<String> texts);

  /** Whether its answers have probabilities. */
  boolean graded();

  @Override
  void close();
}
