package io.gnomon.cli;

import io.gnomon.grow.GrowCurve;
import io.gnomon.grow.GrowListener;
import io.gnomon.grow.Pick;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** A growing student, as the user sees it: a line a round. */
record GrowProgress(Console console, Interruption interruption, Set<String> warned)
    implements GrowListener {
  GrowProgress(Console console, Interruption interruption) {
    this(console, interruption, new HashSet<>());
  }

  @Override
  public void dropped(int posts) {
    tell(posts + " posts are empty, without a token, double or among the test texts, and left out");
  }

  @Override
  public void warning(String line) {
    if (warned.add(line)) {
      tell("warning: " + line);
    }
  }

  @Override
  public void grown(Pick pick, int round, GrowCurve.Point point) {
    tell(
        String.format(
            Locale.ROOT,
            "%s, round %d: %d labels, %.1f%%",
            pick.key(),
            round,
            point.labels(),
            100 * point.score().value()));
  }

  private void tell(String line) {
    console.err().println("gnomon: " + line);
  }

  @Override
  public boolean stop() {
    return interruption.requested();
  }
}
