package io.gnomon.baseline;

import io.gnomon.baseline.TextWriting.Written;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.TextConfig;
import io.gnomon.evaluation.TokenizedSet;
import io.gnomon.experiment.Labelling;
import io.gnomon.experiment.TrainingSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Text that the teacher's language model writes itself, put into tokens anew and answered by the
 * teacher: distillation without a set of texts (cf. Ye et al. 2022, ZeroGen). Writing and labelling
 * are costs of their own.
 */
final class GeneratedSource implements TrainingSource {
  private final ExperimentConfig config;
  private final TextConfig.Generated text;

  GeneratedSource(ExperimentConfig config, TextConfig.Generated text) {
    this.config = config;
    this.text = text;
  }

  /** There is nothing to read. */
  @Override
  public void read() {}

  @Override
  public Optional<Training> open(Setting setting) {
    setting
        .listener()
        .note(
            "this run trains on text: "
                + text.texts()
                + " texts written by "
                + (text.writer() == null ? "its teacher" : text.writer()));
    TextWriting writing = new TextWriting(config, text, setting.side(), setting.kept());
    return writing.run(setting.listener()).flatMap(written -> labelled(setting, written));
  }

  private Optional<Training> labelled(Setting setting, Written written) {
    long start = System.nanoTime();
    TokenizedSet tokens =
        setting.side().tokenized(written.texts(), i -> "written text " + (i + 1), text.maxLength());
    double preparation = TextTraining.since(start);
    Optional<Labelling> answers = setting.side().labels(setting.kept(), tokens, setting.listener());
    return answers.map(
        it ->
            TextTraining.of(
                config,
                setting.side(),
                tokens,
                it.g(),
                facts(written),
                costs(written, preparation, it)));
  }

  private static Map<String, Double> costs(Written written, double preparation, Labelling answers) {
    Map<String, Double> costs = new LinkedHashMap<>();
    costs.put(TextTraining.PREPARATION, preparation);
    costs.put(TextTraining.GENERATION, written.seconds());
    costs.put(TextTraining.LABELLING, answers.seconds());
    return costs;
  }

  private Map<String, Object> facts(Written written) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("kind", "generated");
    facts.put("name", "written by " + (text.writer() == null ? "the teacher" : text.writer()));
    facts.put("rows", written.texts().size());
    facts.put("sha256", TextTraining.sha256(written.texts()));
    facts.put("labels", "teacher");
    facts.put("prompts", text.prompts(config.task()));
    facts.put("temperature", text.temperature());
    facts.put("top_p", text.topP());
    return facts;
  }
}
