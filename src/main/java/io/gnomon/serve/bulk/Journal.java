package io.gnomon.serve.bulk;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far an unfinished job is on disk.
 *
 * @param job what it does: options, model and inputs, in words
 * @param done rows
 * @param bytes of the output that hold them
 * @param rejectedBytes of the side file that do
 */
record Journal(Map<String, String> job, Done done, long bytes, long rejectedBytes) {
  private static final JsonMapper JSON = JsonMapper.shared();

  Journal {
    job = Collections.unmodifiableMap(new LinkedHashMap<>(job));
  }

  /** Where the journal of an output stands. */
  static Path beside(Path output) {
    return output.resolveSibling(output.getFileName() + ".journal.json");
  }

  /** Puts it in place of the one before, which stays whole until then. */
  void write(Path file) {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode settings = root.putObject("job");
    job.forEach(settings::put);
    root.put("rows", done.rows());
    root.put("tagged", done.tagged());
    root.put("rejected", done.rejected());
    root.put("asked", done.asked());
    root.put("bytes", bytes);
    root.put("rejected_bytes", rejectedBytes);
    Path aside = file.resolveSibling(file.getFileName() + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            aside,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer text = StandardCharsets.UTF_8.encode(root.toPrettyString() + "\n");
      while (text.hasRemaining()) {
        channel.write(text);
      }
      channel.force(true);
    } catch (IOException e) {
      throw FileTrouble.writing(file, e);
    }
    PartFile.move(aside, file);
  }

  /**
   * The journal of an unfinished job; empty where there is none.
   *
   * @throws InputException when the file is no journal
   */
  static Optional<Journal> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(of(JSON.readTree(Files.readString(file, StandardCharsets.UTF_8))));
    } catch (IOException e) {
      throw FileTrouble.reading(file.toString(), e);
    } catch (JacksonException e) {
      throw new InputException(
          file + ": expected the journal of a job, found other text; delete it to begin anew", e);
    }
  }

  private static Journal of(JsonNode root) {
    Map<String, String> job = new LinkedHashMap<>();
    root.path("job")
        .properties()
        .forEach(entry -> job.put(entry.getKey(), entry.getValue().asString()));
    Done done =
        new Done(
            root.path("rows").asLong(),
            root.path("tagged").asLong(),
            root.path("rejected").asLong(),
            root.path("asked").asLong());
    return new Journal(
        job, done, root.path("bytes").asLong(), root.path("rejected_bytes").asLong());
  }

  /**
   * Refuses to go on with another job.
   *
   * @throws InputException naming the first setting that differs
   */
  void require(Map<String, String> asked, Path file) {
    for (Map.Entry<String, String> setting : asked.entrySet()) {
      String then = job.getOrDefault(setting.getKey(), "none");
      if (!then.equals(setting.getValue())) {
        throw new InputException(
            "%s: expected %s as the job began: %s, found %s; give that again, or delete the journal to begin anew"
                .formatted(file, setting.getKey(), then, setting.getValue()));
      }
    }
  }
}
