package io.gnomon.export;

import java.nio.file.Path;
import org.bytedeco.onnx.global.onnx;
import org.junit.jupiter.api.Assumptions;

/** The ONNX project's own checker, with shape inference, on an exported folder. */
final class OnnxChecker {
  private OnnxChecker() {}

  /** Throws what the checker finds; skips the calling test where it has no natives. */
  static void check(Path folder) {
    Assumptions.assumeTrue(
        OnnxChecker.class.getResource("/org/bytedeco/onnx/" + platform()) != null,
        () -> "skipped: the ONNX checker has no natives for " + platform());
    onnx.check_model(folder.resolve(OnnxFile.NAME).toString(), true, false, false);
  }

  private static String platform() {
    return org.bytedeco.javacpp.Loader.getPlatform();
  }
}
