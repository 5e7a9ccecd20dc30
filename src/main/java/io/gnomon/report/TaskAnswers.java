package io.gnomon.report;

import io.gnomon.bench.CellPredictions;
import io.gnomon.config.ApproachConfig;
import io.gnomon.config.InputException;
import io.gnomon.report.ApproachRow.Kept;
import io.gnomon.report.SuiteCells.TaskRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the approaches of a task answered, as far as it can be held against one another text by
 * text. The constant stands outside: it is a floor, not a rival.
 *
 * @param approaches those with answers, in the suite's order
 * @param remarks a line for each finished cell whose answers could not be used
 */
record TaskAnswers(List<Answers> approaches, List<String> remarks) {
  /**
   * What an approach answered.
   *
   * @param first (N) of its first seed, whether right
   * @param mean (N) over seeds
   * @param oneSeed whether it is one training of an approach that another seed would change
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record Answers(String name, boolean[] first, double[] mean, boolean oneSeed) {}

  static TaskAnswers of(TaskRows task) {
    List<Answers> all = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    CellPredictions gold = null;
    for (ApproachRow row : task.rows()) {
      List<boolean[]> right = new ArrayList<>();
      for (Kept cell :
          row.kind() instanceof ApproachConfig.Constant ? List.<Kept>of() : row.finished()) {
        Optional<CellPredictions> read = read(cell, remarks);
        if (read.isPresent()) {
          gold = gold == null ? read.get() : gold;
          // Answers to other texts have nothing to be paired with.
          if (read.get().sameGold(gold)) {
            right.add(read.get().right());
          } else {
            remarks.add("`" + cell.id() + "` answered other texts, and is left out");
          }
        }
      }
      if (!right.isEmpty()) {
        boolean oneSeed = row.kind().seeded() && right.size() == 1;
        all.add(new Answers(row.name(), right.get(0), mean(right), oneSeed));
      }
    }
    return new TaskAnswers(all, remarks);
  }

  private static Optional<CellPredictions> read(Kept cell, List<String> remarks) {
    try {
      return Optional.of(CellPredictions.read(cell.folder().predictions()));
    } catch (InputException missingOrDamaged) {
      remarks.add(
          "`"
              + cell.id()
              + "` has no "
              + cell.folder().predictions().getFileName()
              + " that can be read, and is left out; delete its folder to run it again");
      return Optional.empty();
    }
  }

  private static double[] mean(List<boolean[]> seeds) {
    double[] mean = new double[seeds.get(0).length];
    for (boolean[] right : seeds) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += right[i] ? 1.0 / seeds.size() : 0;
      }
    }
    return mean;
  }
}
