package io.gnomon.teacher;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import io.gnomon.nn.Decoder;
import io.gnomon.nn.SharedInputs;
import java.util.List;

/**
 * The answers to all questions of a multi-label task. The inputs have been run once; the suffixes
 * run on top of their keys and values, some side by side in one row, and each sees the input and
 * itself alone: the answers are those of K prompts run apart.
 */
final class LabelAnswers {
  /**
   * Suffix positions run at once, over all rows: many enough for products at full speed, few enough
   * that K suffixes take no more memory than a batch of inputs. At least one suffix is run.
   */
  private static final int POSITIONS = 2048;

  private LabelAnswers() {}

  /**
   * Asks everything.
   *
   * @return (B, K, 2): for each label the probability that the input has it, and that it has not
   */
  static NDArray of(Decoder decoder, SharedInputs inputs, List<Question> questions) {
    NDList answers = new NDList();
    int first = 0;
    while (first < questions.size()) {
      int end = end(questions, first, POSITIONS / inputs.rows());
      List<Question> piece = questions.subList(first, end);
      NDArray last = last(inputs, piece); // (B, E, D)
      for (int i = 0; i < piece.size(); i++) {
        answers.add(answer(decoder, last.get(new NDIndex(":, {}", i)), piece.get(i)));
      }
      first = end;
    }
    return NDArrays.stack(answers, 1);
  }

  /** End of the piece that begins at {@code first} and has at most {@code most} positions. */
  private static int end(List<Question> questions, int first, int most) {
    int end = first + 1;
    int positions = questions.get(first).length();
    while (end < questions.size() && positions + questions.get(end).length() <= most) {
      positions += questions.get(end).length();
      end++;
    }
    return end;
  }

  private static NDArray last(SharedInputs inputs, List<Question> piece) {
    NDList suffixes = new NDList();
    piece.forEach(question -> suffixes.add(question.suffix()));
    NDArray endings = NDArrays.concat(suffixes, 1); // (1, S, d)
    return inputs.last(endings, piece.stream().mapToInt(Question::length).toArray());
  }

  /** (B, D) → (B, 2). */
  private static NDArray answer(Decoder decoder, NDArray last, Question question) {
    return question.readout().probabilities(decoder.readOut(last, question.rows()));
  }
}
