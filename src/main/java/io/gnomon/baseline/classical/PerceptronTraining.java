package io.gnomon.baseline.classical;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.GradientCollector;
import io.gnomon.config.OptimizerConfig;
import io.gnomon.nn.Parameters;
import io.gnomon.optimizer.AdamW;
import io.gnomon.optimizer.GradientClip;
import io.gnomon.optimizer.Gradients;
import io.gnomon.optimizer.LearningRate;
import io.gnomon.optimizer.NonFinite;
import io.gnomon.optimizer.NonFiniteException;
import java.util.Arrays;
import java.util.Map;

/**
 * Trains a {@link Perceptron} on the CPU by AdamW: cross-entropy in batches of 64, 20 epochs, and
 * where these are few steps, as many more as make a thousand. Rows are laid out densely a batch at
 * a time.
 */
final class PerceptronTraining {
  private static final int EPOCHS = 20;
  private static final int FEWEST_STEPS = 1000;
  private static final int BATCH = 64;
  private static final String HIDDEN = "hidden.weight";
  private static final String HIDDEN_BIAS = "hidden.bias";
  private static final String OUT = "out.weight";
  private static final String OUT_BIAS = "out.bias";
  private static final OptimizerConfig OPTIMIZER =
      new OptimizerConfig(1e-3, 1, 1e-2, 0.9, 0.999, 1e-8, 0, OptimizerConfig.Schedule.COSINE, 1);

  private final Rows rows;
  private final Targets targets;
  private final long seed;
  private final GradientClip clip = new GradientClip(OPTIMIZER.clipNorm());

  PerceptronTraining(Rows rows, Targets targets, long seed) {
    this.rows = rows;
    this.targets = targets;
    this.seed = seed;
  }

  /** The perceptron that training makes of {@code start}. */
  Perceptron train(Perceptron start) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        Parameters parameters = parameters(start, manager);
        AdamW optimizer = new AdamW(manager, parameters.arrays(), OPTIMIZER, Map.of())) {
      int batches = (rows.size() + BATCH - 1) / BATCH;
      int epochs = Math.max(EPOCHS, (FEWEST_STEPS + batches - 1) / batches);
      LearningRate rate = LearningRate.of(OPTIMIZER, (long) epochs * batches);
      for (int epoch = 0; epoch < epochs; epoch++) {
        int[] order = EpochOrder.of(rows.size(), seed, epoch);
        for (int batch = 0; batch < batches; batch++) {
          int end = Math.min((batch + 1) * BATCH, order.length);
          step(Arrays.copyOfRange(order, batch * BATCH, end), parameters, optimizer, rate);
        }
      }
      return trained(start, parameters);
    }
  }

  private static Parameters parameters(Perceptron start, NDManager manager) {
    Parameters parameters = new Parameters(manager, true);
    int units = start.hiddenBias().length;
    int classes = start.outBias().length;
    parameters.add(HIDDEN, manager.create(start.hidden(), new Shape(start.width(), units)));
    parameters.add(HIDDEN_BIAS, manager.create(start.hiddenBias()));
    parameters.add(OUT, manager.create(start.out(), new Shape(units, classes)));
    parameters.add(OUT_BIAS, manager.create(start.outBias()));
    return parameters;
  }

  private static Perceptron trained(Perceptron start, Parameters parameters) {
    return new Perceptron(
        start.width(),
        parameters.get(HIDDEN).toFloatArray(),
        parameters.get(HIDDEN_BIAS).toFloatArray(),
        parameters.get(OUT).toFloatArray(),
        parameters.get(OUT_BIAS).toFloatArray(),
        start.exclusive());
  }

  private void step(int[] batch, Parameters parameters, AdamW optimizer, LearningRate rate) {
    try (NDScope scope = new NDScope();
        NDManager local = parameters.manager().newSubManager()) {
      scope.suppressNotUsedWarning();
      NDArray x = local.create(inputs(batch), new Shape(batch.length, rows.width())); // (B, D)
      NDArray y =
          local.create(answers(batch), new Shape(batch.length, targets.classes())); // (B, C)
      double value;
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray loss = loss(logits(x, parameters), y);
        collector.backward(loss);
        value = loss.getFloat();
      }
      update(value, parameters, optimizer, rate);
    }
  }

  private float[] inputs(int[] batch) {
    float[] dense = new float[batch.length * rows.width()];
    for (int i = 0; i < batch.length; i++) {
      int[] columns = rows.columns()[batch[i]];
      for (int j = 0; j < columns.length; j++) {
        dense[i * rows.width() + columns[j]] = rows.values()[batch[i]][j];
      }
    }
    return dense;
  }

  private float[] answers(int[] batch) {
    float[] answers = new float[batch.length * targets.classes()];
    for (int i = 0; i < answers.length; i++) {
      answers[i] = targets.has(batch[i / targets.classes()], i % targets.classes()) ? 1 : 0;
    }
    return answers;
  }

  private static NDArray logits(NDArray x, Parameters parameters) {
    NDArray units = x.matMul(parameters.get(HIDDEN)).add(parameters.get(HIDDEN_BIAS)); // (B, H)
    NDArray active = Activation.relu(new NDList(units)).singletonOrThrow();
    return active.matMul(parameters.get(OUT)).add(parameters.get(OUT_BIAS)); // (B, C)
  }

  /** Cross-entropy: of a softmax, or summed over a logistic function a label; mean over rows. */
  private NDArray loss(NDArray logits, NDArray y) {
    float share = 1f / y.getShape().get(0);
    if (targets.exclusive()) {
      return logits.logSoftmax(1).mul(y).sum().mul(-share);
    }
    // ln(1 + e^s) − y·s, written so that nothing overflows
    NDArray positive = Activation.relu(new NDList(logits)).singletonOrThrow();
    NDArray rest = logits.abs().neg().exp().add(1).log();
    return positive.sub(logits.mul(y)).add(rest).sum().mul(share);
  }

  private void update(double loss, Parameters parameters, AdamW optimizer, LearningRate rate) {
    try (Gradients gradients = Gradients.of(parameters.arrays())) {
      double norm = clip.apply(gradients);
      NonFinite.find(loss, norm, gradients, parameters.arrays())
          .ifPresent(
              found -> {
                throw new NonFiniteException("perceptron, step " + (optimizer.steps() + 1), found);
              });
      optimizer.step(gradients, rate.at(optimizer.steps() + 1));
      gradients.zero();
    }
  }
}
