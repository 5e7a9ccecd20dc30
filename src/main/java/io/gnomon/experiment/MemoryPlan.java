package io.gnomon.experiment;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.SamplerConfig;
import io.gnomon.nn.DecoderShape;
import io.gnomon.nn.EncoderShape;
import io.gnomon.student.Student;
import io.gnomon.student.StudentShape;
import io.gnomon.teacher.CheckpointConfig;
import io.gnomon.teacher.PromptTokens;
import io.gnomon.teacher.TeacherFolder;
import io.gnomon.teacher.Tokenizer;
import io.gnomon.tensor.Devices;
import io.gnomon.tensor.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a run will hold at its fullest, item by item, against what the device has: told before
 * anything is loaded. The items are counted from shapes; activations are an upper estimate, made as
 * each item says.
 *
 * @param device where, as runtime.device names it
 * @param capacity bytes that may be used there
 * @param items what is held
 */
public record MemoryPlan(String device, long capacity, List<Item> items) {
  private static final int FLOAT = Float.BYTES;
  private static final double GIB = 1L << 30;

  /** Java, libtorch and ND4J with nothing loaded: 460 MB resident at a quickstart's step 0. */
  private static final long PROGRAM = 1L << 29;

  /** Weight, gradient and two moments. */
  private static final int TRAINED_COPIES = 4;

  public MemoryPlan {
    items = List.copyOf(items);
  }

  /**
   * One thing held.
   *
   * @param name what
   * @param how the sum behind it
   * @param bytes its size
   */
  public record Item(String name, String how, long bytes) {}

  /**
   * The plan of {@code config}, from its configuration files alone.
   *
   * @throws InputException when the teacher's files cannot be read
   */
  public static MemoryPlan of(ExperimentConfig config) {
    Path folder = TeacherFolder.resolve(config.teacher().path());
    DecoderShape teacher = CheckpointConfig.read(folder);
    Device device = Devices.of(config.runtime().device());
    Precision precision = Devices.precision(config.teacher().precision(), device);
    StudentShape student =
        Student.shape(
            config.student(), teacher.hidden(), List.copyOf(config.task().classes().keySet()));
    int prompt;
    try (Tokenizer tokenizer = Tokenizer.open(folder)) {
      prompt = PromptTokens.of(config.task().prompt(), tokenizer).length();
    }
    Batch batch = new Batch(config.training().batchSize(), config.sampler().length().max(), prompt);
    List<Item> items = new ArrayList<>();
    items.add(new Item("the program", "Java, libtorch, ND4J", PROGRAM));
    teacher(items, teacher, precision, batch);
    questions(items, config.sampler(), teacher, precision, batch);
    student(items, student, batch);
    return new MemoryPlan(Devices.name(device), Devices.memory(device), items);
  }

  /** B samples of at most T vectors behind and before {@code prompt} tokens. */
  private record Batch(long size, long length, long prompt) {}

  private static void teacher(
      List<Item> items, DecoderShape shape, Precision precision, Batch batch) {
    long table = (long) shape.vocabulary() * shape.hidden();
    long decoder = shape.parameters() - table * (shape.tied() ? 1 : 2);
    items.add(
        new Item(
            "teacher's layers",
            count(decoder) + " numbers in " + name(precision),
            decoder * precision.bytes()));
    items.add(
        new Item(
            "teacher's embedding table", count(table) + " numbers in fp32, shared", table * FLOAT));
    long widest = Math.max(table, 2L * shape.feedForward() * shape.hidden());
    items.add(
        new Item(
            "largest tensor while loading",
            count(widest) + " numbers in fp32, in Java and in libtorch",
            2 * widest * FLOAT));
    items.add(
        new Item(
            "teacher's batch",
            batch.size()
                + " × "
                + (batch.length() + batch.prompt())
                + " positions, one layer's work",
            batchBytes(shape, precision, batch)));
  }

