package io.gnomon.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** A resolved configuration as a flat map: {@code sampler.length.min → 16}. */
public final class FlatSettings {
  private FlatSettings() {}

  /** The keys of a configuration and what they are set to, in the keys' order. */
  public static Map<String, String> of(Record config) {
    return flat(load().loadFromString(ConfigWriter.write(config)));
  }

  /**
   * The same of a run's {@code config.yaml}, whatever keys it has.
   *
   * @throws InputException when it cannot be read or is no YAML
   */
  public static Map<String, String> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return flat(load().loadFromInputStream(in));
    } catch (IOException e) {
      throw new InputException(
          file + ": cannot be read; a run folder holds the resolved configuration under this name",
          e);
    } catch (YamlEngineException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new InputException(file + ": not YAML (" + reason + "); restore the file", e);
    }
  }

  private static Load load() {
    return new Load(LoadSettings.builder().build());
  }

  private static Map<String, String> flat(@Nullable Object node) {
    Map<String, String> flat = new TreeMap<>();
    flatten("", node, flat);
    return flat;
  }

  private static void flatten(String prefix, @Nullable Object node, Map<String, String> flat) {
    if (node instanceof Map<?, ?> map) {
      map.forEach((key, value) -> flatten(prefix + "." + key, value, flat));
    } else if (!prefix.isEmpty()) {
      flat.put(prefix.substring(1), String.valueOf(node));
    }
  }
}
