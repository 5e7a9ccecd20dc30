package io.gnomon.export;

import io.gnomon.tensor.TorchScriptArchive;
import io.gnomon.tensor.TorchScriptArchive.Held;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A student's graph as the source text of a TorchScript class, with the tensors that it holds. */
final class TorchScriptWriter implements OpWriter {
  /** The class's name. */
  static final String CLASS_NAME = "Student";

  private final StringBuilder body = new StringBuilder();
  private final List<Held> tensors = new ArrayList<>();

  private TorchScriptWriter() {}

  /**
   * The text and its tensors.
   *
   * @param source defines {@value #CLASS_NAME}, whose {@code forward(input_ids, attention_mask)}
   *     gives logits and probabilities
   */
  record Module(String source, List<Held> tensors) {
    Module {
      tensors = List.copyOf(tensors);
    }
  }

  static Module write(Graph graph) {
    TorchScriptWriter writer = new TorchScriptWriter();
    graph.write(writer);
    String last = graph.multiLabel() ? "torch.sigmoid(%s)" : "torch.softmax(%s, -1)";
    writer.line(Graph.PROBABILITIES, last.formatted(Graph.LOGITS));
    return new Module(writer.source(), writer.tensors);
  }

  private String source() {
    StringBuilder source = new StringBuilder("class " + CLASS_NAME + "(Module):\n");
    source.append("  __parameters__ = []\n  __buffers__ = [");
    tensors.forEach(tensor -> source.append('"').append(tensor.name()).append("\", "));
    source.append("]\n  training : bool\n");
    tensors.forEach(tensor -> source.append("  ").append(tensor.name()).append(" : Tensor\n"));
    return source
        .append("  def forward(self: __torch__.")
        .append(CLASS_NAME)
        .append(", input_ids: Tensor, attention_mask: Tensor) -> Tuple[Tensor, Tensor]:\n")
        .append(body)
        .append("    return (logits, probabilities)\n")
        .toString();
  }

  private void line(String to, String expression) {
    body.append("    ").append(name(to)).append(" = ").append(expression).append('\n');
  }

  /** Names of the graph as Python has them. */
  private static String name(String name) {
    return name.replace('.', '_');
  }

  private String held(Weight weight) {
    List<Long> shape = weight.shape().stream().map(Integer::longValue).toList();
    return held(
        new Held(
            name(weight.name()),
            TorchScriptArchive.Type.FLOAT,
            shape,
            out -> weight.each(rows -> out.write(LittleEndian.floats(rows)))));
  }

  private String held(Held tensor) {
    tensors.add(tensor);
    return "self." + tensor.name();
  }

  @Override
  public void renumber(Op.Renumber op, String to) {
    byte[] bytes = LittleEndian.longs(Arrays.stream(op.rows().rowOf()).asLongStream().toArray());
    List<Long> shape = List.of((long) op.rows().tokens());
    String map =
        held(
            new Held("row_of_token", TorchScriptArchive.Type.LONG, shape, out -> out.write(bytes)));
    line(to, "torch.take(%s, %s)".formatted(map, name(op.ids())));
  }

  @Override
  public void rows(Op.Rows op, String to) {
    line(to, "torch.embedding(%s, %s)".formatted(held(op.table()), name(op.ids())));
  }

  @Override
  public void product(Op.Product op, String to) {
    linear(op.x(), op.weight(), op.bias(), to);
  }

  private void linear(String x, Weight weight, Weight bias, String to) {
    line(to, "torch.linear(%s, %s, %s)".formatted(name(x), held(weight), held(bias)));
  }

  @Override
  public void lead(Op.Lead op, String to) {
    line(to, "torch.constant_pad_nd(%s, [0, 0, 1, 0], 0)".formatted(name(op.x())));
  }

  @Override
  public void extend(Op.Extend op, String to) {
    line(to, "torch.constant_pad_nd(%s, [1, 0], 1)".formatted(name(op.mask())));
  }

  @Override
  public void positions(Op.Positions op, String to) {
    String seen = name(op.seen());
    line(
        to,
        op.offset() == 0
            ? "torch.sub(torch.cumsum(torch.ones_like(%s), 1), 1)".formatted(seen)
            : "torch.add(torch.mul(torch.cumsum(%s, 1), %s), %d)"
                .formatted(seen, seen, op.offset() - 1));
  }

  @Override
  public void sum(Op.Sum op, String to) {
    line(to, "torch.add(%s, %s)".formatted(name(op.a()), name(op.b())));
  }

  @Override
  public void norm(Op.Norm op, String to) {
    line(
        to,
        String.format(
            Locale.ROOT,
            "torch.layer_norm(%s, [%d], %s, %s, %.17f)",
            name(op.x()),
            op.weight().columns(),
            held(op.weight()),
            held(op.bias()),
            op.epsilon()));
  }

  @Override
  public void attend(Op.Attend op, String to) {
    String own = name(to);
    String keys = own + "_keys";
    String values = own + "_values";
    body.append(
        "    %s, %s, = torch.chunk(%s, 2, -1)\n".formatted(keys, values, name(op.keysValues())));
    line(
        own + "_seen",
        "torch.unsqueeze(torch.unsqueeze(torch.gt(%s, 0), 1), 1)".formatted(name(op.seen())));
    line(
        own + "_heads",
        "torch.scaled_dot_product_attention(%s, %s, %s, %s, 0., False, scale=1.)"
            .formatted(
                heads(op, name(op.queries())), heads(op, keys), heads(op, values), own + "_seen"));
    line(to, "torch.flatten(torch.transpose(%s, 1, 2), 2)".formatted(own + "_heads"));
  }

  /** (B, N, D) → (B, heads, N, E). */
  private static String heads(Op.Attend op, String x) {
    return "torch.transpose(torch.reshape(%s, [torch.size(%s, 0), torch.size(%s, 1), %d, %d]), 1, 2)"
        .formatted(x, x, x, op.heads(), op.width() / op.heads());
  }

  @Override
  public void pool(Op.Pool op, String to) {
    String own = name(to);
    line(own + "_seen", "torch.to(%s, 6)".formatted(name(op.mask())));
    line(
        own + "_kept",
        "torch.mul(%s, torch.unsqueeze(%s, -1))".formatted(name(op.x()), own + "_seen"));
    line(own + "_count", "torch.clamp_min(torch.sum(%s, [1], True), 1)".formatted(own + "_seen"));
    line(
        own + "_mean",
        "torch.div(torch.sum(%s, [1]), %s)".formatted(own + "_kept", own + "_count"));
    line(own + "_largest", "torch.relu(torch.amax(%s, [1]))".formatted(own + "_kept"));
    line(to, "torch.cat([%s, %s], 1)".formatted(own + "_mean", own + "_largest"));
  }

  @Override
  public void gelu(Op.Gelu op, String to) {
    line(to, "torch.gelu(%s)".formatted(name(op.x())));
  }

  @Override
  public void tanh(Op.Tanh op, String to) {
    line(to, "torch.tanh(%s)".formatted(name(op.x())));
  }

  @Override
  public void first(Op.First op, String to) {
    line(to, "torch.slice(%s, 1, 0, 1)".formatted(name(op.x())));
  }

  @Override
  public void only(Op.Only op, String to) {
    line(to, "torch.select(%s, 1, 0)".formatted(name(op.x())));
  }

  @Override
  public void scores(Op.Scores op, String to) {
    linear(op.x(), op.weight(), op.bias(), to);
  }
}
