package io.gnomon.serve.bulk;

import java.util.ArrayList;
import java.util.List;

/** What became of the rows of one part. */
final class PartResult {
  private final RowWriter writer;
  private final StringBuilder lines = new StringBuilder();
  private final List<InputRow.Rejected> rejected = new ArrayList<>();
  private long tagged;
  private long asked;

  PartResult(RowWriter writer) {
    this.writer = writer;
  }

  void add(InputRow.Text text, Answer answer) {
    lines.append(writer.row(new OutputRow(text.place(), text.kept(), answer)));
    tagged++;
    asked += Labeller.TEACHER.equals(answer.by()) ? 1 : 0;
  }

  void add(InputRow.Rejected bad) {
    rejected.add(bad);
  }

  /** Hands the rows over, and says how far the job is then. */
  Done commit(Done before, RowTarget target) {
    Done done = before.plus(tagged, rejected.size(), asked);
    target.part(lines.toString(), rejected, done);
    return done;
  }
}
