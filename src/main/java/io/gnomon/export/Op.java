package io.gnomon.export;

import java.util.List;

/**
 * One operation of a student. Texts name what it reads: an input of the graph or an earlier step. B
 * texts, T tokens, S = 1 + T positions with the start vector, D width, F any other width, K labels.
 */
sealed interface Op {
  /** Calls the method of {@code writer} that is for this operation. */
  void write(OpWriter writer, String to);

  /** The numbers it holds. */
  default List<Weight> weights() {
    return List.of();
  }

  /** Ids of the tokenizer → rows of a table that kept some: any shape of int64, the same shape. */
  record Renumber(KeptRows rows, String ids) implements Op {
    @Override
    public void write(OpWriter writer, String to) {
      writer.renumber(this, to);
    }
  }

  /** Rows of a table (V, D): (B, T) of int64 → (B, T, D). */
  record Rows(Weight table, String ids) implements Op {
    @Override
    public void write(OpWriter writer, String to) {
      writer.rows(this, to);
    }

    @Override
    public List<Weight> weights() {
      return List.of(table);
    }
  }

  /** x Wᵀ + b for W (F, D): (…, D) → (…, F). */
  record Product(Weight weight, Weight bias, String x) implements Op {
    @Override
    public void write(OpWriter writer, String to) {
      writer.product(this, to);
    }

    @Override
    public List<Weight> weights() {
      return List.of(weight, bias);
    }
  }

  /** A position of zeros in front: (B, T, D) → (B, 1 + T, D). */
  record Lead(String x) implements Op {
    @Override
    public void write(OpWriter writer, String to) {
      writer.lead(this, to);
    }
  }

  /** A one in front of the mask, for the start is always seen: (B, T) of int64 → (B, 1 + T). */
  record Extend(String mask) implements Op {
    @Override
    public void write(OpWriter writer, String to) {
      writer.extend(this, to);
    }
  }

  /**
   * Rows of the position table: (B, S), 1 or 0 → (B, S) of int64. With an offset, positions are
   * counted over what is seen, from the offset on, and the unseen have the row before it, as in
   * RoBERTa; without, they are counted straight on, as in BERT.
   */
  record Positions(String seen, int offset) implements Op {
    @Override
    public void write(OpWriter writer, String to) {
      writer.positions(this, to);
    }
  }

  /** a + b, of one shape. */
  record Sum(String a, String b) implements Op {
    @Override
    public void write(OpWriter writer, String to) {
      writer.sum(this, to);
    }
  }

  /** LayerNorm over the last axis. */
  record Norm(Weight weight, Weight bias, double epsilon, String x) implements Op {
    @Override
    public void write(OpWriter writer, String to) {
      writer.norm(this, to);
    }

    @Override
    public List<Weight> weights() {
      return List.of(weight, bias);
    }
  }

  /**
   * Attention of several heads, of queries that are scaled already: queries (B, Q, D), keys and
   * values side by side (B, S, 2 D), seen (B, S) → (B, Q, D).
   */
  record Attend(String queries, String keysValues, String seen, int heads, int width)
      implements Op {
    @Override
    public void write(OpWriter writer, String to) {
      writer.attend(this, to);
    }
  }

  /**
   * Mean and largest over the tokens, side by side, zero counting among what the largest is taken
   * of; (B, T, M), and the mask (B, T) of int64 → (B, 2 M). Without tokens, zeros.
   */
  record Pool(String x, String mask) implements Op {
    @Override
    public void write(OpWriter writer, String to) {
      writer.pool(this, to);
    }
  }

  /** GELU, the exact one. */
  record Gelu(String x) implements Op {
    @Override
    public void write(OpWriter writer, String to) {
      writer.gelu(this, to);
    }
  }

  /** Hyperbolic tangent. */
  record Tanh(String x) implements Op {
    @Override
    public void write(OpWriter writer, String to) {
      writer.tanh(this, to);
    }
  }

  /** The first position: (B, S, D) → (B, 1, D). */
  record First(String x) implements Op {
    @Override
    public void write(OpWriter writer, String to) {
      writer.first(this, to);
    }
  }

  /** The only position: (B, 1, D) → (B, D). */
  record Only(String x) implements Op {
    @Override
    public void write(OpWriter writer, String to) {
      writer.only(this, to);
    }
  }

  /** The last product, whose numbers stay float32: (B, D) → logits (B, K). */
  record Scores(Weight weight, Weight bias, String x) implements Op {
    @Override
    public void write(OpWriter writer, String to) {
      writer.scores(this, to);
    }

    @Override
    public List<Weight> weights() {
      return List.of(weight, bias);
    }
  }
}
