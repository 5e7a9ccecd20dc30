package io.gnomon.export;

import io.gnomon.TinyRun;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** Exports of {@link TinyRun}s, for tests here and of what opens them. */
public final class Exports {
  private Exports() {}

  /** The run's student as ONNX, in the folder given. */
  public static Path onnx(TinyRun run, ExportPrecision precision, Path out) {
    return onnx(run, precision, new VocabularyChoice.Whole(), out).folder();
  }

  /** As the other, with the tokens that are asked for. */
  static ExportOutcome onnx(
      TinyRun run, ExportPrecision precision, VocabularyChoice vocabulary, Path out) {
    return export(run, ExportRequest.Target.ONNX, precision, vocabulary, out);
  }

  /** The run's student as TorchScript. */
  public static Path torchScript(TinyRun run, VocabularyChoice vocabulary, Path out) {
    ExportRequest.Target target = ExportRequest.Target.TORCHSCRIPT;
    return export(run, target, ExportPrecision.FP32, vocabulary, out).folder();
  }

  private static ExportOutcome export(
      TinyRun run,
      ExportRequest.Target target,
      ExportPrecision precision,
      VocabularyChoice vocabulary,
      Path out) {
    ExportRequest request =
        new ExportRequest(
            run.folder(), target, precision, vocabulary, Optional.of(out), OptionalInt.empty(), 0);
    return Export.run(request, line -> {});
  }
}
