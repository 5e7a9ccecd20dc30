package io.gnomon.cli;

import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.Json;
import io.gnomon.checkpoint.Sha256;
import io.gnomon.config.InputException;
import io.gnomon.label.AnswerStore;
import io.gnomon.label.Asker;
import io.gnomon.label.KeptLabeller;
import io.gnomon.label.LabelList;
import io.gnomon.label.LabelReport;
import io.gnomon.label.Tally;
import io.gnomon.serve.bulk.BulkInput;
import io.gnomon.serve.bulk.BulkJob;
import io.gnomon.serve.bulk.BulkRequest;
import io.gnomon.serve.bulk.Columns;
import io.gnomon.serve.bulk.Done;
import io.gnomon.serve.bulk.RowFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * {@code gnomon label} whoever is asked.
 *
 * @param inputs the posts
 * @param columns what of them is used
 * @param out the labels file
 * @param format its format
 * @param prices of tokens; null where nobody said
 * @param json where what it took is written; null for nowhere
 */
record LabelJob(
    Console console,
    List<BulkInput> inputs,
    Columns columns,
    Path out,
    RowFormat format,
    LabelList list,
    LabelProgress progress,
    LabelReport.@Nullable Prices prices,
    @Nullable Path json) {
  /** Rows of a part. Of a constant size, so that a job may go on under another --parallel. */
  private static final int PART = 512;

  /** What is to be written, if that can be. */
  BulkRequest request(Map<String, String> asked, boolean resume) {
    Map<String, String> settings = Map.of("asked", Sha256.ofText(asked.toString()));
    return new BulkRequest(inputs, columns, out, format, null, resume, false, PART, settings);
  }

  /** Runs to the end, or until it is interrupted, and says what became of it. */
  int run(BulkRequest request, String by, AnswerStore store, Asker asker, Tally tally) {
    long start = System.nanoTime();
    KeptLabeller labeller = new KeptLabeller(list, by, store, asker, progress, tally);
    BulkJob.Outcome outcome;
    try {
      outcome = new BulkJob(request, labeller, System.in, console.out(), progress).run();
    } catch (CancellationException e) {
      return interrupted(tally);
    }
    progress.close();
    if (!outcome.finished()) {
      return interrupted(tally);
    }
    Done done = outcome.done();
    double seconds = (System.nanoTime() - start) / 1e9;
    LabelReport report =
        new LabelReport(
            done.tagged(),
            done.rejected(),
            progress.labelledBefore() + tally.known(),
            tally,
            store.before(),
            seconds,
            prices);
    tell(report);
    String first = progress.firstRejected();
    if (report.labelled() == 0 && first != null) {
      throw new InputException(first + "; no post was labelled, mend --text, --from or the model");
    }
    return ExitCode.OK;
  }

  private int interrupted(Tally tally) {
    progress.interrupted(tally);
    return ExitCode.INTERRUPTED;
  }

  private void tell(LabelReport report) {
    if (json != null) {
      AtomicFiles.writeString(json, Json.write(report.facts()));
    }
    String aside =
        report.aside() == 0
            ? ""
            : "; set aside " + report.aside() + ", see " + out + ".rejected.jsonl";
    console.err().println("gnomon: labelled " + report.labelled() + " posts" + aside);
    console.err().println("gnomon: " + report.time());
    report.cost().ifPresent(line -> console.err().println("gnomon: " + line));
  }
}
