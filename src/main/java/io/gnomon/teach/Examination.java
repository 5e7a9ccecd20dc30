package io.gnomon.teach;

import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.config.DataConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.MethodConfig.Lora;
import io.gnomon.config.TeachConfig;
import io.gnomon.config.TeachConfig.LessonConfig;
import io.gnomon.data.LabelledSets;
import io.gnomon.evaluation.Bootstrap;
import io.gnomon.evaluation.Predictions;
import io.gnomon.evaluation.Scores;
import io.gnomon.evaluation.TokenizedSet;
import io.gnomon.teacher.LanguageModel;
import io.gnomon.teacher.Teacher;
import io.gnomon.tensor.Devices;
import io.gnomon.tensor.Precision;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a finished teacher reaches on the whole evaluation set of each of its tasks. */
public final class Examination {
  private static final long SEED = 1;

  private final TeachConfig config;
  private final TeachListener listener;

  public Examination(TeachConfig config, TeachListener listener) {
    this.config = config;
    this.listener = listener;
  }

  /**
   * Examines the teacher in the configuration's output folder, read back as anyone would read it,
   * and writes {@code metrics.json} there; beside the adapter under LoRA, for then the adapter is
   * what is kept. Texts are cut as its lessons were. A task without a set, or whose set is not at
   * hand, is said and left out.
   *
   * @return figures by task name
   */
  public Map<String, Scores> run() {
    Map<String, Scores> results = new LinkedHashMap<>();
    try (LanguageModel model =
        LanguageModel.load(
            config.output(), Precision.FP32, Devices.of(config.runtime().device()))) {
      for (LessonConfig lesson : config.lessons()) {
        DataConfig data = lesson.task().data();
        if (data == null) {
          continue;
        }
        listener.prepared("examining " + lesson.task().name());
        try {
          results.put(lesson.task().name(), examine(model, lesson, data));
        } catch (InputException missing) {
          listener.prepared(
              "not examined on " + lesson.task().name() + ": " + missing.getMessage());
        }
      }
    }
    JsonMapper json =
        JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();
    AtomicFiles.writeString(
        kept().resolve("metrics.json"), json.writeValueAsString(results) + "\n");
    return results;
  }

  private Path kept() {
    Path output = Path.of(config.output());
    return config.method() instanceof Lora ? output.resolve(AdapterFolder.NAME) : output;
  }

  private static Scores examine(LanguageModel model, LessonConfig lesson, DataConfig data) {
    try (Teacher teacher = Teacher.of(model, lesson.task())) {
      TokenizedSet set =
          TokenizedSet.of(
              LabelledSets.read(data).withOneLabel(),
              model.tokenizer(),
              teacher.classes(),
              lesson.maxLength());
      Predictions predictions =
          Predictions.of(set.gold(), Predictions.likeliest(set.answers(teacher)));
      return Scores.of(
          predictions, teacher.classes(), new Bootstrap(set.size(), Bootstrap.RESAMPLES, SEED));
    }
  }
}
