package io.gnomon.tensorflow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Checkpoints as TensorFlow writes them: a table of entries and data files. */
public final class TinyBundle {
  static final int VOCABULARY = 11;
  static final int HIDDEN = 14;
  static final int HEADS = 7;
  static final int FEED_FORWARD = 13;
  static final int POSITIONS = 17;
  static final int LAYERS = 2;

  /** ℝ is a capital without a small letter, which lower-cased vocabularies do have. */
  static final String WORDS = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nℝ\nfilm\n##s\ngood\nbad\nthe\n";

  private final Map<String, Variable> variables = new TreeMap<>();
  private int shards = 1;
  private int compression;
  private byte[] header = {0x1a, 2, 0x08, 1};

  private record Variable(int type, List<Long> dimensions, ByteBuffer bytes) {}

  /** A BERT of two layers whose width is no multiple of 64, with both heads of its pretraining. */
  static TinyBundle bert(String scope) {
    TinyBundle bundle = new TinyBundle();
    String embeddings = scope + "bert/embeddings/";
    bundle.counting(embeddings + "word_embeddings", VOCABULARY, HIDDEN);
    bundle.counting(embeddings + "position_embeddings", POSITIONS, HIDDEN);
    bundle.counting(embeddings + "token_type_embeddings", 3, HIDDEN);
    bundle.norm(embeddings + "LayerNorm");
    for (int i = 0; i < LAYERS; i++) {
      String layer = scope + "bert/encoder/layer_" + i + "/";
      for (String name : List.of("query", "key", "value")) {
        bundle.dense(layer + "attention/self/" + name, HIDDEN, HIDDEN);
      }
      bundle.dense(layer + "attention/output/dense", HIDDEN, HIDDEN);
      bundle.norm(layer + "attention/output/LayerNorm");
      bundle.dense(layer + "intermediate/dense", HIDDEN, FEED_FORWARD);
      bundle.dense(layer + "output/dense", FEED_FORWARD, HIDDEN);
      bundle.norm(layer + "output/LayerNorm");
    }
    bundle.dense(scope + "bert/pooler/dense", HIDDEN, HIDDEN);
    bundle.dense(scope + "cls/predictions/transform/dense", HIDDEN, HIDDEN);
    bundle.norm(scope + "cls/predictions/transform/LayerNorm");
    bundle.counting(scope + "cls/predictions/output_bias", VOCABULARY);
    bundle.counting(scope + "cls/seq_relationship/output_weights", 2, HIDDEN);
    return bundle.counting(scope + "cls/seq_relationship/output_bias", 2);
  }

  private void dense(String name, int in, int out) {
    counting(name + "/kernel", in, out);
    counting(name + "/bias", out);
  }

  private void norm(String name) {
    counting(name + "/gamma", HIDDEN);
    counting(name + "/beta", HIDDEN);
  }

  /** Element {@code i} of the variable {@code name}, whose scope does not count. */
  static float value(String name, int i) {
    int start = Math.max(name.lastIndexOf("bert/"), name.lastIndexOf("cls/"));
    return name.substring(Math.max(0, start)).hashCode() % 1009 + i / 1024f;
  }

  /** A variable of numbers that tell its name and their place. */
  TinyBundle counting(String name, int... dimensions) {
    float[] values = new float[Arrays.stream(dimensions).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(name, i);
    }
    return with(name, values, Arrays.stream(dimensions).asLongStream().toArray());
  }

  TinyBundle with(String name, float[] values, long... dimensions) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return with(name, 1, bytes.array(), dimensions);
  }

  TinyBundle with(String name, int type, byte[] bytes, long... dimensions) {
    variables.put(
        name,
        new Variable(type, Arrays.stream(dimensions).boxed().toList(), ByteBuffer.wrap(bytes)));
    return this;
  }

  TinyBundle without(String name) {
    variables.remove(name);
    return this;
  }

  TinyBundle shards(int count) {
    shards = count;
    return this;
  }

  TinyBundle compression(int kind) {
    compression = kind;
    return this;
  }

  /** What the header says beside the number of data files. */
  TinyBundle header(byte... fields) {
    header = fields;
    return this;
  }

  /** As Google's archives are: the checkpoint, its configuration, its vocabulary. */
  public static Path writeBert(Path folder) throws IOException {
    bert("").write(folder, "bert_model.ckpt");
    Files.writeString(folder.resolve("vocab.txt"), WORDS);
    return Files.writeString(
            folder.resolve("bert_config.json"),
            "{\"num_attention_heads\": " + HEADS + ", \"hidden_act\": \"gelu\"}")
        .resolveSibling(".")
        .normalize();
  }

  /** Writes index and data files; returns the index. */
  Path write(Path folder, String prefix) throws IOException {
    Files.createDirectories(folder);
    ByteArrayOutputStream[] data = new ByteArrayOutputStream[shards];
    Arrays.setAll(data, i -> new ByteArrayOutputStream());
    Map<String, byte[]> table = new TreeMap<>();
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    number(first, 1, shards);
    first.writeBytes(header);
    table.put("", first.toByteArray());
    int next = 0;
    for (Map.Entry<String, Variable> entry : variables.entrySet()) {
      int shard = next++ % shards;
      table.put(entry.getKey(), entry(entry.getValue(), shard, data[shard].size()));
      data[shard].writeBytes(entry.getValue().bytes().array());
    }
    for (int i = 0; i < shards; i++) {
      Files.write(
          folder.resolve("%s.data-%05d-of-%05d".formatted(prefix, i, shards)),
          data[i].toByteArray());
    }
    return Files.write(
        folder.resolve(prefix + ".index"), new TableWriter(compression).write(table));
  }

  /** BundleEntryProto, whose zeros are left out. */
  private static byte[] entry(Variable variable, int shard, int offset) {
    ByteArrayOutputStream shape = new ByteArrayOutputStream();
    for (long size : variable.dimensions()) {
      ByteArrayOutputStream dimension = new ByteArrayOutputStream();
      number(dimension, 1, size);
      message(shape, 2, dimension.toByteArray());
    }
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    number(entry, 1, variable.type());
    message(entry, 2, shape.toByteArray());
    number(entry, 3, shard);
    number(entry, 4, offset);
    number(entry, 5, variable.bytes().capacity());
    entry.write((6 << 3) | 5);
    entry.writeBytes(TableWriter.fixed32(TableWriter.masked(variable.bytes().array())));
    return entry.toByteArray();
  }

  private static void number(ByteArrayOutputStream out, int field, long value) {
    if (value != 0) {
      out.write(field << 3);
      TableWriter.varint(out, value);
    }
  }

  private static void message(ByteArrayOutputStream out, int field, byte[] bytes) {
    out.write((field << 3) | 2);
    TableWriter.varint(out, bytes.length);
    out.writeBytes(bytes);
  }
}
