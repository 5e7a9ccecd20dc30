package io.gnomon.serve.bulk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A job of {@link Words}, set up bit by bit. */
final class Job implements BulkListener {
  private final List<Path> inputs = new ArrayList<>();
  private final StringWriter printed = new StringWriter();
  private final List<String> rejected = new ArrayList<>();
  private List<String> keep = List.of("text");
  private @Nullable Path output;
  private byte[] standard = new byte[0];
  private RowFormat from = RowFormat.TEXT;
  private Map<String, String> settings = Map.of("model", "m");
  private RowFormat to = RowFormat.JSONL;
  private int longest = 1000;
  private int stopAfter = Integer.MAX_VALUE;
  private int parts;
  private boolean resume;
  private boolean strict;

  static Job of(Path... inputs) {
    Job job = new Job();
    job.inputs.addAll(List.of(inputs));
    return job;
  }

  static Job piped(String text, RowFormat from) {
    Job job = new Job();
    job.standard = text.getBytes(StandardCharsets.UTF_8);
    job.from = from;
    return job;
  }

  Job to(Path file) {
    output = file;
    to = RowFormat.ofName(file.toString()).orElseThrow();
    return this;
  }

  Job to(RowFormat format) {
    to = format;
    return this;
  }

  Job keep(String... columns) {
    keep = List.of(columns);
    return this;
  }

  Job longest(int bytes) {
    longest = bytes;
    return this;
  }

  Job settings(Map<String, String> other) {
    settings = other;
    return this;
  }

  Job stopAfter(int part) {
    stopAfter = part;
    return this;
  }

  Job resume() {
    resume = true;
    return this;
  }

  Job strict() {
    strict = true;
    return this;
  }

  BulkJob.Outcome run() {
    return run(new Words());
  }

  BulkJob.Outcome run(Words words) {
    List<BulkInput> read =
        inputs.isEmpty()
            ? BulkInput.of(List.of(), from)
            : BulkInput.of(inputs.stream().map(Path::toString).toList(), null);
    BulkRequest request =
        new BulkRequest(
            read,
            new Columns("text", keep, longest),
            output,
            to,
            null,
            resume,
            strict,
            7,
            settings);
    PrintWriter out = new PrintWriter(printed);
    return new BulkJob(request, words, new ByteArrayInputStream(standard), out, this).run();
  }

  /** What standard output got. */
  String printed() {
    return printed.toString();
  }

  /** Places and causes of what could not be read. */
  List<String> rejected() {
    return rejected;
  }

  static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void progress(Done done, long bytes, long all) {
    parts++;
  }

  @Override
  public void rejected(String place, String cause) {
    rejected.add(place + ": " + cause);
  }

  @Override
  public boolean stop() {
    return parts > stopAfter;
  }
}
