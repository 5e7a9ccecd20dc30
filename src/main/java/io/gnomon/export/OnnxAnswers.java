package io.gnomon.export;

import io.gnomon.serve.OnnxStudent;
import io.gnomon.teacher.TokenBatch;
import java.nio.file.Path;

/** An exported student in ONNX Runtime. */
final class OnnxAnswers implements Answering {
  private final OnnxStudent student;

  OnnxAnswers(Path folder, int threads) {
    this.student = OnnxStudent.open(folder.resolve(OnnxFile.NAME), threads);
  }

  @Override
  public double[][] answer(TokenBatch batch) {
    float[][] found = student.run(TokenRows.rows(batch), OnnxStudent.Output.PROBABILITIES);
    double[][] wide = new double[found.length][];
    for (int row = 0; row < found.length; row++) {
      wide[row] = new double[found[row].length];
      for (int k = 0; k < found[row].length; k++) {
        wide[row][k] = found[row][k];
      }
    }
    return wide;
  }

  @Override
  public void close() {
    student.close();
  }
}
