package io.gnomon.serve.bulk;

import io.gnomon.config.InputException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A job.
 *
 * @param inputs read one after the other
 * @param columns what of a row is used
 * @param output the file to write; null for standard output
 * @param format of the output
 * @param rejected side file of what cannot be read; null for {@code OUTPUT.rejected.jsonl}, and for
 *     none beside standard output
 * @param resume whether to go on with an unfinished job
 * @param strict whether a row that cannot be read ends the job
 * @param part most rows that are answered together; twice as many are in memory at a time
 * @param settings of the answers, model and thresholds among them: to go on only under the same
 */
public record BulkRequest(
    List<BulkInput> inputs,
    Columns columns,
    @Nullable Path output,
    RowFormat format,
    @Nullable Path rejected,
    boolean resume,
    boolean strict,
    int part,
    Map<String, String> settings) {
  /**
   * Checks what contradicts itself.
   *
   * @throws InputException when the output is one of the inputs, or standard input is to be resumed
   */
  public BulkRequest {
    inputs = List.copyOf(inputs);
    settings = Map.copyOf(settings);
    for (BulkInput input : inputs) {
      if (output != null && input.path() != null && same(output, input.path())) {
        throw new InputException(
            "--out: expected another file than the inputs, found " + output + "; give another");
      }
      if (resume && input.path() == null) {
        throw new InputException(
            "--resume: expected files, which can be read again, found standard input; give files");
      }
    }
  }

  /** Whether the job can go on when it was killed: all that it reads is still there then. */
  public boolean resumable() {
    return output != null && inputs.stream().allMatch(input -> input.path() != null);
  }

  private static boolean same(Path one, Path other) {
    return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }

  /** The side file that goes with an output. */
  Path sideFile(Path besides) {
    return rejected == null
        ? besides.resolveSibling(besides.getFileName() + ".rejected.jsonl")
        : rejected;
  }

  /** All that decides what is written. */
  Map<String, String> job() {
    Map<String, String> job = new LinkedHashMap<>();
    job.put(
        "inputs",
        inputs.stream()
            .map(input -> input.format().key() + " " + input.fingerprint())
            .collect(Collectors.joining(", ")));
    job.put("text", columns.text());
    job.put("keep", String.join(", ", columns.keep()));
    job.put("longest", Integer.toString(columns.longest()));
    job.put("to", format.key());
    job.put("part", Integer.toString(part));
    settings.keySet().stream().sorted().forEach(key -> job.put(key, settings.get(key)));
    return job;
  }
}
