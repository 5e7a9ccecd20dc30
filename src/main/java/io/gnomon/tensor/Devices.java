package io.gnomon.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;
import com.sun.management.OperatingSystemMXBean;
import io.gnomon.config.InputException;
import io.gnomon.config.StudentConfig.Arithmetic;
import io.gnomon.config.TeacherConfig.PrecisionChoice;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run computes on: device, threads, and the precision that {@code auto} means there. The one
 * place that decides this.
 */
public final class Devices {
  private static final Path MEMORY_FACTS = Path.of("/proc/meminfo");

  /** CPU flags, as /proc/cpuinfo names them, that tell of a bfloat16 product in hardware. */
  public static final List<String> BF16_FLAGS = List.of("avx512_bf16", "amx_bf16");

  private static final String CUDA = "cuda:";

  private Devices() {}

  /**
   * The device that {@code choice} names.
   *
   * @param choice {@code auto} (the first card that DJL can use, else the CPU), {@code cpu} or
   *     {@code cuda:N}
   * @throws InputException when there is no such card
   */
  public static Device of(String choice) {
    // Asked for the CPU, libtorch is not even loaded here.
    return of(choice, choice.equals("cpu") ? 0 : Engine.getEngine("PyTorch").getGpuCount());
  }

  /**
   * The device that {@code choice} names where libtorch can use {@code cards} cards.
   *
   * @throws InputException when there is no such device
   */
  public static Device of(String choice, int cards) {
    return switch (choice) {
      case "cpu" -> Device.cpu();
      case "auto" -> cards > 0 ? Device.gpu(0) : Device.cpu();
      default -> card(choice, cards);
    };
  }

  private static Device card(String choice, int cards) {
    if (!choice.matches(CUDA + "[0-9]{1,3}")) {
      throw new InputException(
          "device: expected auto, cpu or cuda:N, found '" + choice + "'; take auto, or cpu");
    }
    int index = Integer.parseInt(choice.substring(CUDA.length()));
    if (index >= cards) {
      throw new InputException(
          "device: expected a card that is there, found "
              + choice
              + " where libtorch sees "
              + cards
              + "; ask 'gnomon doctor' why, or take cpu");
    }
    return Device.gpu(index);
  }

  /** The device as a configuration names it: {@code cpu} or {@code cuda:N}. */
  public static String name(Device device) {
    return device.isGpu() ? CUDA + device.getDeviceId() : "cpu";
  }

  /**
   * Bytes that may still be taken on {@code device}: a card's free memory, or what the system says
   * is available without swapping (the container's limit where one is set).
   */
  public static long memory(Device device) {
    if (device.isGpu()) {
      MemoryUsage usage = CudaUtils.getGpuMemory(device);
      return usage.getMax() - usage.getCommitted();
    }
    long total =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    return Math.min(total, available());
  }

  private static long available() {
    try (Stream<String> lines = Files.lines(MEMORY_FACTS)) {
      return lines
          .filter(line -> line.startsWith("MemAvailable:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .findFirst()
          .orElse(Long.MAX_VALUE);
    } catch (IOException e) {
      return Long.MAX_VALUE; // no such file outside Linux
    }
  }

  /** Threads that libtorch takes for one operation on the calling thread. */
  public static int threads() {
    Engine.getEngine("PyTorch");
    return JniUtils.getNumThreads();
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

  /** The precision that {@code choice} means for the products of a training step. */
  public static Precision precision(Arithmetic choice, Device device) {
    return switch (choice) {
      case FP32 -> Precision.FP32;
      case BF16 -> Precision.BF16;
      // float16 underflows in gradients unless the loss is scaled, so a card of 7.x gets float32.
      case AUTO ->
          precision(PrecisionChoice.AUTO, device) == Precision.BF16
              ? Precision.BF16
              : Precision.FP32;
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

  /** The precision of a CPU with these flags. */
  public static Precision ofFlags(Collection<String> flags) {
    return flags.stream().anyMatch(BF16_FLAGS::contains) ? Precision.BF16 : Precision.FP32;
  }

  private static Precision ofCpu() {
    // Outside Linux no flag is known; float32 is right everywhere.
    return ofFlags(CpuInfo.read().flags());
  }
}
