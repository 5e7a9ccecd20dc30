package io.gnomon.speed;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.util.cuda.CudaUtils;
import com.sun.management.OperatingSystemMXBean;
import io.gnomon.config.InputException;
import io.gnomon.nn.DecoderInitializer;
import io.gnomon.nn.DecoderParameters;
import io.gnomon.nn.DecoderShape;
import io.gnomon.teacher.CheckpointConfig;
import io.gnomon.teacher.EmbeddingTable;
import io.gnomon.teacher.LanguageModel;
import io.gnomon.teacher.TeacherFolder;
import io.gnomon.tensor.Precision;
import java.lang.management.ManagementFactory;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The teacher under measurement: the same weights in float32 and in a narrower precision.
 *
 * @param shape its shape
 * @param wide weights in float32
 * @param narrow the same, narrowed
 * @param table token embeddings, (V, d) float32
 * @param output the output matrix, (V, D) float32
 * @param tokens ids that a sampler may draw
 * @param manager owner of what was made here
 * @param model the language model behind it, null for a shape
 */
record MeasuredTeacher(
    DecoderShape shape,
    DecoderParameters wide,
    DecoderParameters narrow,
    EmbeddingTable table,
    NDArray output,
    TokenIds tokens,
    NDManager manager,
    @Nullable LanguageModel model)
    implements AutoCloseable {
  private static final String SHAPE = "shape:";
  private static final double GIB = 1L << 30;

  /** Of float32 and a narrow copy. */
  private static final int BYTES_A_WEIGHT = 6;

  /** Control tokens of the Llama tokenizer, which a sampler does not draw. */
  private static final int CONTROL_TOKENS = 3;

  private static final int SEED = 20_231;

  /** Token ids in the order of their rank. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record TokenIds(int[] byRank) {}

  /**
   * The teacher that {@code name} stands for, see {@link SpeedSettings#teacher}.
   *
   * @throws InputException when there is no such teacher, or it does not fit
   */
  static MeasuredTeacher of(String name, Precision narrow, Device device) {
    return name.startsWith(SHAPE)
        ? random(NamedShapes.of(name.substring(SHAPE.length())), narrow, device)
        : loaded(name, narrow, device);
  }

  private static MeasuredTeacher loaded(String path, Precision precision, Device device) {
    requireRoom(path, CheckpointConfig.read(TeacherFolder.resolve(path)), device);
    LanguageModel model = LanguageModel.load(path, Precision.FP32, device);
    try {
      NDManager manager = model.manager().newSubManager();
      return new MeasuredTeacher(
          model.shape(),
          model.parameters(),
          model.parameters().narrowed(manager, precision),
          model.embeddings(),
          model.outputMatrix(),
          new TokenIds(model.tokenizer().vocabulary().ranks(model.embeddings().size())),
          manager,
          model);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /** A teacher of {@code shape} with random weights, the same for the same device and libtorch. */
  static MeasuredTeacher random(DecoderShape shape, Precision precision, Device device) {
    requireRoom("shape", shape, device);
    Engine.getEngine("PyTorch").setRandomSeed(SEED);
    NDManager manager = NDManager.newBaseManager(device, "PyTorch");
    try {
      DecoderParameters wide = DecoderInitializer.drawn(shape, manager);
      NDArray table = normal(manager, 1, shape);
      NDArray output = shape.tied() ? table : normal(manager, 1 / Math.sqrt(shape.hidden()), shape);
      return new MeasuredTeacher(
          shape,
          wide,
          wide.narrowed(manager, precision),
          new EmbeddingTable(table),
          output,
          new TokenIds(
              IntStream.range(Math.min(CONTROL_TOKENS, shape.vocabulary() - 1), shape.vocabulary())
                  .toArray()),
          manager,
          null);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  private static NDArray normal(NDManager manager, double deviation, DecoderShape shape) {
    Shape size = new Shape(shape.vocabulary(), shape.hidden());
    return manager.randomNormal(0, (float) deviation, size, DataType.FLOAT32);
  }

  private static void requireRoom(String name, DecoderShape shape, Device device) {
    double needed = (double) shape.parameters() * BYTES_A_WEIGHT;
    double there = memory(device);
    if (needed > there) {
      throw new InputException(
          ("--teacher %s: expected memory for %.1f billion weights in float32 and in 16 bits, %.1f"
                  + " GiB, found %.1f GiB on %s; take a smaller shape or a larger device")
              .formatted(name, shape.parameters() / 1e9, needed / GIB, there / GIB, device));
    }
  }

  private static double memory(Device device) {
    if (device.isGpu()) {
      return CudaUtils.getGpuMemory(device).getMax();
    }
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getTotalMemorySize();
  }

  @Override
  public void close() {
    if (model == null) {
      manager.close();
    } else {
      model.close();
    }
  }
}
