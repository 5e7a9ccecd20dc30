package io.gnomon.teach;

import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.Json;
import io.gnomon.config.DataConfig;
import io.gnomon.config.DataConfig.GoEmotions;
import io.gnomon.config.InputException;
import io.gnomon.config.MethodConfig.Lora;
import io.gnomon.config.TaskConfig;
import io.gnomon.config.TeachConfig;
import io.gnomon.config.TeachConfig.LessonConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.data.LabelledSets;
import io.gnomon.evaluation.Bootstrap;
import io.gnomon.evaluation.Decision;
import io.gnomon.evaluation.LabelEvaluation;
import io.gnomon.evaluation.LabelEvaluation.Answered;
import io.gnomon.evaluation.Predictions;
import io.gnomon.evaluation.Scores;
import io.gnomon.evaluation.TokenizedSet;
import io.gnomon.teacher.LanguageModel;
import io.gnomon.teacher.Teacher;
import io.gnomon.tensor.Devices;
import io.gnomon.tensor.Precision;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What a finished teacher reaches on the whole evaluation set of each of its tasks. */
public final class FinalEvaluation {
  private static final long SEED = 1;

  private final TeachConfig config;
  private final TeachListener listener;
  private final Map<String, Scores> scores = new LinkedHashMap<>();
  private final Map<String, List<Decision>> decisions = new LinkedHashMap<>();

  /**
   * Figures by task name.
   *
   * @param scores of the tasks whose texts have one class each
   * @param decisions of the multi-label tasks, a rule of decision each
   */
  public record Results(Map<String, Scores> scores, Map<String, List<Decision>> decisions) {}

  public FinalEvaluation(TeachConfig config, TeachListener listener) {
    this.config = config;
    this.listener = listener;
  }

  /**
   * Examines the teacher in the configuration's output folder, read back as anyone would read it,
   * and writes {@code metrics.json} there; beside the adapter under LoRA, for then the adapter is
   * what is kept. Texts are cut as its lessons were. A task without a set, or whose set is not at
   * hand, is said and left out.
   */
  public Results run() {
    try (LanguageModel model =
        LanguageModel.load(
            config.output(), Precision.FP32, Devices.of(config.runtime().device()))) {
      for (LessonConfig lesson : config.lessons()) {
        DataConfig data = lesson.task().data();
        if (data != null) {
          listener.prepared("examining " + lesson.task().name());
          tryExamining(model, lesson, data);
        }
      }
    }
    Map<String, Object> all = new LinkedHashMap<>(scores);
    all.putAll(decisions);
    AtomicFiles.writeString(kept().resolve("metrics.json"), Json.write(all));
    return new Results(scores, decisions);
  }

  private Path kept() {
    Path output = Path.of(config.output());
    return config.method() instanceof Lora ? output.resolve(AdapterFolder.NAME) : output;
  }

  private void tryExamining(LanguageModel model, LessonConfig lesson, DataConfig data) {
    TaskConfig task = lesson.task();
    try (Teacher teacher = Teacher.of(model, task)) {
      if (task.multiLabel()) {
        decisions.put(task.name(), labels(teacher, lesson, data));
      } else {
        scores.put(task.name(), classes(teacher, lesson, data));
      }
    } catch (InputException missing) {
      listener.prepared("not examined on " + task.name() + ": " + missing.getMessage());
    }
  }

  private static Scores classes(Teacher teacher, LessonConfig lesson, DataConfig data) {
    TokenizedSet set = tokenized(LabelledSets.read(data).withOneLabel(), teacher, lesson);
    Predictions predictions =
        Predictions.of(set.gold(), Predictions.likeliest(set.answers(teacher)));
    return Scores.of(
        predictions, teacher.classes(), new Bootstrap(set.size(), Bootstrap.RESAMPLES, SEED));
  }

  private static List<Decision> labels(Teacher teacher, LessonConfig lesson, DataConfig data) {
    Answered test = answered(LabelledSets.read(data), teacher, lesson);
    Optional<Answered> dev =
        data instanceof GoEmotions emotions && emotions.split() != DataConfig.Split.DEV
            ? Optional.of(answered(LabelledSets.read(emotions.dev()), teacher, lesson))
            : Optional.empty();
    return LabelEvaluation.of(test, dev, OptionalInt.empty(), teacher.classes()).teacher();
  }

  /** The teacher's answers in the places of both. */
  private static Answered answered(LabelledSet set, Teacher teacher, LessonConfig lesson) {
    TokenizedSet texts = tokenized(set, teacher, lesson);
    double[][] g = texts.answers(teacher);
    return new Answered(texts.labels(), g, g);
  }

  private static TokenizedSet tokenized(LabelledSet set, Teacher teacher, LessonConfig lesson) {
    return TokenizedSet.of(set, teacher.model().tokenizer(), lesson.task(), lesson.maxLength());
  }
}
