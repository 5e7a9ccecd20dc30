package io.gnomon.experiment;

import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.Json;
import io.gnomon.checkpoint.Sha256;
import io.gnomon.config.DataConfig;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.TaskConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.evaluation.TokenizedSet;
import io.gnomon.provenance.Probe;
import io.gnomon.provenance.Provenance;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What {@code gnomon evaluate} found of a run, what was evaluated, and with which program.
 *
 * @param run the run's folder, as {@link TeacherReport} names a teacher's
 * @param studentSha256 of its weights' file
 * @param teacher where the teacher was read from
 * @param teacherSha256 of its weights
 * @param teacherPrecision of its products
 * @param texts what both answered
 * @param figures each with its 95% interval over texts
 * @param <T> figures of one label a text, or of several
 */
public record RunReport<T>(
    String run,
    String studentSha256,
    String teacher,
    String teacherSha256,
    String teacherPrecision,
    Texts texts,
    T figures,
    Provenance provenance) {

  /**
   * The texts.
   *
   * @param task prompt and classes
   * @param set name of the labelled set
   * @param split its part
   * @param rows N
   * @param maxLength most tokens kept of a text
   * @param sha256 of the tokens, see {@link TokenizedSet#sha256}
   */
  public record Texts(
      String task, String set, String split, int rows, int maxLength, String sha256) {
    static Texts of(TaskConfig task, LabelledSet set, TokenizedSet texts, int maxLength) {
      DataConfig data = task.data();
      String split = data == null ? "" : data.split().name().toLowerCase(Locale.ROOT);
      return new Texts(task.name(), set.name(), split, texts.size(), maxLength, texts.sha256());
    }
  }

  static <T> RunReport<T> of(
      ExperimentConfig config, RunFolder folder, TeacherSetup setup, Texts texts, T figures) {
    Path here = Path.of("");
    return new RunReport<>(
        TeacherReport.portable(folder.path().toString(), here),
        Sha256.ofWeights(folder.student()),
        TeacherReport.portable(config.teacher().path(), here),
        setup.model().sha256(),
        setup.precision().name().toLowerCase(Locale.ROOT),
        texts,
        figures,
        Probe.provenance(setup.device()));
  }

  /** Writes it as JSON. */
  public void write(Path file) {
    AtomicFiles.writeString(file, Json.write(this));
  }
}
