package io.gnomon.cli;

import io.gnomon.cli.AskAnswer.Answer;
import io.gnomon.cli.AskAnswer.Candidate;
import io.gnomon.cli.AskAnswer.Word;
import io.gnomon.config.CalibrationConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.teacher.LanguageModel;
import io.gnomon.teacher.NextToken;
import io.gnomon.teacher.PromptTokens;
import io.gnomon.teacher.Teacher;
import io.gnomon.teacher.TokenBatch;
import io.gnomon.teacher.Verbalizer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Asks a model, at a task's prompt or bare. */
final class Asking {
  private final LanguageModel model;
  private final @Nullable TaskConfig task;
  private final int top;

  /**
   * A model to be asked.
   *
   * @param task null for the bare text
   * @param top next tokens in an answer
   */
  Asking(LanguageModel model, @Nullable TaskConfig task, int top) {
    this.model = model;
    this.task = task;
    this.top = top;
  }

  /** Asks for every text, then for every list of ids; all are looked at before the first. */
  AskAnswer answer(
      String path, String precision, String device, List<String> texts, List<AskInput> ids) {
    List<AskInput> inputs = new ArrayList<>();
    for (String text : texts) {
      inputs.add(AskInput.text(text, inputs.size() + 1, task == null, model.tokenizer()));
    }
    inputs.addAll(ids);
    PromptTokens prompt =
        task == null
            ? new PromptTokens(new long[0], new long[0])
            : PromptTokens.of(task.questions().get(0).prompt(), model.tokenizer());
    int longest = task == null ? 0 : PromptTokens.longest(task, model.tokenizer()).length();
    for (AskInput input : inputs) {
      input.requireBelow(model.shape().vocabulary());
      input.requireAtMost(model.shape().maxPositions(), longest);
    }
    String family = model.shape().family();
    if (task == null) {
      List<Answer> answers =
          inputs.stream().map(input -> answer(input, prompt, /* teacher= */ null)).toList();
      return new AskAnswer(path, family, precision, device, null, null, List.of(), answers);
    }
    try (Teacher teacher = Teacher.of(model, task)) {
      List<Answer> answers = inputs.stream().map(input -> answer(input, prompt, teacher)).toList();
      return new AskAnswer(
          path,
          family,
          precision,
          device,
          task.name(),
          words(teacher.verbalizers()),
          warnings(task),
          answers);
    }
  }

  /** The words of all questions; those of one label are mostly those of the next. */
  private List<Word> words(List<Verbalizer> verbalizers) {
    return verbalizers.stream()
        .flatMap(verbalizer -> verbalizer.words().stream())
        .distinct()
        .map(
            word ->
                new Word(
                    word.className(),
                    word.word(),
                    model.tokenizer().token(word.token()),
                    word.token(),
                    word.pieces()))
        .toList();
  }

  private List<String> warnings(TaskConfig prompt) {
    List<String> warnings = new ArrayList<>(Verbalizer.warnings(prompt, model.tokenizer()));
    if (prompt.multiLabel()) {
      warnings.add(
          "the next tokens are those behind the question of the first label, "
              + prompt.classes().keySet().iterator().next());
    }
    if (prompt.calibration() instanceof CalibrationConfig.FromSampler) {
      warnings.add(
          "task.calibration is the mean over a sampler's inputs; no sampler here, so these"
              + " probabilities are without it");
    }
    return warnings;
  }

  private Answer answer(AskInput input, PromptTokens prompt, @Nullable Teacher teacher) {
    float[] logits = model.nextTokenLogits(prompt.around(input.ids()));
    for (float logit : logits) {
      if (!Float.isFinite(logit)) {
        throw new InputException(
            input.name()
                + ": expected finite logits, found "
                + logit
                + "; try --precision fp32, then another copy of the weights");
      }
    }
    List<Candidate> next =
        NextToken.likeliest(logits, top).stream()
            .map(token -> new Candidate(token.id(), shown(token.id()), token.logit()))
            .toList();
    return new Answer(
        input.text(),
        LongStream.of(input.ids()).boxed().toList(),
        teacher == null ? null : probabilities(input, teacher),
        next);
  }

  /** Ids alone need no tokenizer: then a token has no name. */
  private @Nullable String shown(int id) {
    return Files.isRegularFile(model.folder().resolve("tokenizer.json"))
        ? model.tokenizer().token(id)
        : null;
  }

  private static Map<String, Float> probabilities(AskInput input, Teacher teacher) {
    float[] values = teacher.probabilities(TokenBatch.of(List.of(input.ids())))[0];
    Map<String, Float> byClass = new LinkedHashMap<>();
    for (int k = 0; k < values.length; k++) {
      byClass.put(teacher.classes().get(k), values[k]);
    }
    return byClass;
  }
}
