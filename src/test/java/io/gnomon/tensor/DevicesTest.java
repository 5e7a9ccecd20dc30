package io.gnomon.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Device;
import io.gnomon.config.InputException;
import io.gnomon.config.TeacherConfig.PrecisionChoice;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DevicesTest {
  @ParameterizedTest
  @CsvSource({"cpu, 2, cpu", "auto, 0, cpu", "auto, 3, cuda:0", "cuda:1, 2, cuda:1"})
  void aChoiceNamesADevice(String choice, int cards, String expected) {
    assertEquals(expected, Devices.name(Devices.of(choice, cards)));
  }

  @Test
  void aCardThatIsNotThereIsRefused() {
    assertEquals(
        "device: expected a card that is there, found cuda:2 where libtorch sees 2; ask 'gnomon"
            + " doctor' why, or take cpu",
        assertThrows(InputException.class, () -> Devices.of("cuda:2", 2)).getMessage());
  }

  @ParameterizedTest
  @CsvSource({"gpu", "cuda", "cuda:", "cuda:x", "CPU"})
  void whatIsNoDeviceIsRefused(String choice) {
    assertEquals(
        "device: expected auto, cpu or cuda:N, found '" + choice + "'; take auto, or cpu",
        assertThrows(InputException.class, () -> Devices.of(choice, 7)).getMessage());
  }

  @Test
  void precisionFollowsTheHardware() {
    assertEquals(Precision.BF16, Devices.ofFlags(List.of("avx2", "avx512_bf16")));
    assertEquals(Precision.FP32, Devices.ofFlags(List.of("avx512_bf16_emulated")));
    assertEquals(Precision.BF16, Devices.ofCapability(8.0));
    assertEquals(Precision.FP16, Devices.ofCapability(7.5));
    assertEquals(Precision.FP32, Devices.ofCapability(6.1));
    assertEquals(Precision.FP16, Devices.precision(PrecisionChoice.FP16, Device.cpu()));
  }
}
