package io.gnomon.serve.bulk;

import io.gnomon.config.InputException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Rows in, labels out: part by part, so that memory stays flat whatever their number. The output
 * has the rows' order, less those that cannot be read, and each row's number tells which are
 * missing. A job that was killed goes on behind its last part and ends with the same bytes.
 */
public final class BulkJob {
  /** Rows read at once where nobody says. */
  private static final int BLOCK = 512;

  private final BulkRequest request;
  private final Labeller labeller;
  private final InputStream standardInput;
  private final PrintWriter standardOutput;
  private final BulkListener listener;

  /**
   * A job to be run.
   *
   * @param labeller answers the texts
   * @param standardInput read where an input is {@link BulkInput#STANDARD}
   * @param standardOutput written where the request has no output
   */
  public BulkJob(
      BulkRequest request,
      Labeller labeller,
      InputStream standardInput,
      PrintWriter standardOutput,
      BulkListener listener) {
    this.request = request;
    this.labeller = labeller;
    this.standardInput = standardInput;
    this.standardOutput = standardOutput;
    this.listener = listener;
  }

  /**
   * How a job ended.
   *
   * @param done rows
   * @param finished whether these are all; else the job was stopped
   */
  public record Outcome(Done done, boolean finished) {}

  /**
   * Runs to the end, or until the listener stops it.
   *
   * @throws InputException when an input cannot be read, the output cannot be written, or a row
   *     cannot be read and the request is strict: then nothing is left
   */
  public Outcome run() {
    Layout layout =
        new Layout(
            request.inputs().size() > 1,
            request.columns().keep(),
            labeller.graded(),
            labeller.several());
    RowWriter writer = RowWriter.of(request.format(), layout, labeller.labels());
    try (Rows rows = new Rows(request.inputs(), request.columns(), standardInput)) {
      rows.check();
      try (RowTarget target = target(layout, writer.header())) {
        return run(rows, target, writer);
      }
    }
  }

  /**
   * How many rows there are, those that cannot be read too; 0 where nobody can know.
   *
   * @throws InputException when an input cannot be read
   */
  public static long count(List<BulkInput> inputs, Columns columns) {
    if (inputs.stream().anyMatch(input -> input.path() == null)) {
      return 0;
    }
    try (Rows rows = new Rows(inputs, columns, InputStream.nullInputStream())) {
      return rows.count();
    }
  }

  /**
   * The texts of all rows that can be read, in their order.
   *
   * @throws InputException when an input cannot be read
   */
  public static List<String> texts(List<BulkInput> inputs, Columns columns) {
    List<String> texts = new ArrayList<>();
    try (Rows rows = new Rows(inputs, columns, InputStream.nullInputStream())) {
      rows.check();
      List<List<InputRow>> part = rows.part(BLOCK);
      while (!part.isEmpty()) {
        part.forEach(stretch -> InputRow.texts(stretch).forEach(text -> texts.add(text.text())));
        part = rows.part(BLOCK);
      }
    }
    return texts;
  }

  private RowTarget target(Layout layout, String header) {
    Path output = request.output();
    return output == null
        ? new StreamTarget(request, standardOutput, header)
        : FileTarget.open(request, output, layout, header);
  }

  private Outcome run(Rows rows, RowTarget target, RowWriter writer) {
    Done done = target.done();
    rows.skip(done.rows());
    listener.progress(done, rows.position(), rows.size());
    List<List<InputRow>> part = rows.part(request.part());
    while (!part.isEmpty()) {
      done = part(part, done, target, writer);
      listener.progress(done, rows.position(), rows.size());
      if (listener.stop()) {
        return new Outcome(done, false);
      }
      part = rows.part(request.part());
    }
    target.finish();
    return new Outcome(done, true);
  }

  private Done part(List<List<InputRow>> part, Done before, RowTarget target, RowWriter writer) {
    if (request.strict()) { // before anything is asked
      part.forEach(stretch -> InputRow.rejected(stretch).forEach(bad -> reject(bad, target)));
    }
    PartResult result = new PartResult(writer);
    part.forEach(stretch -> answer(stretch, result, target));
    return result.commit(before, target);
  }

  private void answer(List<InputRow> stretch, PartResult result, RowTarget target) {
    List<String> texts = InputRow.texts(stretch).stream().map(InputRow.Text::text).toList();
    Iterator<? extends Reply> replies = labeller.label(texts).iterator();
    for (InputRow row : stretch) {
      if (row instanceof InputRow.Rejected bad) {
        reject(bad, target);
        result.add(bad);
      } else if (row instanceof InputRow.Text text) {
        add(text, replies.next(), result, target);
      }
    }
  }

  private void add(InputRow.Text text, Reply reply, PartResult result, RowTarget target) {
    if (reply instanceof Answer answer) {
      result.add(text, answer);
    } else if (reply instanceof Refusal refusal) {
      InputRow.Rejected bad = new InputRow.Rejected(text.place(), refusal.cause());
      reject(bad, target);
      result.add(bad);
    }
  }

  private void reject(InputRow.Rejected bad, RowTarget target) {
    if (request.strict()) {
      target.discard();
      throw bad.refused();
    }
    listener.rejected(bad.place().toString(), bad.cause());
  }
}
