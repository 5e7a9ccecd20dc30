package io.gnomon.bench;

import io.gnomon.config.ApproachConfig;
import io.gnomon.data.LabelledSet;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Which approach a kind of configuration stands for: the one list of them. */
final class Approaches {
  private final Map<Class<? extends ApproachConfig>, Approach> byKind;

  /**
   * All that can be run.
   *
   * @param suite the suite's folder, where embeddings are kept
   * @param answers root of the teacher's kept answers to noise
   */
  Approaches(Materials materials, SuiteFolder suite, Path answers) {
    Approach student = new StudentApproach(materials, answers);
    this.byKind =
        Map.of(
            ApproachConfig.Teacher.class,
            (cell, folder, listener) -> Optional.of(TeacherClassifier.load(cell)),
            ApproachConfig.Constant.class,
            (cell, folder, listener) -> Optional.of(constant(cell, materials)),
            ApproachConfig.Projection.class,
            student,
            ApproachConfig.Direct.class,
            student,
            ApproachConfig.Distillation.class,
            student,
            ApproachConfig.Synthetic.class,
            student,
            ApproachConfig.Classical.class,
            new ClassicalApproach(materials, suite.embeddings()),
            ApproachConfig.Taught.class,
            new TaughtApproach(materials));
  }

  private static Classifier constant(Cell cell, Materials materials) {
    LabelledSet test = materials.texts(cell).test();
    return new ConstantClassifier(test.classIndicators(cell.classes()));
  }

  /** The approach of a cell. */
  Approach of(Cell cell) {
    return Objects.requireNonNull(byKind.get(cell.kind().getClass()), cell::id);
  }
}
