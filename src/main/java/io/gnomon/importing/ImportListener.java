package io.gnomon.importing;

/** What an import tells of its progress, and what may stop it. */
public interface ImportListener {
  /** A line on what is done next. */
  void note(String line);

  /** {@code done} of {@code total} bytes are written. */
  void progress(long done, long total);

  /** Whether to stop as soon as may be; asked after every block written. */
  boolean stop();
}
