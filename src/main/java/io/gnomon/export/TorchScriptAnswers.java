package io.gnomon.export;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.gnomon.teacher.TokenBatch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** An exported student in libtorch, by DJL. */
final class TorchScriptAnswers implements Answering {
  private final Model model;
  private final NDManager manager;

  TorchScriptAnswers(Path folder) {
    this.model = Model.newInstance("student", Device.cpu(), "PyTorch");
    Path file = folder.resolve(TorchScriptFile.NAME);
    try (InputStream in = Files.newInputStream(file)) {
      model.load(in);
    } catch (IOException | MalformedModelException | EngineException e) {
      model.close();
      throw new IllegalStateException(file + ": libtorch does not open it: " + e.getMessage(), e);
    }
    this.manager = model.getNDManager().newSubManager();
  }

  @Override
  public double[][] answer(TokenBatch batch) {
    try (NDScope scope = new NDScope();
        NDManager local = manager.newSubManager()) {
      scope.suppressNotUsedWarning();
      NDList inputs = new NDList(ids(batch, local), mask(batch, local));
      NDList outputs = model.getBlock().forward(new ParameterStore(local, false), inputs, false);
      return rows(outputs.get(1));
    }
  }

  private static NDArray ids(TokenBatch batch, NDManager manager) {
    long[] flat = Arrays.stream(batch.ids()).flatMapToLong(Arrays::stream).toArray();
    return manager.create(flat, new Shape(batch.ids().length, batch.ids()[0].length));
  }

  private static NDArray mask(TokenBatch batch, NDManager manager) {
    int width = batch.ids()[0].length;
    long[] flat = new long[batch.ids().length * width];
    for (int row = 0; row < batch.ids().length; row++) {
      Arrays.fill(flat, row * width, row * width + batch.lengths()[row], 1);
    }
    return manager.create(flat, new Shape(batch.ids().length, width));
  }

  private static double[][] rows(NDArray answers) {
    float[] flat = answers.toFloatArray();
    int width = (int) answers.getShape().get(1);
    double[][] rows = new double[flat.length / width][width];
    for (int i = 0; i < flat.length; i++) {
      rows[i / width][i % width] = flat[i];
    }
    return rows;
  }

  @Override
  public void close() {
    manager.close();
    model.close();
  }
}
