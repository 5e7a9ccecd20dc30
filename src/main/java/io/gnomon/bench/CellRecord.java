package io.gnomon.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.FileProblem;
import io.gnomon.checkpoint.Json;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What became of a cell, {@code cell.json}.
 *
 * @param cause one line, where it failed; absent where it finished
 * @param fingerprint of all that decided the result
 * @param figures by {@link Figure#key}; empty where it failed
 * @param costs absent where it failed
 * @param machine what it ran on
 */
public record CellRecord(
    @Nullable String cause,
    Fingerprint fingerprint,
    Map<String, Estimate> figures,
    @Nullable Costs costs,
    Machine machine) {
  /** Half a record is refused, as any other text in its file is. */
  public CellRecord {
    Objects.requireNonNull(fingerprint);
    Objects.requireNonNull(figures);
    Objects.requireNonNull(machine);
  }

  private static final JsonMapper JSON =
      Json.MAPPER
          .rebuild()
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  /** Whether the cell failed. */
  public boolean failed() {
    return cause != null;
  }

  /** A figure, where it was measured. */
  public Optional<Estimate> get(Figure figure) {
    return Optional.ofNullable(figures.get(figure.key()));
  }

  void write(Path file) {
    AtomicFiles.writeString(file, JSON.writeValueAsString(this) + "\n");
  }

  static CellRecord read(Path file) {
    try {
      return JSON.readValue(Files.readString(file), CellRecord.class);
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    } catch (JacksonException e) {
      throw new InputException(
          file
              + ": expected what gnomon bench writes of a cell, found something else ("
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
              + "); delete it to run the cell again",
          e);
    }
  }
}
