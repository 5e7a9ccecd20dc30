package io.gnomon.speed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import io.gnomon.nn.DecoderParameters;
import io.gnomon.nn.DecoderShape;
import io.gnomon.nn.Parameters;
import io.gnomon.nn.Rope;
import io.gnomon.tensor.Scopes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The decoder written down in plain DJL operations, float32, no kernel of ours: what the ladder
 * starts from and what its answers are held against.
 *
 * <p>B rows, S new positions, P positions before them, D width, H heads, G key/value heads, E head
 * width, F feed-forward width.
 */
final class PlainDecoder implements AutoCloseable {
  private final DecoderShape shape;
  private final NDManager manager;
  private final NDArray norm;
  private final NDArray cos;
  private final NDArray sin;
  private final List<Layer> layers = new ArrayList<>();

  /** Weights of a layer, every product by itself: views of the joined ones. */
  private record Layer(
      NDArray norm1,
      List<NDArray> queryKeyValue,
      @Nullable List<NDArray> biases,
      NDArray out,
      NDArray norm2,
      NDArray gate,
      NDArray up,
      NDArray down) {}

  /** Keys and values of the positions before, (1, G, P, E) a layer each. */
  record Past(NDManager manager, List<NDArray> keys, List<NDArray> values, int length)
      implements AutoCloseable {
    @Override
    public void close() {
      manager.close();
    }
  }

  /** Views {@code parameters}, which must be float32 and stay open. */
  PlainDecoder(DecoderParameters parameters) {
    this.shape = parameters.shape();
    Parameters arrays = parameters.arrays();
    this.manager = arrays.manager().newSubManager();
    this.norm = arrays.get("model.norm.weight");
    int positions = shape.maxPositions();
    Rope.Table table = shape.rope().table(positions, shape.headDimension());
    this.cos = manager.create(table.cos(), new Shape(positions, shape.headDimension()));
    this.sin = manager.create(table.sin(), new Shape(positions, shape.headDimension()));
    for (int i = 0; i < shape.layers(); i++) {
      layers.add(layer(arrays, "model.layers." + i + "."));
    }
  }

  private Layer layer(Parameters arrays, String at) {
    List<NDArray> gateUp = rows(arrays.get(at + "mlp.gate_up_proj.weight"), shape.feedForward());
    return new Layer(
        arrays.get(at + "input_layernorm.weight"),
        queryKeyValue(arrays.get(at + "self_attn.qkv_proj.weight")),
        shape.bias() ? queryKeyValue(arrays.get(at + "self_attn.qkv_proj.bias")) : null,
        arrays.get(at + "self_attn.o_proj.weight"),
        arrays.get(at + "post_attention_layernorm.weight"),
        gateUp.get(0),
        gateUp.get(1),
        arrays.get(at + "mlp.down_proj.weight"));
  }

  private List<NDArray> queryKeyValue(NDArray joined) {
    long query = (long) shape.heads() * shape.headDimension();
    long key = (long) shape.keyValueHeads() * shape.headDimension();
    return rows(joined, query, query + key);
  }

  private List<NDArray> rows(NDArray joined, long... bounds) {
    List<NDArray> parts = new ArrayList<>();
    long from = 0;
    for (int i = 0; i <= bounds.length; i++) {
      long to = i < bounds.length ? bounds[i] : joined.getShape().get(0);
      NDArray part = joined.get(new NDIndex("{}:{}", from, to));
      part.attach(manager);
      parts.add(part);
      from = to;
    }
    return parts;
  }

