package io.gnomon.bench;

import io.gnomon.checkpoint.Sha256;
import io.gnomon.config.ApproachConfig;
import io.gnomon.config.ApproachConfig.Synthetic;
import io.gnomon.config.ApproachConfig.Taught;
import io.gnomon.config.CalibrationConfig;
import io.gnomon.config.ConfigWriter;
import io.gnomon.config.ExperimentConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * SHA-256 of all that decides a cell's result: what it was told, by which teacher, on which texts.
 * Device and threads are not in it, for they move last digits alone, nor is a seed that does not
 * matter, nor the student of an approach that trains none, nor where a trace goes besides. Keys at
 * their defaults are left out, so that a key that joins the configuration outdates no cell.
 */
public record Fingerprint(String settings, String teacher, String texts) {
  /** As {@link CellRecord}. */
  public Fingerprint {
    Objects.requireNonNull(settings);
    Objects.requireNonNull(teacher);
    Objects.requireNonNull(texts);
  }

  /** To be raised when a default changes, for keys at their defaults are not in it. */
  private static final String FORMAT = "gnomon cell 2\n";

  static Fingerprint of(Cell cell, String teacher, String texts) {
    return new Fingerprint(settings(cell), teacher, texts);
  }

  /** The part that the suite's own files tell: neither teacher nor texts are read for it. */
  public static String settings(Cell cell) {
    StringBuilder text = new StringBuilder(FORMAT);
    parts(cell)
        .forEach(part -> text.append("---\n").append(ConfigWriter.writeWithoutDefaults(part)));
    if (cell.kind().seeded() || drawsPrior(cell.experiment())) {
      text.append("seed ").append(cell.seed()).append('\n');
    }
    return Sha256.ofText(text.toString());
  }

  private static List<Record> parts(Cell cell) {
    ApproachConfig kind = cell.kind();
    ExperimentConfig it = cell.experiment();
    List<Record> parts = new ArrayList<>(List.of(told(kind), it.task(), cell.text()));
    if (kind.trainsStudent()) {
      parts.add((Record) it.student());
      parts.addAll(
          List.of(it.objective(), it.optimizer(), it.training(), it.trace().withoutSinks()));
    }
    if (kind.trainsStudent() || drawsPrior(it)) {
      parts.add((Record) it.sampler());
    }
    return parts;
  }

  /**
   * What the approach was told. The model that a taught one starts from, and the one that writes
   * texts, count by their weights, as the teacher does, wherever they lie.
   */
  private static Record told(ApproachConfig kind) {
    if (kind instanceof Synthetic synthetic) {
      return synthetic.fromAnywhere();
    }
    return kind instanceof Taught taught ? taught.fromAnywhere() : (Record) kind;
  }

  /** Whether the teacher's own answers depend on the sampler and its seed. */
  private static boolean drawsPrior(ExperimentConfig experiment) {
    return experiment.task().calibration() instanceof CalibrationConfig.FromSampler;
  }

  /** What differs from another, in words; empty when nothing does. */
  public String difference(Fingerprint other) {
    List<String> differing = new ArrayList<>();
    if (!settings.equals(other.settings)) {
      differing.add("settings");
    }
    if (!teacher.equals(other.teacher)) {
      differing.add("teacher");
    }
    if (!texts.equals(other.texts)) {
      differing.add("texts");
    }
    return String.join(" and ", differing);
  }
}
