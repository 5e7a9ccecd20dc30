package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class ExceptionReporterTest {
  private final CapturedConsole captured = new CapturedConsole();
  private final ExceptionReporter reporter = new ExceptionReporter(captured.console());

  @Test
  void badInputIsItsMessageAlone() {
    String message = "a.yaml:3: steps: expected an integer from 1, found -7; give 1 or more";
    assertEquals(ExitCode.BAD_INPUT, reporter.report(new InputException(message), false));
    assertEquals("gnomon: " + message + System.lineSeparator(), captured.err());
    assertEquals("", captured.out());
  }

  @Test
  void theUnexpectedIsOneLineAndAHint() {
    assertEquals(ExitCode.FAILURE, reporter.report(new IOException("disk\n  unplugged"), false));
    assertEquals(
        "gnomon: IOException: disk unplugged%ngnomon: run with --debug for the trace%n".formatted(),
        captured.err());
  }

  @Test
  void withoutAMessageItSaysSo() {
    reporter.report(new IllegalStateException(), false);
    assertTrue(
        captured.err().startsWith("gnomon: IllegalStateException: no message"), captured.err());
  }

  @Test
  void debugPrintsTheTrace() {
    assertEquals(ExitCode.BAD_INPUT, reporter.report(new InputException("no such file"), true));
    assertTrue(captured.err().contains("at io.gnomon.cli.ExceptionReporterTest"), captured.err());
  }

  @Test
  void interruptionsAreNoFailures() {
    assertEquals(ExitCode.INTERRUPTED, reporter.report(new InterruptedException(), false));
    assertEquals(ExitCode.INTERRUPTED, reporter.report(new CancellationException(), false));
    assertEquals("gnomon: interrupted%ngnomon: interrupted%n".formatted(), captured.err());
  }

  @Test
  void anExhaustedHeapSaysHowToWidenIt() {
    assertEquals(ExitCode.FAILURE, reporter.report(new OutOfMemoryError("Java heap space"), false));
    assertTrue(captured.err().contains("GNOMON_JAVA_OPTS=-Xmx8g"), captured.err());
  }

  @Test
  void aFullDeviceSaysWhatToLower() {
    for (String message :
        List.of(
            "CUDA out of memory. Tried to allocate 7.00 GiB",
            "[enforce fail at alloc_cpu.cpp:118] err == 0. DefaultCPUAllocator: can't allocate"
                + " memory: you tried to allocate 11 bytes")) {
      assertEquals(ExitCode.FAILURE, reporter.report(new IllegalStateException(message), false));
      assertTrue(captured.err().contains("memory on the device (" + message), captured.err());
    }
    assertTrue(captured.err().contains("set teacher.rows"), captured.err());
  }
}
