package io.gnomon.experiment;

import ai.djl.ndarray.NDArray;
import io.gnomon.sampler.Confidence;
import io.gnomon.teacher.EmbeddingTable;
import io.gnomon.teacher.Teacher;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A teacher as samplers ask it. What it said of single tokens is remembered for the next sampler.
 */
final class TeacherConfidence implements Confidence {
  private final Supplier<Teacher> teacher;
  private Consumer<String> notes = note -> {};
  private @Nullable Told told;

  /** Its last answers about tokens. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, compared by its parts where it is read
  private record Told(int[] tokens, int copies, float[][] g) {}

  /**
   * Of this teacher.
   *
   * @param teacher asked for when the first sampler does: most never do
   */
  TeacherConfidence(Supplier<Teacher> teacher) {
    this.teacher = teacher;
  }

  /** Who hears in a line that many tokens are asked about. */
  void notes(Consumer<String> listener) {
    this.notes = listener;
  }

  @Override
  public NDArray probabilities(NDArray x) {
    return teacher.get().probabilities(x);
  }

  @Override
  public NDArray gradient(NDArray x, float[] weights) {
    return teacher.get().gradient(x, weights);
  }

  @Override
  public synchronized float[][] ofTokens(EmbeddingTable table, int[] tokens, int copies) {
    Told last = told;
    if (last == null || last.copies() != copies || !Arrays.equals(last.tokens(), tokens)) {
      notes.accept(
          "the teacher is asked about " + tokens.length + " tokens, of which the sampler draws");
      last = new Told(tokens, copies, Confidence.super.ofTokens(table, tokens, copies));
      told = last;
    }
    return last.g();
  }
}