  /**
   * One layer at its widest: the residual stream twice and a normed copy in float32, queries, keys
   * and values with the prefix's, gate, up and their product, in the layer's precision.
   */
  private static long batchBytes(DecoderShape shape, Precision precision, Batch batch) {
    long positions = batch.size() * (batch.length() + batch.prompt());
    long heads = (long) shape.heads() * shape.headDimension();
    long stream = 3L * shape.hidden() * FLOAT;
    long attention = 8L * heads * precision.bytes();
    long forward = 4L * shape.feedForward() * precision.bytes();
    return positions * (stream + attention + forward);
  }

  private static void questions(
      List<Item> items,
      SamplerConfig sampler,
      DecoderShape shape,
      Precision precision,
      Batch batch) {
    long bytes = asked(sampler, shape, precision, batch);
    if (bytes > 0) {
      items.add(new Item("sampler's questions", "what it asks the teacher to draw a batch", bytes));
    }
  }

  /** A gradient keeps every layer's work; a choice has all its candidates answered. */
  private static long asked(
      SamplerConfig sampler, DecoderShape shape, Precision precision, Batch batch) {
    if (sampler instanceof SamplerConfig.Sharpened it) {
      long own = shape.layers() * batchBytes(shape, precision, batch);
      return Math.max(own, asked(it.of(), shape, precision, batch));
    }
    if (sampler instanceof SamplerConfig.Balanced it) {
      Batch wide = new Batch(batch.size() * it.candidates(), batch.length(), batch.prompt());
      long own = batchBytes(shape, precision, wide);
      return Math.max(own, asked(it.of(), shape, precision, wide));
    }
    if (sampler instanceof SamplerConfig.Blend it) {
      return it.parts().stream()
          .mapToLong(part -> asked(part.sampler(), shape, precision, batch))
          .max()
          .orElse(0);
    }
    return 0;
  }

  private static void student(List<Item> items, StudentShape shape, Batch batch) {
    long numbers = shape.parameters().values().stream().mapToLong(Shape::size).sum();
    items.add(
        new Item(
            "student",
            count(numbers) + " numbers in fp32: weight, gradient, two moments",
            TRAINED_COPIES * numbers * FLOAT));
    EncoderShape encoder = shape.encoder();
    long positions = batch.size() * (batch.length() + 1);
    // What the backward pass needs of a layer, and the layer's own gradients on their way.
    long perPosition = 12L * encoder.hidden() + 3L * encoder.feedForward();
    items.add(
        new Item(
            "student's activations",
            batch.size()
                + " × "
                + (batch.length() + 1)
                + " positions × "
                + encoder.layers()
                + " layers",
            positions * perPosition * encoder.layers() * FLOAT));
  }

  /** All items together, bytes. */
  public long sum() {
    return items.stream().mapToLong(Item::bytes).sum();
  }

  /** Whether the sum is within the capacity. */
  public boolean fits() {
    return sum() <= capacity;
  }

  /**
   * Refuses a plan that does not fit.
   *
   * @throws InputException with the whole sum in one line
   */
  public void require() {
    if (fits()) {
      return;
    }
    List<String> parts = new ArrayList<>();
    items.forEach(item -> parts.add(item.name() + " " + gib(item.bytes())));
    throw new InputException(
        String.format(
            Locale.ROOT,
            "%s: expected a run that fits %s, found %s = %s; lower training.batch_size,"
                + " sampler.length.max or teacher.precision, or take a smaller teacher",
            device,
            gib(capacity),
            String.join(" + ", parts),
            gib(sum())));
  }

  /** A line an item, the sum and the capacity. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    items.forEach(item -> lines.add(line(item.name(), item.bytes(), item.how())));
    lines.add(line("sum", sum(), fits() ? "fits" : "does not fit"));
    lines.add(line("available on " + device, capacity, ""));
    return lines;
  }

  private static String line(String name, long bytes, String detail) {
    String text = String.format(Locale.ROOT, "  %-30s %12s", name, gib(bytes));
    return detail.isEmpty() ? text : text + "  " + detail;
  }

  private static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.3f GiB", bytes / GIB);
  }

  private static String count(long numbers) {
    return String.format(Locale.ROOT, "%,d", numbers);
  }

  private static String name(Precision precision) {
    return precision.name().toLowerCase(Locale.ROOT);
  }
}
