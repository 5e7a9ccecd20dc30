package io.gnomon.teach;

/** Hears how teaching goes; the command line prints it. */
public interface TeachListener {
  /** One line on what is being prepared. */
  void prepared(String line);

  /**
   * A step of the log.
   *
   * @param step steps made
   * @param steps steps in all
   * @param loss mean loss since the last line
   * @param textsPerSecond texts seen a second since the last line
   */
  void progress(int step, int steps, double loss, double textsPerSecond);

  /** Whether to save and stop before the next step. */
  boolean stop();
}
