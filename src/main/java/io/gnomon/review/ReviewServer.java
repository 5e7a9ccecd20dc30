package io.gnomon.review;

import io.gnomon.config.InputException;
import io.gnomon.inspect.Findings;
import io.gnomon.inspect.LabelSet;
import io.gnomon.serve.http.Listening;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The page and its gold file, from the first request to the last. */
public final class ReviewServer implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  /**
   * What is written where.
   *
   * @param gold the file
   * @param text column of the text in the labelled set, and in the gold set
   * @param label column of the labels in the labelled set; null for the usual ones
   */
  public record Target(Path gold, String text, @Nullable String label) {}

  private final Listening listening;
  private final GoldFile gold;
  private final Review review;

  private ReviewServer(Listening listening, GoldFile gold, Review review) {
    this.listening = listening;
    this.gold = gold;
    this.review = review;
  }

  /**
   * Starts to listen, on this machine alone; goes on where an earlier process ended.
   *
   * @param port 0 takes any that is free
   * @throws InputException when nothing can listen there, the gold file has other labels or cannot
   *     be written, or there are no labels to choose from
   */
  public static ReviewServer start(LabelSet set, Findings findings, Target target, int port) {
    if (set.names().choices().isEmpty()) {
      throw new InputException(
          set.name() + ": expected labels to choose from, found none; name them with --task");
    }
    String label = target.label() == null ? GoldRows.labelColumn(set) : target.label();
    GoldRows rows = new GoldRows(set, target.gold(), target.text(), label);
    GoldFile gold = GoldFile.open(target.gold(), rows);
    boolean started = false;
    try {
      Review review = new Review(set, findings, rows, gold);
      ReviewRoutes routes = new ReviewRoutes(review, target.gold().toString());
      Listening listening =
          Listening.start(LOOPBACK, port, "", (config, threads) -> routes.addTo(config));
      started = true;
      return new ReviewServer(listening, gold, review);
    } finally {
      if (!started) {
        gold.close();
      }
    }
  }

  /** Where it listens. */
  public String address() {
    return listening.address();
  }

  /** Rows that are decided. */
  public int decided() {
    return review.progress().decided();
  }

  /** Stops when what is being answered is; every decision is on disk already. */
  @Override
  public void close() {
    listening.close();
    gold.close();
  }
}
