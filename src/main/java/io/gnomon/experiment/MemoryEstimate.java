package io.gnomon.experiment;

import io.gnomon.config.DerivedSamplerConfig;
import io.gnomon.config.SamplerConfig;
import io.gnomon.experiment.MemoryPlan.Item;
import io.gnomon.nn.DecoderShape;
import io.gnomon.nn.EncoderShape;
import io.gnomon.student.StaticShape;
import io.gnomon.student.StudentShape;
import io.gnomon.tensor.Precision;
import java.util.List;
import java.util.Locale;

/**
 * Bytes from shapes, as far as they are known before anything is loaded. Weights are counted;
 * activations are an upper estimate, made as each method says.
 */
final class MemoryEstimate {
  private static final int FLOAT = Float.BYTES;

  /** Java, libtorch and ND4J with nothing loaded: 460 MB resident at a quickstart's step 0. */
  private static final long PROGRAM = 1L << 29;

  /** Weight, gradient and two moments. */
  private static final int TRAINED_COPIES = 4;

  private MemoryEstimate() {}

  /** What is held before any model. */
  static Item program() {
    return new Item("the program", "Java, libtorch, ND4J", PROGRAM);
  }

  /** The teacher's weights, and the largest of them on its way in. */
  static List<Item> weights(DecoderShape shape, Precision precision) {
    long table = table(shape) / FLOAT;
    long decoder = shape.parameters() - table * (shape.tied() ? 1 : 2);
    long widest = Math.max(table, 2L * shape.feedForward() * shape.hidden());
    return List.of(
        new Item(
            "teacher's layers",
            count(decoder) + " numbers in " + name(precision),
            decoder * precision.bytes()),
        new Item(
            "teacher's embedding table", count(table) + " numbers in fp32, shared", table(shape)),
        new Item(
            "largest tensor while loading",
            count(widest) + " numbers in fp32, in Java and in libtorch",
            2 * widest * FLOAT));
  }

  /** Whether drawing a batch takes a gradient through the teacher; answers come in pieces. */
  static boolean asksGradients(SamplerConfig sampler) {
    if (sampler instanceof DerivedSamplerConfig.Blend blend) {
      return blend.parts().stream().anyMatch(part -> asksGradients(part.sampler()));
    }
    return sampler instanceof DerivedSamplerConfig.Sharpened
        || (sampler instanceof DerivedSamplerConfig.Balanced balanced
            && asksGradients(balanced.of()));
  }

  /** Every layer's work at so many positions, which a gradient needs again. */
  static Item gradients(DecoderShape shape, Precision precision, long positions) {
    return new Item(
        "sampler's gradients",
        positions + " positions × " + shape.layers() + " layers of the teacher",
        positions * shape.layers() * position(shape, precision));
  }

  /** Bytes of the embedding table. */
  static long table(DecoderShape shape) {
    return (long) shape.vocabulary() * shape.hidden() * FLOAT;
  }

  /**
   * One position in one layer at its widest: the residual stream twice and a normed copy in
   * float32, queries, keys and values with the prefix's, gate, up and their product, in the layer's
   * precision.
   */
  static long position(DecoderShape shape, Precision precision) {
    long heads = (long) shape.heads() * shape.headDimension();
    long stream = 3L * shape.hidden() * FLOAT;
    long attention = 8L * heads * precision.bytes();
    long forward = 4L * shape.feedForward() * precision.bytes();
    return stream + attention + forward;
  }

  /** One position's keys and values in all layers, which the labels of a multi-label task share. */
  static long keysAndValues(DecoderShape shape, Precision precision) {
    long width = (long) shape.keyValueHeads() * shape.headDimension();
    return 2L * shape.layers() * width * precision.bytes();
  }

  /**
   * A student in training: its weights, and what the backward pass needs of a layer with the
   * layer's own gradients on their way.
   *
   * @param batch samples a step
   * @param length most vectors of a sample
   */
  static List<Item> student(StudentShape shape, long batch, long length) {
    Item weights =
        new Item(
            "student",
            count(shape.size()) + " numbers in fp32: weight, gradient, two moments",
            TRAINED_COPIES * shape.size() * FLOAT);
    Item activations =
        shape.match(
            it -> activations(it.encoder(), batch, length), it -> activations(it, batch, length));
    return List.of(weights, activations);
  }

  private static Item activations(EncoderShape encoder, long batch, long length) {
    long perPosition = 12L * encoder.hidden() + 3L * encoder.feedForward();
    return new Item(
        "student's activations",
        batch + " × " + (length + 1) + " positions × " + encoder.layers() + " layers",
        batch * (length + 1) * perPosition * encoder.layers() * FLOAT);
  }

  /** Inputs, and features before and behind GELU, masked and led by zeros, each with gradient. */
  private static Item activations(StaticShape shape, long batch, long length) {
    long perPosition = shape.embedding() + 8L * shape.features();
    return new Item(
        "student's activations",
        batch + " × " + (length + 1) + " positions × " + shape.features() + " features",
        batch * (length + 1) * perPosition * FLOAT);
  }

  /**
   * What a step in mixed precision holds of the weights besides; its activations are fewer bytes.
   */
  static Item narrowed(StudentShape shape) {
    return new Item(
        "student's weights in bf16",
        count(shape.size()) + " numbers, beside those in fp32",
        shape.size() * Precision.BF16.bytes());
  }

  private static String count(long numbers) {
    return String.format(Locale.ROOT, "%,d", numbers);
  }

  private static String name(Precision precision) {
    return precision.name().toLowerCase(Locale.ROOT);
  }
}
