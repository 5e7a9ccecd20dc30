package io.gnomon.report;

import io.gnomon.config.InputException;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;

/**
 * The figure of a projection: α with its floor, ‖h‖ and c against steps (the paper, Section 5), as
 * PNG at twice the nominal resolution and as SVG with its text as text.
 *
 * <p>Several runs are overlaid. Runs whose resolved configurations differ in the seed alone are one
 * curve: their mean, with a 95% band (Student's t). The same folders give the same bytes on the
 * same machine.
 */
public final class AnglePlot {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 720;

  private AnglePlot() {}

  /**
   * Draws {@code runs}.
   *
   * @param runs run folders, each with {@code trace.jsonl} and {@code config.yaml}
   * @param outWithoutExtension the picture's path; {@code .png} and {@code .svg} are added
   * @throws InputException when no run is given, or one has fewer than two rows or cannot be read
   */
  public static void write(List<Path> runs, Path outWithoutExtension) {
    picture("", runs).write(outWithoutExtension);
  }

  /**
   * The same under a title.
   *
   * @throws InputException as {@link #write(List, Path)}
   */
  static void write(String title, List<Path> runs, Path outWithoutExtension) {
    picture(title, runs).write(outWithoutExtension);
  }

  /**
   * The same picture, for a notebook.
   *
   * @throws InputException as {@link #write(List, Path)}
   */
  public static BufferedImage image(List<Path> runs) {
    return picture("", runs).image();
  }

  /** The same under a title. */
  static BufferedImage image(String title, List<Path> runs) {
    return picture(title, runs).image();
  }

  /** No title where it is empty. */
  private static Picture picture(String title, List<Path> runs) {
    if (runs.isEmpty()) {
      throw new InputException("plot: expected at least one run folder, found none");
    }
    List<RunGroup> groups = RunGroup.of(read(runs));
    return Picture.of(() -> AngleChart.of(title, groups), WIDTH, HEIGHT);
  }

  /** Each folder once: a run named twice is not two seeds. */
  private static List<Run> read(List<Path> runs) {
    return runs.stream()
        .map(run -> run.toAbsolutePath().normalize())
        .distinct()
        .map(Run::read)
        .toList();
  }
}
