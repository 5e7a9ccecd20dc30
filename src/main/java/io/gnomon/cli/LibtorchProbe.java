package io.gnomon.cli;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import io.gnomon.geometry.StatisticsBackend;

/** Loads libtorch and ND4J, and asks them. Slow: nothing else of the command line does. */
final class LibtorchProbe {
  private LibtorchProbe() {}

  static DoctorFacts.Libtorch libtorch() {
    String djl = Engine.getDjlVersion();
    try {
      Engine engine = Engine.getEngine("PyTorch");
      return new DoctorFacts.Libtorch(
          djl,
          engine.getVersion(),
          LibUtils.getLibtorchPath(),
          engine.getGpuCount(),
          JniUtils.getNumThreads(),
          JniUtils.getNumInteropThreads(),
          null);
    } catch (RuntimeException | LinkageError failure) {
      return new DoctorFacts.Libtorch(djl, null, null, 0, 0, 0, deepest(failure));
    }
  }

  static DoctorFacts.Launch launch() {
    String asked = System.getenv("GNOMON_ACCELERATOR");
    return new DoctorFacts.Launch(
        asked == null || asked.isEmpty() ? "auto" : asked,
        Thread.currentThread().getContextClassLoader().getResource("native/lib/pytorch.properties")
            != null,
        System.getenv("PYTORCH_LIBRARY_PATH"),
        System.getenv("TORCH_ALLOW_TF32_CUBLAS_OVERRIDE"));
  }

  static DoctorFacts.Statistics statistics() {
    try {
      StatisticsBackend backend = StatisticsBackend.current();
      return new DoctorFacts.Statistics(backend.name(), backend.threads());
    } catch (RuntimeException | LinkageError failure) {
      return new DoctorFacts.Statistics("not loaded: " + deepest(failure), 0);
    }
  }

  /** The message at the bottom of the chain: the ones above only wrap it. */
  private static String deepest(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getClass().getSimpleName() + ": " + String.valueOf(cause.getMessage()).strip();
  }
}
