package io.gnomon.export;

/** Writes each {@link Op} in one format; {@code to} is the name of its result. */
interface OpWriter {
  void renumber(Op.Renumber op, String to);

  void rows(Op.Rows op, String to);

  void product(Op.Product op, String to);

  void lead(Op.Lead op, String to);

  void extend(Op.Extend op, String to);

  void positions(Op.Positions op, String to);

  void sum(Op.Sum op, String to);

  void norm(Op.Norm op, String to);

  void attend(Op.Attend op, String to);

  void pool(Op.Pool op, String to);

  void gelu(Op.Gelu op, String to);

  void tanh(Op.Tanh op, String to);

  void first(Op.First op, String to);

  void only(Op.Only op, String to);

  void scores(Op.Scores op, String to);
}
