package io.gnomon.sampler;

import io.gnomon.config.InputException;
import io.gnomon.teacher.EmbeddingTable;
import java.util.List;

/**
 * What a sampler may know of its teacher. None of it is text.
 *
 * @param table the token embeddings, (V, d)
 * @param tokensByRank ids that may be drawn, neither special nor unused, in merge order (see {@link
 *     TokenPrior})
 * @param merges left part, right part and result of each of the tokenizer's merges, in order; empty
 *     when it has none
 * @param labels the first tokens of each class's label words, in class order
 * @param confidence the teacher's answers and their gradients
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of ids, never compared
public record TeacherView(
    EmbeddingTable table,
    int[] tokensByRank,
    List<int[]> merges,
    List<int[]> labels,
    Confidence confidence) {

  public TeacherView {
    merges = List.copyOf(merges);
    labels = List.copyOf(labels);
  }

  /** A view of the embedding space alone; samplers that need more than that are refused. */
  public static TeacherView ofSpace(EmbeddingTable table, int[] tokensByRank) {
    return new TeacherView(table, tokensByRank, List.of(), List.of(), new AbsentTeacher());
  }

  /** K. */
  int classes() {
    return labels.size();
  }

  /** Refuses a sampler of this kind where no task says which classes there are. */
  void requireTask(String kind) {
    if (labels.isEmpty()) {
      throw new InputException(
          "sampler.kind: expected a sampler that needs no task here, found "
              + kind
              + "; choose one without label words and teacher, as bursty");
    }
  }

  /** The merges; refuses a tokenizer without any. */
  List<int[]> requireMerges() {
    if (merges.isEmpty()) {
      throw new InputException(
          "sampler.prior: expected a tokenizer with merges for the prior 'merges', found one"
              + " without; choose zipf");
    }
    return merges;
  }
}
