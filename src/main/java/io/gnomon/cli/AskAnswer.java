package io.gnomon.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code gnomon ask} answers; {@code --json} prints it as it is.
 *
 * @param teacher the folder, or embedded:NAME
 * @param modelType the family, as config.json has it
 * @param task name of the task; absent without one
 * @param words the task's words as tokens; absent without one
 * @param warnings what the user should know, such as words of several tokens
 * @param answers one an input
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AskAnswer(
    String teacher,
    String modelType,
    String precision,
    String device,
    @Nullable String task,
    @Nullable List<Word> words,
    List<String> warnings,
    List<Answer> answers) {

  /**
   * A label word.
   *
   * @param token its first token, as the vocabulary writes it
   * @param id the token's id
   * @param tokens tokens of the whole word
   */
  record Word(
      @JsonProperty("class") String className, String word, String token, long id, int tokens) {}

  /**
   * The answer to one input.
   *
   * @param text the input; absent where ids were given
   * @param ids its tokens, without the prompt's
   * @param probabilities by class; absent without a task
   * @param nextTokens the likeliest, best first
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Answer(
      @Nullable String text,
      List<Long> ids,
      @Nullable Map<String, Float> probabilities,
      List<Candidate> nextTokens) {}

  /**
   * A token that may come next.
   *
   * @param token as the vocabulary writes it; absent without a tokenizer
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Candidate(int id, @Nullable String token, float logit) {}
}
