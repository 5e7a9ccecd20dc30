package io.gnomon.serve.http;

import io.gnomon.config.InputException;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinException;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A server that listens; it stops when the answers that are being written are. */
public final class Listening implements AutoCloseable {
  /** For answers that are being written when the server stops. */
  private static final long PATIENCE_MILLIS = 10_000;

  private final Javalin app;
  private final String host;

  private Listening(Javalin app, String host) {
    this.app = app;
    this.host = host;
  }

  /**
   * Starts to listen.
   *
   * @param port 0 takes any that is free
   * @param remedy what else may be mended where nothing can listen, behind the port; may be empty
   * @param routes adds what the server does; is given its threads too
   * @throws InputException when nothing can listen there
   */
  public static Listening start(
      String host, int port, String remedy, BiConsumer<JavalinConfig, Executor> routes) {
    try {
      Javalin app = Javalin.create(config -> configure(config, routes));
      app.start(host, port);
      return new Listening(app, host);
    } catch (JavalinException e) {
      throw cannotListen(host, port, remedy, e);
    }
  }

  private static void configure(JavalinConfig config, BiConsumer<JavalinConfig, Executor> routes) {
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setName("http");
    config.jetty.threadPool = threads;
    config.jetty.modifyServer(
        server -> {
          server.insertHandler(new GracefulHandler());
          server.setStopTimeout(PATIENCE_MILLIS);
        });
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.router.ignoreTrailingSlashes = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    routes.accept(config, threads);
  }

  private static InputException cannotListen(
      String host, int port, String remedy, JavalinException e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return new InputException(
        "%s:%d: expected an address and a free port of this machine, found: %s; give another --port"
                .formatted(
                    host, port, Objects.requireNonNullElse(cause.getMessage(), "no such host"))
            + " (0 takes any that is free)"
            + remedy,
        e);
  }

  /** Where it listens, such as {@code http://127.0.0.1:8080}. */
  public String address() {
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + app.port();
  }

  /** The port it listens on. */
  public int port() {
    return app.port();
  }

  @Override
  public void close() {
    app.stop();
  }
}