  /** Keys and values of {@code x}, (1, P, D). */
  Past past(NDArray x) {
    NDManager owner = manager.newSubManager();
    List<NDArray> keys = new ArrayList<>();
    List<NDArray> values = new ArrayList<>();
    NDArray state = x;
    for (Layer layer : layers) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        List<NDArray> keyValue = new ArrayList<>();
        state = Scopes.keep(run(layer, state, null, 0, false, keyValue), owner);
        keys.add(Scopes.keep(keyValue.get(0).duplicate(), owner));
        values.add(Scopes.keep(keyValue.get(1).duplicate(), owner));
      }
    }
    return new Past(owner, keys, values, (int) x.getShape().get(1));
  }

  /**
   * All layers and the last norm.
   *
   * @param x (B, S, D)
   * @param past what stands before x, null when nothing does
   * @param lastOnly whether the last layer computes its last position alone
   * @return (B, S, D), or (B, 1, D); in x's manager, to be closed by the caller
   */
  NDArray forward(NDArray x, @Nullable Past past, boolean lastOnly) {
    NDArray state = x;
    for (int i = 0; i < layers.size(); i++) {
      boolean last = lastOnly && i == layers.size() - 1;
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray next = run(layers.get(i), state, past, i, last, new ArrayList<>());
        Scopes.keep(next, x.getManager());
        if (state != x) {
          state.close();
        }
        state = next;
      }
    }
    try (NDArray before = state) {
      return normed(before, norm);
    }
  }

  private NDArray run(
      Layer layer, NDArray x, @Nullable Past past, int index, boolean last, List<NDArray> keep) {
    int before = past == null ? 0 : past.length();
    int length = (int) x.getShape().get(1);
    NDArray y = normed(x, layer.norm1()); // (B, S, D)
    int first = last ? length - 1 : 0;
    NDArray own = last ? y.get(new NDIndex(":, {}:", first)) : y; // (B, Q, D)
    NDArray q = rotated(heads(product(own, layer, 0), shape.heads()), before + first);
    NDArray k = rotated(heads(product(y, layer, 1), shape.keyValueHeads()), before);
    NDArray v = heads(product(y, layer, 2), shape.keyValueHeads());
    keep.add(k);
    keep.add(v);
    NDArray keys = past == null ? k : joined(past.keys().get(index), k); // (B, G, L, E)
    NDArray values = past == null ? v : joined(past.values().get(index), v);
    NDArray mixed = attend(q, keys, values, before + first);
    NDArray residual = last ? x.get(new NDIndex(":, {}:", first)) : x;
    NDArray x1 = residual.add(linear(mixed, layer.out()));
    return x1.add(feedForward(normed(x1, layer.norm2()), layer));
  }

  private NDArray product(NDArray x, Layer layer, int which) {
    NDArray y = linear(x, layer.queryKeyValue().get(which));
    return layer.biases() == null ? y : y.add(layer.biases().get(which));
  }

  private static NDArray linear(NDArray x, NDArray weight) {
    return Linear.linear(x, weight).singletonOrThrow();
  }

  private NDArray feedForward(NDArray x, Layer layer) {
    NDArray gate = linear(x, layer.gate()); // (B, S, F)
    NDArray up = linear(x, layer.up());
    return linear(Activation.sigmoid(gate).mul(gate).mul(up), layer.down());
  }

  /** (B, S, N·E) → (B, N, S, E). */
  private NDArray heads(NDArray x, int count) {
    Shape s = x.getShape();
    return x.reshape(s.get(0), s.get(1), count, shape.headDimension()).transpose(0, 2, 1, 3);
  }

  private static NDArray joined(NDArray past, NDArray x) {
    return past.repeat(0, x.getShape().get(0)).concat(x, 2);
  }

  /**
   * q (B, H, Q, E), k and v (B, G, L, E), queries standing at {@code first} and on → (B, Q, HE).
   */
  private NDArray attend(NDArray q, NDArray k, NDArray v, int first) {
    int group = shape.heads() / shape.keyValueHeads();
    NDArray keys = group == 1 ? k : k.repeat(1, group);
    NDArray values = group == 1 ? v : v.repeat(1, group);
    NDArray scores = q.matMul(keys.transpose(0, 1, 3, 2)).div(Math.sqrt(shape.headDimension()));
    NDArray weights = scores.add(mask(q, k, first)).softmax(-1); // (B, H, Q, L)
    NDArray mixed = weights.matMul(values).transpose(0, 2, 1, 3); // (B, Q, H, E)
    long width = (long) shape.heads() * shape.headDimension();
    return mixed.reshape(q.getShape().get(0), q.getShape().get(2), width);
  }

  /** (Q, L): 0 where a query may look, −∞ elsewhere. */
  private static NDArray mask(NDArray q, NDArray k, int first) {
    int queries = (int) q.getShape().get(2);
    int length = (int) k.getShape().get(2);
    float[] values = new float[queries * length];
    for (int row = 0; row < queries; row++) {
      int seen = Math.min(first + row + 1, length);
      Arrays.fill(values, row * length + seen, (row + 1) * length, Float.NEGATIVE_INFINITY);
    }
    return q.getManager().create(values, new Shape(queries, length));
  }

  /** x (B, N, S, E), its positions {@code first} and on. */
  private NDArray rotated(NDArray x, int first) {
    long length = x.getShape().get(2);
    int half = shape.headDimension() / 2;
    NDArray a = x.get(new NDIndex("..., :{}", half));
    NDArray b = x.get(new NDIndex("..., {}:", half));
    NDArray turned = NDArrays.concat(new NDList(b.neg(), a), -1);
    NDIndex positions = new NDIndex("{}:{}", first, first + length);
    return x.mul(cos.get(positions)).add(turned.mul(sin.get(positions)));
  }

  private NDArray normed(NDArray x, NDArray weight) {
    NDArray square = x.square().mean(new int[] {-1}, true).add(shape.epsilon());
    return x.div(square.sqrt()).mul(weight);
  }

  @Override
  public void close() {
    manager.close();
  }
}
