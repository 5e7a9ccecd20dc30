package io.gnomon.baseline;

import io.gnomon.baseline.WrittenTexts.Line;
import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.FolderLock;
import io.gnomon.checkpoint.Sha256;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.config.TextConfig;
import io.gnomon.experiment.TeacherSide;
import io.gnomon.projection.ProjectionListener;
import io.gnomon.teacher.Generation;
import io.gnomon.teacher.LanguageModel;
import io.gnomon.teacher.TeacherFolder;
import io.gnomon.teacher.TextGenerator;
import io.gnomon.teacher.Tokenizer;
import io.gnomon.tensor.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Texts that a language model, the teacher's own or another, writes behind the prompts, in turn, a
 * batch a prompt; kept in a folder that is named by all that they depend on, so that students share
 * them, a killed run goes on behind the last batch, and one that asks for more texts goes on from
 * those that are there.
 */
final class TextWriting {
  /** Texts a batch. */
  static final int BATCH = 64;

  /** Batches without a single text after which more are not waited for. */
  private static final int PATIENCE = 8;

  private static final int FORMAT = 1;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final ExperimentConfig config;
  private final TextConfig.Generated text;
  private final List<String> prompts;
  private final TeacherSide side;
  private final String header;
  private final Path folder;

  /**
   * What a teacher wrote.
   *
   * @param texts as many as asked for, none blank
   * @param seconds that writing them took, over however many runs
   */
  record Written(List<String> texts, double seconds) {}

  /** Writing below {@code root}. */
  TextWriting(ExperimentConfig config, TextConfig.Generated text, TeacherSide side, Path root) {
    this.config = config;
    this.text = text;
    this.prompts = text.prompts(config.task());
    this.side = side;
    this.header = JSON.writeValueAsString(facts()) + "\n";
    this.folder = root.resolve("written").resolve(Sha256.ofText(header));
  }

  /** All that the texts depend on; how many are wanted is not among it. */
  private Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("format", FORMAT);
    if (text.writer() == null) {
      facts.put("teacher_sha256", side.space().sha256());
    } else {
      facts.put("writer_sha256", Sha256.ofFolder(TeacherFolder.resolve(text.writer())));
    }
    facts.put("precision", side.precision().name().toLowerCase(Locale.ROOT));
    facts.put("prompts", prompts);
    facts.put("max_length", text.maxLength());
    facts.put("temperature", text.temperature());
    facts.put("top_p", text.topP());
    facts.put("seed", config.seed());
    facts.put("batch_size", BATCH);
    return facts;
  }

  /**
   * Writes what is missing.
   *
   * @return empty when stopped
   * @throws InputException when another run is writing the same, or the teacher writes nothing
   */
  Optional<Written> run(ProjectionListener listener) {
    Harvest kept = new Harvest();
    kept.take(WrittenTexts.open(folder.resolve("texts.jsonl"), BATCH).lines());
    if (kept.enough()) {
      return Optional.of(kept.written());
    }
    try (FolderLock lock = FolderLock.acquire(folder)) {
      AtomicFiles.writeString(folder.resolve("header.json"), header);
      // Again, now that no one else appends to it.
      return write(WrittenTexts.open(folder.resolve("texts.jsonl"), BATCH), listener);
    }
  }

  private Optional<Written> write(WrittenTexts there, ProjectionListener listener) {
    String who = text.writer() == null ? "the teacher" : text.writer();
    listener.note(who + " writes " + text.texts() + " texts into " + folder);
    if (text.writer() == null) {
      return write(there, side.teacher().model(), listener);
    }
    try (LanguageModel model = LanguageModel.load(text.writer(), side.precision(), side.device())) {
      return write(there, model, listener);
    }
  }

  private Optional<Written> write(
      WrittenTexts there, LanguageModel model, ProjectionListener listener) {
    Harvest harvest = new Harvest();
    harvest.take(there.lines());
    while (!harvest.enough()) {
      if (listener.stop()) {
        return Optional.empty();
      }
      List<Line> batch = batch(there.batches(), model);
      there.append(batch);
      harvest.take(batch);
      harvest.refuseSilence();
    }
    return Optional.of(harvest.written());
  }

  /** Batch {@code number}: 64 texts behind one prompt. */
  private List<Line> batch(int number, LanguageModel model) {
    long start = System.nanoTime();
    String prompt = prompts.get(number % prompts.size());
    Tokenizer tokenizer = model.tokenizer();
    Generation how = new Generation(text.maxLength(), text.temperature(), text.topP());
    TextGenerator generator = new TextGenerator(model, how);
    long seed = Seeds.derive(config.seed(), "writing", number);
    List<long[]> ids = generator.write(tokenizer.encodeOpening(prompt), BATCH, seed);
    double share = TextTraining.since(start) / BATCH;
    return ids.stream()
        .map(one -> new Line(prompt, share, one.length == 0 ? "" : tokenizer.decode(one)))
        .toList();
  }

  /** The first texts that are any, as many as wanted. */
  private final class Harvest {
    private final List<String> texts = new ArrayList<>();
    private double seconds;
    private int taken;

    boolean enough() {
      return texts.size() >= text.texts();
    }

    void take(List<Line> lines) {
      for (Line line : lines) {
        if (enough()) {
          return;
        }
        String own = cut(line.text());
        if (!own.isEmpty() && side.space().tokenizer().encode(own).length > 0) {
          texts.add(own);
        }
        seconds += line.seconds();
        taken++;
      }
    }

    void refuseSilence() {
      if (texts.isEmpty() && taken >= PATIENCE * BATCH) {
        throw new InputException(
            "text.prompts: expected prompts behind which the teacher writes, found "
                + taken
                + " texts of nothing behind "
                + prompts
                + "; give others, such as the first words of a text");
      }
    }

    Written written() {
      return new Written(List.copyOf(texts), seconds);
    }
  }

  /** Up to where the model goes on with the task's own suffix, which it may have been taught. */
  private String cut(String written) {
    String suffix = config.task().prompt().suffix();
    int label = suffix.indexOf(TaskConfig.LABEL);
    String end = label < 0 ? suffix : suffix.substring(0, label);
    int at = end.isBlank() ? -1 : written.indexOf(end);
    return (at < 0 ? written : written.substring(0, at)).strip();
  }
}
