package io.gnomon.serve;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * An exported student at work: labels for texts.
 *
 * <pre>{@code
 * try (Tagger tagger = Tagger.load(Path.of("quickstart-onnx"))) {
 *   List<Tagging> answers = tagger.tag("What a day!", "Oh no.");
 * }
 * }</pre>
 *
 * <p>Several threads may share one. A text is read up to {@link #maxLength} tokens, from its front,
 * as in training and evaluation; an empty one is answered too. Many texts are run in batches of
 * like length, and answered in the order given; what else is in a batch changes no more than the
 * last digits of an answer. (Of an int8 model texts are run one at a time, for that to hold.)
 *
 * <p>Needs ONNX Runtime and the tokenizers on the class path, neither libtorch nor DJL's engine.
 */
public final class Tagger implements AutoCloseable {
  private static final int ROWS = 64;
  private static final int TOKENS = 4096;

  private final OnnxStudent student;
  private final HuggingFaceTokenizer tokenizer;
  private final LabelFile file;
  private final LabelChoice choice;
  private final ReadWriteLock use = new ReentrantReadWriteLock();
  private boolean closed;

  private Tagger(
      OnnxStudent student, HuggingFaceTokenizer tokenizer, LabelFile file, LabelChoice choice) {
    this.student = student;
    this.tokenizer = tokenizer;
    this.file = file;
    this.choice = choice;
  }

  /**
   * Opens what {@code gnomon export --to onnx} made.
   *
   * @throws InputException when a file is missing, damaged, or not of the same export as the others
   */
  public static Tagger load(Path folder) {
    return load(folder, TaggerOptions.defaults());
  }

  /**
   * As {@link #load(Path)}, with options.
   *
   * @throws InputException also when the options name a label that the student does not have
   */
  public static Tagger load(Path folder, TaggerOptions options) {
    ExportedFolder exported = ExportedFolder.of(folder);
    LabelFile labels = LabelFile.read(folder);
    OnnxStudent student = OnnxStudent.open(exported.model(), options.threads());
    try {
      exported.require(student.file(), labels);
      LabelChoice choice = new LabelChoice(labels, options);
      return new Tagger(student, tokenizer(exported.tokenizer()), labels, choice);
    } catch (RuntimeException e) {
      student.close();
      throw e;
    }
  }

  private static HuggingFaceTokenizer tokenizer(Path json) {
    try {
      return HuggingFaceTokenizer.newInstance(
          json, Map.of("truncation", "false", "padding", "false"));
    } catch (IOException | RuntimeException e) {
      throw new InputException(
          json + ": expected a Hugging Face tokenizer, found " + e.getMessage() + "; export again",
          e);
    }
  }

  /** The labels, in the order of {@link #probabilities}. */
  public List<String> labels() {
    return file.labels();
  }

  /** Whether a text may have several labels. */
  public boolean multiLabel() {
    return file.multiLabel();
  }

  /** Tokens read of a text. */
  public int maxLength() {
    return file.maxLength();
  }

  /** {@code fp32}, {@code fp16} or {@code int8}. */
  public String precision() {
    return student.file().precision();
  }

  /** Name of the task that the student was made for. */
  public String task() {
    return file.task();
  }

  /**
   * Labels for each text, in the order given.
   *
   * @throws IllegalStateException when this is closed
   */
  public List<Tagging> tag(String... texts) {
    return tag(List.of(texts));
  }

  /**
   * Labels for each text, in the order given.
   *
   * @throws IllegalStateException when this is closed
   */
  public List<Tagging> tag(List<String> texts) {
    return Arrays.stream(probabilities(texts)).map(choice::of).toList();
  }

  /**
   * The labels that a text is given whose probabilities come from elsewhere, a teacher's or changed
   * ones.
   *
   * @param probabilities K, in the order of {@link #labels}
   * @throws IllegalArgumentException when there are not K
   */
  public Tagging choose(double... probabilities) {
    if (probabilities.length != labels().size()) {
      throw new IllegalArgumentException(
          "expected " + labels().size() + " probabilities, found " + probabilities.length);
    }
    return choice.of(probabilities);
  }

  /**
   * N rows of K probabilities, in the order of the texts and of {@link #labels}.
   *
   * @throws IllegalStateException when this is closed
   */
  public double[][] probabilities(List<String> texts) {
    return answers(texts, OnnxStudent.Output.PROBABILITIES);
  }

  /**
   * Labels for rows of {@link #probabilities} under other options than this tagger's own, of which
   * the threads do not matter here.
   *
   * @throws InputException when the options have a threshold for a label that the student has not
   */
  public List<Tagging> choose(double[][] probabilities, TaggerOptions options) {
    LabelChoice other = new LabelChoice(file, options);
    return Arrays.stream(probabilities).map(other::of).toList();
  }

  /**
   * N rows of K logits: what softmax, or the sigmoid of each, makes {@link #probabilities} of.
   *
   * @throws IllegalStateException when this is closed
   */
  public double[][] logits(List<String> texts) {
    return answers(texts, OnnxStudent.Output.LOGITS);
  }

  private double[][] answers(List<String> texts, OnnxStudent.Output output) {
    Lock reading = use.readLock();
    reading.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the tagger is closed");
      }
      return run(texts.stream().map(this::tokens).toArray(long[][]::new), output);
    } finally {
      reading.unlock();
    }
  }

  private long[] tokens(String text) {
    long[] ids = TokenIds.of(tokenizer, text);
    return ids.length > file.maxLength() ? Arrays.copyOf(ids, file.maxLength()) : ids;
  }

  private double[][] run(long[][] tokens, OnnxStudent.Output output) {
    int[] lengths = Arrays.stream(tokens).mapToInt(ids -> ids.length).toArray();
    double[][] answers = new double[tokens.length][];
    for (int[] batch : LengthBatches.of(lengths, student.file().alone() ? 1 : ROWS, TOKENS)) {
      long[][] rows = Arrays.stream(batch).mapToObj(i -> tokens[i]).toArray(long[][]::new);
      float[][] found = student.run(rows, output);
      for (int i = 0; i < batch.length; i++) {
        answers[batch[i]] = widen(found[i]);
      }
    }
    return answers;
  }

  private static double[] widen(float[] row) {
    double[] wide = new double[row.length];
    for (int k = 0; k < row.length; k++) {
      wide[k] = row[k];
    }
    return wide;
  }

  /** Waits for calls under way, then frees what is held outside Java's heap. */
  @Override
  public void close() {
    Lock writing = use.writeLock();
    writing.lock();
    try {
      if (!closed) {
        closed = true;
        tokenizer.close();
        student.close();
      }
    } finally {
      writing.unlock();
    }
  }
}
