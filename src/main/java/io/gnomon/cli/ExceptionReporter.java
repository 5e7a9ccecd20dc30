package io.gnomon.cli;

import io.gnomon.config.InputException;
import io.gnomon.export.GateException;
import io.gnomon.notebook.NotebookException;
import io.gnomon.optimizer.NonFiniteException;
import io.gnomon.projection.DivergenceException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns whatever ended a command into a message and an exit status. */
final class ExceptionReporter {
  private static final Pattern DEVICE_FULL =
      Pattern.compile("CUDA out of memory|DefaultCPUAllocator: (can't|not enough)");

  private final Console console;

  ExceptionReporter(Console console) {
    this.console = console;
  }

  /**
   * Prints {@code failure} and gives the exit status for it.
   *
   * @param debug whether the stack trace is printed as well
   */
  int report(Throwable failure, boolean debug) {
    console.out().flush();
    int status = statusOf(failure);
    console.err().println("gnomon: " + messageOf(failure, status));
    if (debug) {
      failure.printStackTrace(console.err());
    } else if (status == ExitCode.FAILURE && !saysAll(failure)) {
      console.err().println("gnomon: run with --debug for the trace");
    }
    console.flush();
    return status;
  }

  static int statusOf(Throwable failure) {
    if (isAboutInput(failure)) {
      return ExitCode.BAD_INPUT;
    }
    return failure instanceof InterruptedException || failure instanceof CancellationException
        ? ExitCode.INTERRUPTED
        : ExitCode.FAILURE;
  }

  /** Every exception that config declares is about what the user gave. */
  private static boolean isAboutInput(Throwable failure) {
    return failure.getClass().getPackageName().equals(InputException.class.getPackageName());
  }

  private static String messageOf(Throwable failure, int status) {
    return switch (status) {
      case ExitCode.BAD_INPUT -> Objects.requireNonNullElse(failure.getMessage(), "bad input");
      case ExitCode.INTERRUPTED -> "interrupted";
      default -> unexpected(failure);
    };
  }

  private static String unexpected(Throwable failure) {
    if (saysAll(failure)) {
      return oneLine(failure.getMessage());
    }
    if (failure instanceof OutOfMemoryError) {
      return "out of memory ("
          + oneLine(failure.getMessage())
          + "): give the heap more with GNOMON_JAVA_OPTS=-Xmx8g, or take smaller batches";
    }
    if (isDeviceFull(failure.getMessage())) {
      return "out of memory on the device ("
          + oneLine(failure.getMessage())
          + "): set teacher.rows to fewer, or lower training.batch_size or sampler.length.max";
    }
    return failure.getClass().getSimpleName() + ": " + oneLine(failure.getMessage());
  }

  /** How libtorch's allocators for cards and for the CPU begin. */
  private static boolean isDeviceFull(@Nullable String message) {
    return message != null && DEVICE_FULL.matcher(message).find();
  }

  /** Whether the message says all there is to say. */
  private static boolean saysAll(Throwable failure) {
    return failure instanceof DivergenceException
        || failure instanceof NonFiniteException
        || failure instanceof GateException
        || failure instanceof NotebookException;
  }

  private static String oneLine(@Nullable String message) {
    return message == null ? "no message" : message.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
