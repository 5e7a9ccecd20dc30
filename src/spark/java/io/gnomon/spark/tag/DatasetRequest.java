package io.gnomon.spark.tag;

import io.gnomon.config.InputException;
import io.gnomon.serve.TaggerOptions;
import io.gnomon.serve.bulk.Columns;
import io.gnomon.serve.bulk.RowFormat;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dataset to be tagged.
 *
 * @param model folder that {@code gnomon export --to onnx} made, where the driver runs
 * @param options how texts get their labels; its threads are those of one task
 * @param inputs files, patterns or folders of files, with or without a scheme such as {@code hdfs:}
 * @param from how they hold their rows; null where each file's ending tells
 * @param columns what of a row is used
 * @param output folder to write
 * @param to how it holds its rows, {@code jsonl} or {@code parquet}
 * @param rejected folder of what cannot be read; null for {@code OUTPUT.rejected.jsonl}
 * @param strict whether a row that cannot be read ends the job
 * @param split bytes of a file that one task takes
 */
public record DatasetRequest(
    Path model,
    TaggerOptions options,
    List<String> inputs,
    @Nullable RowFormat from,
    Columns columns,
    String output,
    RowFormat to,
    @Nullable String rejected,
    boolean strict,
    long split) {
  /** Bytes of a file for one task: of short texts a minute's work, with a small student. */
  public static final long SPLIT = 1 << 25;

  /**
   * Checks what needs no file.
   *
   * @throws InputException when nothing is to be read, the output has another format or a split is
   *     no positive number
   */
  public DatasetRequest {
    inputs = List.copyOf(inputs);
    if (inputs.isEmpty()) {
      throw new InputException(
          "FILE: expected files, patterns or folders, found none; name what is to be tagged");
    }
    if (split < 1) {
      throw new InputException(
          "--split: expected 1 byte or more, found " + split + "; give " + SPLIT);
    }
    if (to != RowFormat.JSONL && to != RowFormat.PARQUET) {
      throw new InputException(
          "--to: expected jsonl or parquet, found " + to.key() + "; 'gnomon tag' writes it");
    }
  }

  /** Folder of what cannot be read. */
  String sideFolder() {
    return rejected == null ? output + ".rejected.jsonl" : rejected;
  }
}
