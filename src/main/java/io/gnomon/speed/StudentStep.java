package io.gnomon.speed;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.gnomon.config.ObjectiveConfig;
import io.gnomon.config.OptimizerConfig;
import io.gnomon.config.StudentConfig;
import io.gnomon.objective.Loss;
import io.gnomon.objective.Objective;
import io.gnomon.objective.Objectives;
import io.gnomon.optimizer.AdamW;
import io.gnomon.optimizer.GradientClip;
import io.gnomon.optimizer.Gradients;
import io.gnomon.student.Student;
import io.gnomon.student.Students;
import io.gnomon.teacher.EmbeddingTable;
import java.util.List;
import java.util.Map;

/** A student's training step on one batch of noise, its three phases timed apart. */
final class StudentStep implements AutoCloseable {
  private static final List<String> CLASSES = List.of("a", "b", "c", "d");
  private static final double CLIP = 1;
  private static final double RATE = 1e-4;
  private static final OptimizerConfig ADAMW =
      new OptimizerConfig(
          RATE, 1, 0.01, 0.9, 0.999, 1e-8, 0, OptimizerConfig.Schedule.CONSTANT, CLIP);
  private static final ObjectiveConfig OBJECTIVE =
      new ObjectiveConfig(
          ObjectiveConfig.Divergence.GENERALIZED_KL,
          new ObjectiveConfig.ComponentConfig.Simplex(),
          new ObjectiveConfig.CoefficientConfig(false, 1, 0, false));

  private final NDManager manager;
  private final Student student;
  private final AdamW optimizer;
  private final Objective objective = Objectives.of(OBJECTIVE, CLASSES);
  private final NDArray x;
  private final NDArray g;
  private final NDArray c;

  /**
   * A student with its inputs.
   *
   * @param parent where it lies
   * @param config its shape; {@code precision} decides the arithmetic
   * @param table only its width and scale are read
   */
  StudentStep(NDManager parent, StudentConfig config, EmbeddingTable table, int batch, int length) {
    this.manager = parent.newSubManager();
    Shape size = new Shape(batch, length, table.dimension());
    this.x = manager.randomNormal(0, 1, size, DataType.FLOAT32);
    try (NDArray noise = manager.randomNormal(0, 1, new Shape(batch, 4), DataType.FLOAT32)) {
      this.g = noise.softmax(-1);
    }
    this.c = manager.create(1f);
    this.student = Students.create(manager, config, table, CLASSES, 1);
    this.optimizer = new AdamW(manager, student.parameters().arrays(), ADAMW, Map.of());
  }

  /** Width of what an input's vectors become. */
  int width() {
    return student.shape().match(it -> it.encoder().hidden(), it -> it.features());
  }

  /** Layers that mix positions. */
  int layers() {
    return student.shape().match(it -> it.encoder().layers(), it -> 0);
  }

  /** Floating-point operations of a step, by formula. */
  double flops() {
    double batch = x.getShape().get(0);
    double length = x.getShape().get(1);
    int embedding = student.shape().embedding();
    return student
        .shape()
        .match(
            it -> Flops.studentStep(it.encoder(), batch, length, embedding),
            it -> Flops.studentStep(it, batch, length));
  }

  /**
   * One step: seconds of forward, backward and optimizer. Each ends when a number of it is read.
   */
  double[] run() {
    try (NDScope scope = new NDScope();
        NDManager local = manager.newSubManager()) {
      scope.suppressNotUsedWarning();
      NDArray input = x.duplicate();
      input.attach(local);
      long start = System.nanoTime();
      double forward;
      double backward;
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray logits = student.logits(input, null, true); // (B, K)
        Loss loss = objective.loss(g, logits, c);
        loss.total().getFloat();
        forward = Rounds.since(start);
        start = System.nanoTime();
        collector.backward(loss.total());
      }
      try (Gradients gradients = Gradients.of(student.parameters().arrays())) {
        readOne();
        backward = Rounds.since(start);
        start = System.nanoTime();
        new GradientClip(CLIP).apply(gradients);
        optimizer.step(gradients, RATE);
        gradients.zero();
        readOne();
      }
      return new double[] {forward, backward, Rounds.since(start)};
    }
  }

  /** Waits for the device: the first parameter's gradient is the last that a backward reaches. */
  private void readOne() {
    String first = student.shape().parameters().keySet().iterator().next();
    try (NDArray gradient = student.parameters().get(first).getGradient()) {
      gradient.getFloat(new long[gradient.getShape().dimension()]);
    }
  }

  @Override
  public void close() {
    optimizer.close();
    student.close();
    manager.close();
  }
}
