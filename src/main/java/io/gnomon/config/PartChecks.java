package io.gnomon.config;

import io.gnomon.config.Checks.Fields;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Checks within one part of a configuration. */
final class PartChecks {
  private static final String DEVICES = "auto, cpu, cuda:0, cuda:1 and so on";
  private static final String NAMES =
      "at most 100 letters, digits, '-', '_' and '.', a letter or digit first; it names a folder";

  private PartChecks() {}

  static void name(Fields fields) {
    String name = fields.text("name");
    if (name != null && !name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
      String safe = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[^A-Za-z0-9]+", "");
      boolean usable = !safe.isEmpty() && safe.length() <= 100;
      fields.report("name", "the text '" + name + "'", NAMES, usable ? safe : null);
    }
  }

  static void warmup(Fields fields) {
    Integer warmup = fields.integer("optimizer.warmup_steps");
    Integer steps = fields.integer("training.steps");
    if (warmup == null || steps == null || warmup <= steps) {
      return;
    }
    if (fields.written("optimizer.warmup_steps")) {
      String allowed = "at most training.steps = " + steps;
      fields.report("optimizer.warmup_steps", warmup + " steps", allowed, null);
    } else {
      String allowed = "at least optimizer.warmup_steps, which is " + warmup + " unless given";
      fields.report("training.steps", steps + " steps", allowed, null);
    }
  }

  static void heads(Fields fields) {
    Integer hidden = fields.integer("hidden");
    Integer heads = fields.integer("heads");
    if (hidden != null && heads != null && hidden % heads != 0) {
      String allowed = "a divisor of hidden = " + hidden;
      fields.report("heads", heads.toString(), allowed, divisor(hidden, heads));
    }
  }

  /** The divisor of {@code number} nearest below {@code wanted}. */
  static String divisor(int number, int wanted) {
    int divisor = Math.min(number, wanted);
    while (number % divisor != 0) {
      divisor--;
    }
    return Integer.toString(divisor);
  }

  static void length(Fields fields) {
    Integer min = fields.integer("min");
    Integer max = fields.integer("max");
    if (min != null && max != null && min > max) {
      fields.report("min", min.toString(), "at most length.max = " + max, null);
    }
  }

  static void bounds(Fields fields) {
    Double low = fields.get("low", Double.class);
    Double high = fields.get("high", Double.class);
    if (low != null && high != null && low >= high) {
      fields.report("low", low.toString(), "below high = " + high, null);
    }
  }

  static void parts(Fields fields) {
    List<?> parts = fields.get("parts", List.class);
    if (parts != null && parts.isEmpty()) {
      fields.report(
          "parts", "an empty list", "at least one part, as {sampler: {kind: bursty}}", null);
    }
  }

  static void device(Fields fields) {
    String device = fields.text("device");
    if (device != null && !device.matches("auto|cpu|cuda:(0|[1-9][0-9]{0,2})")) {
      String near =
          device.matches("(?i)cuda|gpu")
              ? "cuda:0"
              : Nearest.of(device, List.of("auto", "cpu", "cuda:0"));
      fields.report("device", "the text '" + device + "'", DEVICES, near);
    }
  }

  static void table(Fields fields) {
    String path = fields.text("path");
    if (path != null) {
      embedded(fields, "path", path, Embedded.TABLES);
    }
  }

  static void teacher(Fields fields) {
    String path = fields.text("path");
    if (path != null && !embedded(fields, "path", path, Embedded.TEACHERS)) {
      folder(fields, "path", path);
    }
  }

  static void checkpoint(Fields fields) {
    String path = fields.text("from_checkpoint");
    if (path != null) {
      folder(fields, "from_checkpoint", path);
    }
  }

  /** Whether the path names something embedded; an unknown name is reported. */
  static boolean embedded(Fields fields, String key, String path, List<String> known) {
    if (Embedded.name(path) == null) {
      return false;
    }
    if (!known.contains(path)) {
      String near = Nearest.of(path, known);
      fields.report(key, "the text '" + path + "'", String.join(", ", known), near);
    }
    return true;
  }

  /** Reports a model folder that is missing, or that lacks its {@code config.json}. */
  static void folder(Fields fields, String key, String path) {
    String allowed = "a Hugging Face folder: config.json beside *.safetensors";
    if (path.indexOf('\0') >= 0 || !Files.isDirectory(Path.of(path))) {
      fields.report(key, "no folder '" + path + "'", allowed, null);
    } else if (!Files.isRegularFile(Path.of(path, "config.json"))) {
      fields.report(key, "folder '" + path + "' without config.json", allowed, null);
    }
  }
}
