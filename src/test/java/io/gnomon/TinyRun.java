package io.gnomon;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gnomon.config.StudentConfig;
import io.gnomon.config.TaskConfig;
import io.gnomon.evaluation.TokenizedSet;
import io.gnomon.student.Student;
import io.gnomon.student.Students;
import io.gnomon.teacher.EmbeddingSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A finished run's folder with a student of some thousand random weights on {@link TinyTeacher},
 * loud enough that its answers depend on the text. Nothing was trained.
 */
public final class TinyRun {
  /** Tokens read of a text in evaluation. */
  public static final int MAX_LENGTH = 23;

  /** Longest input of the student in tokens. */
  public static final int LONGEST = 28;

  private static final float LOUD = 12;

  private static final String CONFIG =
      """
      name: x
      task: %s
      teacher: {path: "@/teacher", precision: fp32}
      student: %s
      sampler: {kind: uniform, length: {min: 3, max: 7}}
      training: {steps: 4, batch_size: 3}
      optimizer: {warmup_steps: 1}
      trace: {every: 2, probe: 5, text: {limit: 0, max_length: 23}}
      runtime: {device: cpu, threads: 1}
      """;

  private static final String ROBERTA =
      "{kind: roberta, hidden: %d, layers: 2, heads: %d, feed_forward: 17, max_positions: 29}";

  private static final String STATIC = "{kind: static, features: 11, hidden: 7}";

  private static final String SINGLE =
      """
      {name: tiny, prompt: {prefix: "film:", suffix: " this is"},
       classes: {positive: [good, great], negative: [bad, awful, dull]},
       data: {kind: table, path: "@/texts.csv", licence: none}}
      """;

  private static final String MULTI =
      """
      {name: tiny-labels, type: multi-label, prompt: {prefix: "film:", suffix: " {label}? this is"},
       classes: {fun: [great fun], dull: [dull], odd: [strange]},
       answers: {yes: [good, great], no: [bad]},
       data: {kind: table, path: "@/labels.csv", licence: none}}
      """;

  private static final String TEXTS =
      """
      text,label
      a good film,positive
      a bad film,negative
      a dull one,negative
      "so good, so very good",positive
      no,negative
      """;

  private static final String LABELS =
      """
      text,label
      a good film,fun
      a bad film,dull
      "so good, so very good",odd
      """;

  private static final String METRICS =
      """
      {"student_accuracy": {"value": 0.75, "low": 0.5, "high": 0.875}, "alpha": 0.25,
       "alpha_text": {"value": 0.125, "low": 0.0625, "high": 0.1875}}
      """;

  private final Path folder;

  private TinyRun(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes teacher, texts and run below {@code root}.
   *
   * @param hidden width of the student; the teacher's is {@value TinyTeacher#WIDTH}
   * @param multiLabel whether of three labels that do not exclude each other, or of two classes
   */
  public static TinyRun write(Path root, int hidden, boolean multiLabel) {
    return write(root, hidden, multiLabel, LOUD);
  }

  /** As the other, with matrices {@code loud} times as large as a new student's. */
  public static TinyRun write(Path root, int hidden, boolean multiLabel, float loud) {
    StudentConfig config =
        new StudentConfig.Roberta(
            hidden, 2, heads(hidden), 17, LONGEST + 1, 0, StudentConfig.Arithmetic.FP32, null);
    return write(root, config, ROBERTA.formatted(hidden, heads(hidden)), multiLabel, loud);
  }

  /** With a student that pools its tokens' features, as a new one is. */
  public static TinyRun pooling(Path root, boolean multiLabel) {
    return write(root, new StudentConfig.Static(11, 7), STATIC, multiLabel, 1);
  }

  private static TinyRun write(
      Path root, StudentConfig config, String written, boolean multiLabel, float loud) {
    TinyTeacher.write(root.resolve("teacher"));
    TinyRun run = new TinyRun(root.resolve("run"));
    write(root.resolve("texts.csv"), TEXTS);
    write(root.resolve("labels.csv"), LABELS);
    String task = (multiLabel ? MULTI : SINGLE).replace("\n", " ").strip();
    write(
        run.folder.resolve("config.yaml"),
        CONFIG.formatted(task, written).replace("@", root.toString()));
    write(run.folder.resolve("metrics.json"), METRICS);
    write(run.folder.resolve("provenance.json"), "{\"commit\": \"abc\", \"seed\": 1}\n");
    run.student(root, config, multiLabel ? TinyLabels.task() : TinyTeacher.task(), loud);
    return run;
  }

  private void student(Path root, StudentConfig config, TaskConfig task, float loud) {
    String path = root.resolve("teacher").toString();
    try (EmbeddingSpace space = EmbeddingSpace.open(path, Device.cpu());
        Student student = Students.create(space.manager(), config, space.embeddings(), task, 3)) {
      for (NDArray parameter : student.parameters().arrays().values()) {
        if (parameter.getShape().dimension() == 2) {
          raise(parameter, loud);
        }
      }
      student.save(folder.resolve("student"), Map.of("path", path, "sha256", space.sha256()));
    }
  }

  private static int heads(int hidden) {
    return hidden % 2 == 0 ? 2 : 1;
  }

  private static void raise(NDArray parameter, float factor) {
    float[] values = parameter.toFloatArray();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    parameter.set(FloatBuffer.wrap(values));
  }

  /** The run's folder. */
  public Path folder() {
    return folder;
  }

  /** The student's own answers to texts that are not empty, in DJL. */
  public double[][] answers(List<String> texts) {
    try (EmbeddingSpace space =
            EmbeddingSpace.open(folder.resolveSibling("teacher").toString(), Device.cpu());
        NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        Student student = Student.load(manager, folder.resolve("student"))) {
      return TokenizedSet.unlabelled(texts, i -> "text " + i, space.tokenizer(), MAX_LENGTH)
          .answers(student, space.embeddings(), manager);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
