package io.gnomon.provenance;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.util.cuda.CudaUtils;
import io.gnomon.tensor.CpuInfo;
import io.gnomon.tensor.Devices;

/** Asks the engine, the Java and the system that run this program. */
public final class Probe {
  private Probe() {}

  /** What computes, on {@code device} and the calling thread. */
  public static Platform platform(Device device) {
    return new Platform(
        Engine.getEngine("PyTorch").getVersion(),
        device.isGpu() ? CudaUtils.getCudaVersionString() : null,
        System.getProperty("java.runtime.version"),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        CpuInfo.read().model(),
        Runtime.getRuntime().availableProcessors(),
        Devices.name(device),
        Devices.threads());
  }

  /** The same with the program that is running. */
  public static Provenance provenance(Device device) {
    return new Provenance(
        Checkout.commit(), Checkout.dirty(), version(), Engine.getDjlVersion(), platform(device));
  }

  private static String version() {
    String version = Probe.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
