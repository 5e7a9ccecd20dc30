package io.gnomon.cli;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * SIGTERM and Ctrl-C as the ordinary end of a command that otherwise goes on for ever: it stops in
 * good order, and the process ends with {@link ExitCode#OK}. A second signal ends it at once.
 *
 * <p>Not a shutdown hook, as {@link Interruption}: behind one the status is 128 + the signal's
 * number whatever the command does. The class that hears signals is not part of Java SE but of each
 * JDK, and the compiler warns of any use of it, hence reflection.
 */
final class StopSignal {
  private static final List<String> SIGNALS = List.of("TERM", "INT");

  private final CountDownLatch heard = new CountDownLatch(1);

  private StopSignal() {}

  /** Listens from now on. */
  static StopSignal install() {
    StopSignal stop = new StopSignal();
    for (String signal : SIGNALS) {
      stop.listen(signal);
    }
    return stop;
  }

  /** Waits for the first signal. */
  void await() throws InterruptedException {
    heard.await();
  }

  private void listen(String name) {
    try {
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      Object standard = type.getField("SIG_DFL").get(null);
      Object own =
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> {
                handle(name, type, standard);
                heard.countDown();
                return null;
              });
      handle(name, type, own);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot listen for SIG" + name, e);
    }
  }

  private static void handle(String name, Class<?> type, Object handler)
      throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Object one = signal.getConstructor(String.class).newInstance(name);
    signal.getMethod("handle", signal, type).invoke(null, one, handler);
  }
}
