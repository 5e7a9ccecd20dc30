package io.gnomon.export;

/** Hears how an export goes; the command line shows it. */
public interface ExportListener {
  /** One thing worth saying. */
  void note(String line);
}
