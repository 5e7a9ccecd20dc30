package io.gnomon.teacher;

import io.gnomon.config.CalibrationConfig;
import io.gnomon.config.Check;
import io.gnomon.config.Embedded;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.Problems;
import io.gnomon.config.TaskConfig;
import io.gnomon.config.TraceConfig.TextTraceConfig;
import io.gnomon.nn.DecoderShape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an experiment asks of its teacher, checked against tokenizer.json and config.json alone:
 * label words that can be told apart, lengths that fit the teacher's positions. One instance checks
 * one configuration; {@link #warnings} then holds what is no error.
 */
public final class TeacherChecks implements Check<ExperimentConfig> {
  private static final String FOLDER =
      "a Hugging Face folder of " + String.join(", ", CheckpointConfig.FAMILIES) + ", read whole";
  private final List<String> warnings = new ArrayList<>();

  @Override
  public void check(ExperimentConfig config, Problems problems) {
    if (reportedAlready(config.teacher().path())) {
      return;
    }
    try {
      Path folder = TeacherFolder.resolve(config.teacher().path());
      DecoderShape shape = CheckpointConfig.read(folder);
      try (Tokenizer tokenizer = Tokenizer.open(folder)) {
        if (askable(config.task())) {
          new Look(config, problems, shape, tokenizer).run();
        }
      }
    } catch (InputException e) {
      problems.at("teacher.path", String.valueOf(e.getMessage()), FOLDER, null);
    }
  }

  /** Whether each label can be asked for; where one cannot, the loader itself has said so. */
  private static boolean askable(TaskConfig task) {
    boolean phrases = task.classes().values().stream().noneMatch(List::isEmpty);
    return !task.multiLabel() || (task.answers() != null && phrases);
  }

  /**
   * The loader itself reports a folder that is missing or has no config.json, and a teacher that
   * does not ship.
   */
  private static boolean reportedAlready(String path) {
    return Embedded.name(path) != null
        ? !Embedded.TEACHERS.contains(path)
        : (path.indexOf('\0') >= 0 || !Files.isRegularFile(Path.of(path, "config.json")));
  }

  /** A line for each label word of which only the first token is read. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** One configuration beside the files of its teacher. */
  private final class Look {
    private final ExperimentConfig config;
    private final Problems problems;
    private final DecoderShape shape;
    private final Tokenizer tokenizer;
    private final PromptTokens prompt;

    Look(ExperimentConfig config, Problems problems, DecoderShape shape, Tokenizer tokenizer) {
      this.config = config;
      this.problems = problems;
      this.shape = shape;
      this.tokenizer = tokenizer;
      this.prompt = PromptTokens.longest(config.task(), tokenizer);
    }

    void run() {
      words();
      positions();
    }

    private void words() {
      // A word without letters is the loader's to report, and begins with no token.
      if (config.task().questions().stream()
          .flatMap(asked -> asked.classes().values().stream())
          .anyMatch(words -> words.isEmpty() || words.stream().anyMatch(String::isBlank))) {
        return;
      }
      List<Verbalizer> verbalizers =
          config.task().questions().stream().map(asked -> Verbalizer.of(asked, tokenizer)).toList();
      Set<String> reported = new HashSet<>();
      verbalizers.forEach(verbalizer -> conflicts(verbalizer, reported));
      verbalizers.stream()
          .flatMap(verbalizer -> verbalizer.beyond(shape.vocabulary()).stream())
          .findFirst()
          .ifPresent(
              found ->
                  problems.at(
                      "teacher.path",
                      found,
                      "tokenizer.json and config.json of one checkpoint",
                      null));
      warnings.addAll(Verbalizer.warnings(config.task(), tokenizer));
    }

    private void conflicts(Verbalizer verbalizer, Set<String> reported) {
      for (List<LabelWord> conflict : verbalizer.conflicts()) {
        LabelWord first = conflict.get(0);
        LabelWord second = conflict.get(1);
        // The loader itself reports a word that is listed twice.
        if (!first.word().equals(second.word()) && reported.add(path(second))) {
          problems.at(
              path(second),
              String.format(
                  "the word '%s' of class %s, which begins with the token %d '%s' as the word '%s'"
                      + " of class %s does",
                  second.word(),
                  second.className(),
                  second.token(),
                  tokenizer.token(second.token()),
                  first.word(),
                  first.className()),
              "a word whose first token begins no word of another class",
              null);
        }
      }
    }

    private String path(LabelWord word) {
      TaskConfig task = config.task();
      TaskConfig asked = task.questions().get(0); // all have the same words
      int index = asked.classes().getOrDefault(word.className(), List.of()).indexOf(word.word());
      return (task.multiLabel() ? "task.answers." : "task.classes.")
          + word.className()
          + "."
          + index;
    }

    private void positions() {
      int room = shape.maxPositions() - prompt.length();
      if (room < 1) {
        problems.at(
            "task.prompt.prefix",
            "a prompt of " + prompt.length() + " tokens",
            "fewer than the teacher's " + shape.maxPositions() + " positions",
            null);
        return;
      }
      fits("sampler.length.max", config.sampler().length().max(), "vectors", room);
      TextTraceConfig text = config.trace().text();
      if (text != null) {
        fits("trace.text.max_length", text.maxLength(), "tokens", room);
      }
      if (config.task().calibration() instanceof CalibrationConfig.Contextual contextual) {
        int length = tokenizer.encode(contextual.text()).length;
        fits("task.calibration.text", length, "tokens", room);
      }
    }

    private void fits(String key, int length, String unit, int room) {
      if (length > room) {
        problems.at(
            key,
            length + " " + unit,
            String.format(
                "at most %d: the teacher's %d positions − %d tokens of the prompt",
                room, shape.maxPositions(), prompt.length()),
            key.endsWith("text") ? null : Integer.toString(room));
      }
    }
  }
}
