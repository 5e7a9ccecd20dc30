package io.gnomon.experiment;

import ai.djl.Device;
import io.gnomon.answer.AnswerKey;
import io.gnomon.answer.AnswerTable;
import io.gnomon.answer.Answers;
import io.gnomon.answer.AskedCount;
import io.gnomon.answer.KeptAnswers;
import io.gnomon.answer.Shard;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.TraceConfig.TextTraceConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.evaluation.TokenizedSet;
import io.gnomon.projection.ProjectionListener;
import io.gnomon.sampler.Sampler;
import io.gnomon.teacher.EmbeddingSpace;
import io.gnomon.teacher.Teacher;
import io.gnomon.teacher.Verbalizer;
import io.gnomon.tensor.Devices;
import io.gnomon.tensor.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration needs of its teacher: the embedding space, the answers that are kept, and
 * the language model itself, which is loaded when first asked for.
 */
public final class TeacherSide implements AutoCloseable {
  private final ExperimentConfig config;
  private final Device device;
  private final Precision precision;
  private final EmbeddingSpace space;
  private final @Nullable TokenizedSet texts;
  private final @Nullable KeptTables tables;
  private final AskedCount askedInTraining = new AskedCount();
  private final TeacherConfidence confidence = new TeacherConfidence(this::teacher);
  private @Nullable TeacherSetup setup;

  private TeacherSide(
      ExperimentConfig config,
      EmbeddingSpace space,
      @Nullable Path answers,
      @Nullable LabelledSet labelled) {
    this.config = config;
    this.space = space;
    this.device = Devices.of(config.runtime().device());
    this.precision = Devices.precision(config.teacher().precision(), device);
    this.texts = labelled == null ? null : tokenized(labelled);
    this.tables =
        answers == null
            ? null
            : KeptTables.open(
                answers, new AnswerKey.Asked(config, space.sha256(), precision), texts);
  }

  /**
   * Opens the embedding space and the answers.
   *
   * @param answers root of the kept answers; null keeps none
   * @param labelled texts to trace; null for none
   */
  static TeacherSide open(
      ExperimentConfig config, @Nullable Path answers, @Nullable LabelledSet labelled) {
    EmbeddingSpace space = TeacherSetup.space(config);
    try {
      return new TeacherSide(config, space, answers, labelled);
    } catch (RuntimeException e) {
      space.close();
      throw e;
    }
  }

  private TokenizedSet tokenized(LabelledSet labelled) {
    TextTraceConfig text = config.trace().text();
    int asked = text == null ? Integer.MAX_VALUE : text.maxLength();
    // A prompt that leaves no room is the teacher's to refuse.
    int longest = Math.min(asked, Math.max(1, space.room(config.task())));
    return TokenizedSet.of(labelled, space.tokenizer(), config.task(), longest);
  }

  /** Where everything is computed. */
  public Device device() {
    return device;
  }

  /** Of the language model's products. */
  public Precision precision() {
    return precision;
  }

  /** The embeddings and the tokenizer. */
  public EmbeddingSpace space() {
    return space;
  }

  /** Names of the K classes. */
  public List<String> classes() {
    return List.copyOf(config.task().classes().keySet());
  }

  /** A line for each label word of which only the first token is read. */
  List<String> warnings() {
    return Verbalizer.warnings(config.task(), space.tokenizer());
  }

  @Nullable TokenizedSet texts() {
    return texts;
  }

  @Nullable KeptTables tables() {
    return tables;
  }

  /** The sampler of the configuration; each stream draws its own samples. */
  Sampler sampler(String stream) {
    return TeacherSetup.sampler(space, config, stream, confidence);
  }

  /** The language model at its prompt, loaded at the first call. */
  public Teacher teacher() {
    if (setup == null) {
      setup = TeacherSetup.of(config, config.task(), space);
    }
    return setup.teacher();
  }

  /** Whether the language model was loaded. */
  boolean loaded() {
    return setup != null;
  }

  /**
   * Loads the teacher unless every answer of a run is kept, so that one that cannot be loaded is
   * told before the first step; takes the files that it will append to.
   *
   * @param notes hears in a line where answers come from
   */
  void prepare(Consumer<String> notes) {
    confidence.notes(notes);
    if (tables == null) {
      teacher();
      return;
    }
    if (tables.complete()) {
      prepareKept(tables, notes);
      return;
    }
    List<String> shared = new ArrayList<>();
    for (AnswerTable table : tables.all()) {
      if (!table.complete() && !table.claim(Shard.WHOLE)) {
        shared.add(table.folder().toString());
      }
    }
    notes.accept(
        String.format(
            "answers kept of %d of %d batches in %s; the teacher gives the rest",
            tables.named().batches() - tables.named().missing(Shard.WHOLE).length,
            tables.named().batches(),
            tables.named().folder()));
    for (String folder : shared) {
      notes.accept(
          folder
              + ": another gnomon is appending answers here; they are read as they come, and what"
              + " this run asks beyond them is not kept");
    }
    teacher();
  }

  /** With every answer kept, a sampler may still have questions of its own. */
  private void prepareKept(KeptTables kept, Consumer<String> notes) {
    boolean asks = config.sampler().asksTeacher();
    // Whether its answers to text are kept as well is not known here.
    String rest = config.text() == null ? ": the teacher is not loaded" : "";
    notes.accept(
        "answers kept in "
            + kept.named().folder()
            + (asks ? ": the teacher answers the sampler alone" : rest));
    if (asks) {
      teacher();
    }
  }

  /** g on the batches of training. */
  Answers training() {
    Answers counted = askedInTraining.counting(asked());
    return tables == null ? counted : new KeptAnswers(tables.training(), counted);
  }

  /** Of how many batches of training the teacher itself was asked. */
  AskedCount askedInTraining() {
    return askedInTraining;
  }

  /** g on the batches of the probe set. */
  Answers probe() {
    return tables == null ? asked() : new KeptAnswers(tables.probe(), asked());
  }

  private Answers asked() {
    return (index, x) -> teacher().probabilities(x);
  }

  /**
   * Texts to train on, cut to what the teacher's prompt leaves room for.
   *
   * @param where names the place of a text in a message
   * @param maxLength tokens kept of each text
   */
  public TokenizedSet tokenized(List<String> plain, IntFunction<String> where, int maxLength) {
    int longest = Math.min(maxLength, Math.max(1, space.room(config.task())));
    return TokenizedSet.unlabelled(plain, where, space.tokenizer(), longest);
  }

  /**
   * g on texts to train on: what is kept is read, the rest is asked and kept.
   *
   * @param root folder of the kept answers
   * @param listener hears that the teacher is asked; may say stop
   * @return empty when stopped
   */
  public Optional<Labelling> labels(Path root, TokenizedSet set, ProjectionListener listener) {
    AnswerKey.Asked asked = new AnswerKey.Asked(config, space.sha256(), precision);
    return LabellingCache.of(root, asked, set, this::teacher, listener);
  }

  /** g on the traced texts, N × K. */
  double[][] textAnswers(TokenizedSet set) {
    AnswerTable table = tables == null ? null : tables.texts();
    if (table != null && table.complete()) {
      return KeptTables.readTexts(table, set.size());
    }
    double[][] g = set.answers(teacher());
    if (table != null) {
      KeptTables.keepTexts(table, g);
    }
    return g;
  }

  @Override
  public void close() {
    try {
      if (tables != null) {
        tables.close();
      }
    } finally {
      if (setup != null) {
        setup.close();
      } else {
        space.close();
      }
    }
  }
}
