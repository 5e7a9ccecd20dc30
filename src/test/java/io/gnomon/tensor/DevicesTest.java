package io.gnomon.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.gnomon.Messages;
import io.gnomon.config.InputException;
import io.gnomon.config.TeacherConfig.PrecisionChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DevicesTest {
  @Test
  void cpuIsTheCpu() {
    assertEquals(Device.cpu(), Devices.of("cpu"));
  }

  @Test
  void aCardThatIsMissingIsNamed() {
    String message = Messages.of(InputException.class, () -> Devices.of("cuda:97"));
    assertEquals(
        "runtime.device: expected a card that is there, found cuda:97 where libtorch sees "
            + Engine.getEngine("PyTorch").getGpuCount()
            + "; ask 'gnomon doctor' why, or take cpu",
        message);
  }

  @ParameterizedTest
  @CsvSource({"6.1, FP32", "7.0, FP16", "7.5, FP16", "8.0, BF16", "9.0, BF16", "12.0, BF16"})
  void autoGoesByTheCard(double capability, Precision expected) {
    assertEquals(expected, Devices.ofCapability(capability));
  }

  @ParameterizedTest
  @CsvSource({"FP32, FP32", "BF16, BF16", "FP16, FP16"})
  void aChoiceIsKept(PrecisionChoice choice, Precision expected) {
    assertEquals(expected, Devices.precision(choice, Device.cpu()));
  }
}
