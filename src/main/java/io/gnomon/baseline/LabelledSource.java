package io.gnomon.baseline;

import io.gnomon.baseline.Experiments.Given;
import io.gnomon.config.DataConfig;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.TextConfig;
import io.gnomon.config.TextConfig.Labels;
import io.gnomon.data.LabelledSet;
import io.gnomon.data.LabelledSets;
import io.gnomon.data.LabelledText;
import io.gnomon.evaluation.TokenizedSet;
import io.gnomon.experiment.Labelling;
import io.gnomon.experiment.TeacherSide;
import io.gnomon.experiment.TrainingSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Real text. Under its own labels the student is trained directly, and the objective is that of a
 * projection with a one among zeros for g: the cross-entropy, to which generalized KL adds mass
 * terms that bring c to 1 (both sides sum to one), so that c drops out. Under the teacher's answers
 * it is distillation.
 */
final class LabelledSource implements TrainingSource {
  private final ExperimentConfig config;
  private final TextConfig.Labelled text;
  private final DataConfig data;
  private final @Nullable Given given;
  private @Nullable LabelledSet read;
  private double preparation;

  /**
   * A source of {@code text}.
   *
   * @param given the texts themselves; null has them read
   */
  LabelledSource(ExperimentConfig config, TextConfig.Labelled text, @Nullable Given given) {
    this.given = given;
    this.config = config;
    this.text = text;
    this.data =
        text.set(config.task())
            .orElseThrow(
                () ->
                    new InputException(
                        "text.data: expected a labelled set to train on, found none; name one"));
  }

  /** Rows of several labels are no rows of a task with one label a text. */
  @Override
  public void read() {
    long start = System.nanoTime();
    this.read = given == null ? fitting() : given.texts();
    this.preparation = TextTraining.since(start);
  }

  private LabelledSet fitting() {
    LabelledSet all = LabelledSets.read(data);
    LabelledSet fitting = config.task().multiLabel() ? all : all.withOneLabel();
    return text.limit() == 0 ? fitting : fitting.limit(text.limit());
  }

  @Override
  public Optional<Training> open(Setting setting) {
    LabelledSet set = Objects.requireNonNull(read, "read() comes first");
    setting.listener().note("this run reads text: " + describe(set));
    long start = System.nanoTime();
    List<String> texts = set.rows().stream().map(LabelledText::text).toList();
    TokenizedSet tokens = setting.side().tokenized(texts, set::where, text.maxLength());
    preparation += TextTraining.since(start);
    Map<String, Double> costs = new LinkedHashMap<>();
    costs.put(TextTraining.PREPARATION, preparation);
    return targets(setting, set, tokens, costs)
        .map(g -> TextTraining.of(config, setting.side(), tokens, g, facts(set), costs));
  }

  /** What the texts are to be answered with, (N, K); empty when stopped. */
  private Optional<double[][]> targets(
      Setting setting, LabelledSet set, TokenizedSet tokens, Map<String, Double> costs) {
    TeacherSide side = setting.side();
    if (text.labels() == Labels.GOLD) {
      return Optional.of(gold(set, side.classes()));
    }
    Optional<Labelling> known = given == null ? Optional.empty() : given.answers();
    Optional<Labelling> answers =
        known.or(() -> side.labels(setting.kept(), tokens, setting.listener()));
    answers.ifPresent(it -> costs.put(TextTraining.LABELLING, it.seconds()));
    return answers.map(Labelling::g);
  }

  /** 1 at the classes of a text, 0 elsewhere. */
  private static double[][] gold(LabelledSet set, List<String> classes) {
    return Arrays.stream(set.classIndicators(classes))
        .map(row -> IntStream.range(0, row.length).mapToDouble(k -> row[k] ? 1 : 0).toArray())
        .toArray(double[][]::new);
  }

  private String describe(LabelledSet set) {
    return String.format(
        "%s, %d texts, under %s",
        set.name(),
        set.size(),
        text.labels() == Labels.GOLD ? "its own labels" : "the teacher's answers");
  }

  private Map<String, Object> facts(LabelledSet set) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("kind", "labelled");
    facts.put("name", set.name());
    facts.put("split", data.split().name().toLowerCase(Locale.ROOT));
    facts.put("licence", set.licence());
    facts.put("rows", set.size());
    facts.put(
        "sha256", TextTraining.sha256(set.rows().stream().map(LabelledSource::line).toList()));
    facts.put("labels", text.labels().name().toLowerCase(Locale.ROOT));
    return facts;
  }

  private static String line(LabelledText row) {
    return String.join(",", row.labels()) + "\t" + row.text();
  }
}
