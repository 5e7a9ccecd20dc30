package io.gnomon.experiment;

import ai.djl.Device;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.TeacherConfig;
import io.gnomon.nn.DecoderShape;
import io.gnomon.student.Students;
import io.gnomon.teacher.CheckpointConfig;
import io.gnomon.teacher.EmbeddingSpace;
import io.gnomon.teacher.ForwardLimit;
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
 * anything is loaded. What the items leave is the teacher's for its forward: it takes as many rows
 * of a batch at once as fit there.
 *
 * @param device where, as runtime.device names it
 * @param capacity bytes that may be used there
 * @param items what is held
 * @param teacherRows rows of the batch that a forward of the teacher takes at once
 * @param forward the same for a batch of any shape
 */
public record MemoryPlan(
    String device, long capacity, List<Item> items, int teacherRows, ForwardLimit forward) {
  private static final double GIB = 1L << 30;

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
    return of(config, Devices.memory(Devices.of(config.runtime().device())));
  }

  /** As {@link #of(ExperimentConfig)} on a device of so many bytes. */
  static MemoryPlan of(ExperimentConfig config, long capacity) {
    Path folder = TeacherFolder.resolve(config.teacher().path());
    DecoderShape shape = CheckpointConfig.read(folder);
    int prompt;
    try (Tokenizer tokenizer = Tokenizer.open(folder)) {
      prompt = PromptTokens.longest(config.task(), tokenizer).length();
    }
    return of(config, shape, capacity, prompt);
  }

  /** How much the teacher of {@code config} takes at once, its embedding space being loaded. */
  static ForwardLimit limit(ExperimentConfig config, EmbeddingSpace space) {
    Device device = Devices.of(config.runtime().device());
    // The table is among the items of the plan as well.
    long capacity = Devices.memory(device) + MemoryEstimate.table(space.shape());
    return of(config, space.shape(), capacity, 0).forward();
  }

  private static MemoryPlan of(
      ExperimentConfig config, DecoderShape shape, long capacity, int prompt) {
    int size = config.training().batchSize();
    int length = longest(config);
    List<String> classes = List.copyOf(config.task().classes().keySet());
    Precision precision =
        Devices.precision(config.teacher().precision(), Devices.of(config.runtime().device()));
    List<Item> others =
        new ArrayList<>(
            MemoryEstimate.student(
                Students.shape(config.student(), shape.hidden(), classes), size, length));
    if (products(config) != Precision.FP32) {
      others.add(
          MemoryEstimate.narrowed(Students.shape(config.student(), shape.hidden(), classes)));
    }
    if (MemoryEstimate.asksGradients(config.sampler())) {
      others.add(MemoryEstimate.gradients(shape, precision, (long) size * (length + prompt)));
    }
    Device device = Devices.of(config.runtime().device());
    Batch batch = new Batch(size, length + prompt, config.task().multiLabel());
    return of(device, capacity, config.teacher(), shape, others, batch);
  }

  /** What the student's products are made in. */
  private static Precision products(ExperimentConfig config) {
    Device device = Devices.of(config.runtime().device());
    return config
        .student()
        .match(it -> Devices.precision(it.precision(), device), it -> Precision.FP32);
  }

  private static int longest(ExperimentConfig config) {
    int drawn = config.sampler().length().max(); // of the probe set, where text is trained on
    return config.text() == null ? drawn : Math.max(drawn, config.text().maxLength());
  }

  /**
   * The plan of a teacher that answers texts, without a student.
   *
   * @param length tokens of the longest text
   * @throws InputException when the teacher's files cannot be read
   */
  public static MemoryPlan of(TeacherConfig teacher, Device device, int length) {
    DecoderShape shape = CheckpointConfig.read(TeacherFolder.resolve(teacher.path()));
    Batch batch = new Batch(Math.max(1, ForwardLimit.TEXT_TOKENS / length), length, false);
    return of(device, Devices.memory(device), teacher, shape, List.of(), batch);
  }

  /**
   * B rows.
   *
   * @param positions of each, the prompt's among them
   * @param shared whether all layers' keys and values are held, for the labels to share
   */
  private record Batch(int size, long positions, boolean shared) {}

  private static MemoryPlan of(
      Device device,
      long capacity,
      TeacherConfig teacher,
      DecoderShape shape,
      List<Item> others,
      Batch batch) {
    Precision precision = Devices.precision(teacher.precision(), device);
    List<Item> items = new ArrayList<>(List.of(MemoryEstimate.program()));
    items.addAll(MemoryEstimate.weights(shape, precision));
    long held = batch.shared() ? MemoryEstimate.keysAndValues(shape, precision) : 0;
    long position = MemoryEstimate.position(shape, precision) + held;
    long left = Math.max(0, capacity - sum(items) - sum(others));
    // Rows that the user asked for are taken at their word: the estimate is an upper one.
    ForwardLimit forward =
        new ForwardLimit(teacher.rows(), teacher.rows() == 0 ? left / position : Long.MAX_VALUE);
    int rows = forward.rows(batch.size(), batch.positions());
    String how = rows + " of " + batch.size() + " rows at once × " + batch.positions();
    items.add(
        new Item(
            "teacher's forward",
            how
                + " positions, one layer's work"
                + (batch.shared() ? ", all layers' keys and values" : ""),
            rows * batch.positions() * position));
    items.addAll(others);
    return new MemoryPlan(Devices.name(device), capacity, items, rows, forward);
  }

  /** All items together, bytes. */
  public long sum() {
    return sum(items);
  }

  private static long sum(List<Item> items) {
    return items.stream().mapToLong(Item::bytes).sum();
  }

  /** Whether the sum is within the capacity. */
  public boolean fits() {
    return sum() <= capacity;
  }

  /**
   * Refuses a run that does not fit although the teacher takes a row at a time, or as many as
   * teacher.rows asks for.
   *
   * @throws InputException with the whole sum in one line
   */
  public void require() {
    require(
        "a run",
        "lower training.batch_size, sampler.length.max, teacher.rows or teacher.precision, or take a"
            + " smaller teacher");
  }

  /** As {@link #require()}, of something else with a remedy of its own. */
  public void require(String what, String remedy) {
    if (fits()) {
      return;
    }
    List<String> parts = new ArrayList<>();
    items.forEach(item -> parts.add(item.name() + " " + gib(item.bytes())));
    throw new InputException(
        String.format(
            Locale.ROOT,
            "%s: expected %s that fits %s, found %s = %s; %s",
            device,
            what,
            gib(capacity),
            String.join(" + ", parts),
            gib(sum()),
            remedy));
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
}
