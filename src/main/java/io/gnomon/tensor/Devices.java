package io.gnomon.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;
import io.gnomon.config.InputException;
import io.gnomon.config.TeacherConfig.PrecisionChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a run computes on: device, threads, and the precision that {@code auto} means there. */
public final class Devices {
  private static final String CUDA = "cuda:";
  private static final Path CPU_FACTS = Path.of("/proc/cpuinfo");

  private Devices() {}

  /**
   * The device that {@code choice} names.
   *
   * @param choice {@code auto} (the first card that DJL can use, else the CPU), {@code cpu} or
   *     {@code cuda:N}
   * @throws InputException when there is no such card
   */
  public static Device of(String choice) {
    if (choice.equals("cpu")) {
      return Device.cpu();
    }
    int cards = Engine.getEngine("PyTorch").getGpuCount();
    if (choice.equals("auto")) {
      return cards > 0 ? Device.gpu(0) : Device.cpu();
    }
    int index = Integer.parseInt(choice.substring(CUDA.length()));
    if (index >= cards) {
      throw new InputException(
          "runtime.device: expected a card that is there, found "
              + choice
              + " where libtorch sees "
              + cards
              + "; ask 'gnomon doctor' why, or take cpu");
    }
    return Device.gpu(index);
  }

  /** Gives libtorch {@code threads} threads for one operation; 0 leaves its own choice. */
  public static void threads(int threads) {
    if (threads > 0) {
      Engine.getEngine("PyTorch");
      JniUtils.setNumThreads(threads);
    }
  }

  /**
   * The precision that {@code choice} means on {@code device}: {@code auto} takes bfloat16 where
   * the hardware multiplies it (CPUs with avx512_bf16 or amx_bf16, cards of compute capability 8.0
   * and up), float16 on cards of 7.x, float32 elsewhere.
   */
  public static Precision precision(PrecisionChoice choice, Device device) {
    return switch (choice) {
      case FP32 -> Precision.FP32;
      case BF16 -> Precision.BF16;
      case FP16 -> Precision.FP16;
      case AUTO -> device.isGpu() ? ofCard(device.getDeviceId()) : ofCpu();
    };
  }

  private static Precision ofCard(int index) {
    int capability = Integer.parseInt(CudaUtils.getComputeCapability(index));
    return ofCapability(capability / 10.0);
  }

  /** The precision of a card of this compute capability. */
  public static Precision ofCapability(double capability) {
    if (capability >= 8.0) {
      return Precision.BF16;
    }
    return capability >= 7.0 ? Precision.FP16 : Precision.FP32;
  }

  private static Precision ofCpu() {
    try (Stream<String> lines = Files.lines(CPU_FACTS)) {
      boolean bf16 =
          lines
              .filter(line -> line.startsWith("flags"))
              .limit(1)
              .anyMatch(line -> line.contains("avx512_bf16") || line.contains("amx_bf16"));
      return bf16 ? Precision.BF16 : Precision.FP32;
    } catch (IOException e) {
      // No such file outside Linux; float32 is right everywhere.
      return Precision.FP32;
    }
  }
}
