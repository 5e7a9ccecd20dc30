package io.gnomon.teach;

import io.gnomon.TinyTeacher;
import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.config.DataConfig;
import io.gnomon.config.MethodConfig;
import io.gnomon.config.OptimizerConfig;
import io.gnomon.config.RuntimeConfig;
import io.gnomon.config.StudentConfig.Arithmetic;
import io.gnomon.config.TeachConfig;
import io.gnomon.config.TeachConfig.LessonConfig;
import io.gnomon.config.TeachConfig.LossConfig;
import io.gnomon.config.TeachConfig.ModelConfig;
import io.gnomon.config.TeachConfig.ScheduleConfig;
import io.gnomon.config.TeachConfig.TokenizerConfig;
import io.gnomon.data.LabelledSets;
import io.gnomon.teacher.Tokenizer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Sixty short films, half of them liked, and what is taught from them. */
final class TinyLesson {
  static final int ROWS = 60;

  /** No noise of any kind. */
  static final LossConfig PLAIN = new LossConfig(0, 5, 0, 0, 0);

  private static final List<String> NOUNS = List.of("plot", "cast", "score", "end", "cut");

  private TinyLesson() {}

  /** Writes the set to {@code folder}. */
  static DataConfig.Table write(Path folder) {
    StringBuilder csv = new StringBuilder("text,label\n");
    SplittableRandom random = new SplittableRandom(5);
    for (int row = 0; row < ROWS; row++) {
      String liked = row % 2 == 0 ? "lovely" : "boring";
      int length = 1 + random.nextInt(7);
      for (int i = 0; i < length; i++) {
        String noun = NOUNS.get(random.nextInt(NOUNS.size()));
        csv.append(String.format(Locale.ROOT, "%s %s ", liked, noun));
      }
      csv.append(row).append(row % 2 == 0 ? ",positive\n" : ",negative\n");
    }
    Path file = folder.resolve("films.csv");
    AtomicFiles.writeString(file, csv.toString());
    return new DataConfig.Table(
        file.toString(), DataConfig.Split.TRAIN, "text", "label", null, "CC0-1.0");
  }

  /** Row {@code row} of the lesson as it stands in the set: single-label epochs keep the order. */
  static List<Example> examples(Lesson lesson, int... rows) {
    List<Example> all = lesson.examples().epoch(new SplittableRandom(1));
    return Arrays.stream(rows).mapToObj(all::get).toList();
  }

  static LessonConfig config(DataConfig data, int batch, int maxLength, double crop) {
    return new LessonConfig(TinyTeacher.task(), data, 1, batch, maxLength, crop);
  }

  /** The lesson in the tokens of {@link TinyTeacher}. */
  static Lesson lesson(Path folder, Tokenizer tokenizer, int batch, int maxLength) {
    DataConfig data = write(folder);
    return Lesson.of(
        config(data, batch, maxLength, 0),
        LabelledSets.read(data),
        tokenizer,
        TinyTeacher.POSITIONS);
  }

  /** {@code config} at a constant rate over {@code steps} steps, logged at other times. */
  static TeachConfig constant(TeachConfig config, int steps) {
    return new TeachConfig(
        "another",
        config.output(),
        config.seed(),
        config.from(),
        config.method(),
        config.precision(),
        config.tokenizer(),
        config.model(),
        config.lessons(),
        config.loss(),
        new OptimizerConfig(
            0.02, 1, 0.01, 0.9, 0.99, 1e-8, 3, OptimizerConfig.Schedule.CONSTANT, 1),
        new ScheduleConfig(steps, 0.9, 1, 5 + steps % 7, 25),
        config.runtime());
  }

  static TeachConfig teaching(Path data, Path output, @Nullable String from, LossConfig loss) {
    return teaching(data, output, from, new MethodConfig.Full(), loss);
  }

  static TeachConfig teaching(
      Path data, Path output, @Nullable String from, MethodConfig method, LossConfig loss) {
    return new TeachConfig(
        "tiny",
        output.toString(),
        5,
        from,
        method,
        Arithmetic.FP32,
        new TokenizerConfig(290, true),
        new ModelConfig(12, 2, 3, 1, 17, 61),
        List.of(config(write(data), 8, 31, 0.5)),
        loss,
        new OptimizerConfig(0.02, 1, 0.01, 0.9, 0.99, 1e-8, 3, OptimizerConfig.Schedule.COSINE, 1),
        new ScheduleConfig(60, 0.9, 1, 10, 25),
        new RuntimeConfig("cpu", 1, RuntimeConfig.Overlap.AUTO));
  }
}
