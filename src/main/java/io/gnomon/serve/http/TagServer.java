package io.gnomon.serve.http;

import io.gnomon.config.InputException;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinException;
import java.util.Arrays;
import java.util.Objects;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Tags texts over HTTP. Requests are run together in batches; where more wait than the queue takes,
 * they are refused at once, with 429.
 */
public final class TagServer implements AutoCloseable {
  /** For answers that are being written when the server stops. */
  private static final long PATIENCE_MILLIS = 10_000;

  private final Javalin app;
  private final MicroBatcher<String, double[]> batcher;
  private final Routes routes;
  private final String host;

  private TagServer(
      Javalin app, MicroBatcher<String, double[]> batcher, Routes routes, String host) {
    this.app = app;
    this.batcher = batcher;
    this.routes = routes;
    this.host = host;
  }

  /**
   * Starts to listen. The model is the caller's to close, when this is closed.
   *
   * @throws InputException when nothing can listen there
   */
  public static TagServer start(ServedModel model, ServerOptions options) {
    Metrics metrics = new Metrics();
    MicroBatcher<String, double[]> batcher =
        MicroBatcher.start(
            texts -> Arrays.asList(model.probabilities(texts)),
            metrics::batch,
            options.window(),
            options.batch(),
            options.queue());
    try {
      Routes routes = new Routes(model, batcher, metrics, options);
      Javalin app = Javalin.create(config -> configure(config, routes));
      app.start(options.host(), options.port());
      return new TagServer(app, batcher, routes, options.host());
    } catch (JavalinException e) {
      batcher.close();
      throw cannotListen(options, e);
    }
  }

  private static void configure(JavalinConfig config, Routes routes) {
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
    routes.addTo(config, threads);
  }

  private static InputException cannotListen(ServerOptions options, JavalinException e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return new InputException(
        "%s:%d: expected an address and a free port of this machine, found: %s; give another --port"
                .formatted(
                    options.host(),
                    options.port(),
                    Objects.requireNonNullElse(cause.getMessage(), "no such host"))
            + " (0 takes any that is free), or mend --host",
        e);
  }

  /** Where it listens, such as {@code http://127.0.0.1:8080}. */
  public String address() {
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + app.port();
  }

  /** Takes no more texts, answers what is queued, and stops when the answers are written. */
  @Override
  public void close() {
    routes.stop();
    batcher.close();
    app.stop();
  }
}
