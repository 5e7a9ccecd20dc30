package io.gnomon.teacher;

import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import java.util.List;

/** Whether a model can be held at a task's prompt; where it cannot, one line says why. */
final class PromptChecks {
  private final LanguageModel model;
  private final TaskConfig task;

  private PromptChecks(LanguageModel model, TaskConfig task) {
    this.model = model;
    this.task = task;
  }

  /**
   * Refuses what cannot be asked.
   *
   * @throws InputException when a label word's first token begins a word of another class or is
   *     none of the model's, the prompt leaves no position for an input, or labels cannot be told
   *     apart
   */
  static void require(LanguageModel model, TaskConfig task) {
    PromptChecks checks = new PromptChecks(model, task);
    task.questions().forEach(checks::requireAnswerable);
    checks.requireSuffixes();
  }

  private void requireAnswerable(TaskConfig asked) {
    Verbalizer verbalizer = Verbalizer.of(asked, model.tokenizer());
    verbalizer.requireDistinct(asked);
    requireWordsOfTheModel(verbalizer);
    requireRoom(asked);
  }

  private void requireWordsOfTheModel(Verbalizer verbalizer) {
    verbalizer
        .beyond(model.shape().vocabulary())
        .ifPresent(
            found -> {
              throw new InputException(
                  model.folder()
                      + ": expected tokenizer.json and config.json of one checkpoint, found "
                      + found
                      + "; take the tokenizer.json of this very model");
            });
  }

  private void requireRoom(TaskConfig asked) {
    int positions = model.shape().maxPositions();
    int length = PromptTokens.of(asked.prompt(), model.tokenizer()).length();
    if (length >= positions) {
      throw new InputException(
          String.format(
              "task %s: expected a prompt of fewer tokens than the teacher's %d positions, found"
                  + " %d; shorten prefix or suffix",
              asked.name(), positions, length));
    }
  }

  /**
   * A label is asked for behind the input: with nothing there, all labels would be one question.
   */
  private void requireSuffixes() {
    for (TaskConfig asked : task.multiLabel() ? task.questions() : List.<TaskConfig>of()) {
      if (model.tokenizer().encode(asked.prompt().suffix()).length == 0) {
        throw new InputException(
            String.format(
                "task %s: expected a suffix of a token or more, found '%s', of which the tokenizer"
                    + " leaves nothing; take another phrase",
                asked.name(), asked.prompt().suffix()));
      }
    }
  }
}
