package io.gnomon.export;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What to export, and how.
 *
 * @param run a finished run's folder, or a cell's of a suite
 * @param target the format
 * @param precision of the matrices
 * @param vocabulary which tokens stay
 * @param out the folder to write; below the run unless given
 * @param maxLength tokens read of a text; as the run's traced text was read unless given
 * @param limit of the task's texts in the gate; 0 takes all
 */
public record ExportRequest(
    Path run,
    Target target,
    ExportPrecision precision,
    VocabularyChoice vocabulary,
    Optional<Path> out,
    OptionalInt maxLength,
    int limit) {
  /** Formats. */
  public enum Target {
    /** For ONNX Runtime, and {@code io.gnomon.serve.Tagger}. */
    ONNX,
    /** For DJL and libtorch. */
    TORCHSCRIPT
  }

  /** The run's student as ONNX in float32, all of it, checked on all of the task's texts. */
  public static ExportRequest onnx(Path run) {
    return new ExportRequest(
        run,
        Target.ONNX,
        ExportPrecision.FP32,
        new VocabularyChoice.Whole(),
        Optional.empty(),
        OptionalInt.empty(),
        0);
  }

  /** Where the export goes. */
  Path folder() {
    String name = target == Target.ONNX ? "onnx-" + precision.key() : "torchscript";
    String cut = vocabulary instanceof VocabularyChoice.Whole ? "" : "-cut";
    Path folder = out.orElse(run.resolve("export").resolve(name + cut));
    return folder.toAbsolutePath().normalize();
  }
}
