package io.gnomon.serve.http;

import io.gnomon.serve.Tagging;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the server does at each path. */
final class Routes {
  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

  private static final String TAG = "/tag";
  private static final String JSON = "application/json";
  private static final String POST_TAG = "texts go to /tag, by POST";

  /** Each path and the method that it takes. */
  private static final Map<String, String> METHODS =
      Map.of("/", "GET", TAG, "POST", "/health", "GET", "/metrics", "GET");

  private static final Page PAGE = Page.of(Routes.class, "page.html");

  private final ServedModel model;
  private final MicroBatcher<String, double[]> batcher;
  private final Metrics metrics;
  private final ServerOptions options;
  private final TagRequestReader reader;
  private volatile boolean stopping;

  Routes(
      ServedModel model,
      MicroBatcher<String, double[]> batcher,
      Metrics metrics,
      ServerOptions options) {
    this.model = model;
    this.batcher = batcher;
    this.metrics = metrics;
    this.options = options;
    this.reader = new TagRequestReader(model.info().labels(), options.limits());
  }

  /**
   * Adds all of them.
   *
   * @param writers writes answers: a client that reads slowly must not hold up the batches
   */
  void addTo(JavalinConfig config, Executor writers) {
    RoutesConfig routes = config.routes;
    routes.get("/", PAGE::show);
    routes.get("/health", this::health);
    routes.get("/metrics", this::showMetrics);
    routes.post(TAG, context -> tag(context, writers));
    routes.exception(Refusal.class, (refusal, context) -> refuse(context, refusal));
    routes.exception(
        HttpResponseException.class, (e, context) -> refuse(context, unknown(e, context)));
    routes.exception(Exception.class, (e, context) -> refuse(context, failure(e, context)));
    config.requestLogger.http(this::count);
  }

  /** From now on no texts are taken. */
  void stop() {
    stopping = true;
  }

  private void tag(Context context, Executor writers) {
    TagRequest request = reader.read(RequestBody.read(context, options.limits().bytes()));
    CompletableFuture<List<double[]>> answer = submit(request.texts());
    context.future(
        () ->
            answer
                .handleAsync((rows, failure) -> reply(request, rows, failure), writers)
                .thenAccept(json -> context.contentType(JSON).result(json)));
  }

  private CompletableFuture<List<double[]>> submit(List<String> texts) {
    if (stopping) {
      throw stopped();
    }
    try {
      return batcher.submit(texts);
    } catch (RejectedExecutionException e) {
      throw new Refusal(
          429,
          "queue",
          "room for %d of %d texts".formatted(texts.size(), options.queue()),
          "others waiting",
          "send it again in a second, or fewer at once");
    } catch (IllegalStateException e) { // closed since the look above
      throw stopped();
    }
  }

  private static Refusal stopped() {
    return new Refusal(503, TAG, "a server at work", "one that is stopping", "ask another");
  }

  private String reply(
      TagRequest request, @Nullable List<double[]> rows, @Nullable Throwable failure) {
    if (rows == null || failure != null) { // which the batcher has logged
      throw failed(TAG);
    }
    List<Tagging> answers = model.choose(rows.toArray(double[][]::new), request.options());
    return Replies.answers(request, answers);
  }

  private void health(Context context) {
    context.status(stopping ? 503 : 200).contentType(JSON);
    context.result(Replies.health(stopping ? "stopping" : "ok", model.info()));
  }

  private void showMetrics(Context context) {
    context.contentType(Metrics.TYPE).result(metrics.text(batcher.waiting(), options.queue()));
  }

  private static void refuse(Context context, Refusal refusal) {
    if (refusal.passes()) {
      context.header("Retry-After", "1");
    }
    context.status(refusal.status()).contentType(JSON).result(refusal.json());
  }

  private static Refusal unknown(HttpResponseException cause, Context context) {
    String path = context.path();
    String allowed = METHODS.get(path);
    if (cause instanceof MethodNotAllowedResponse && allowed != null) {
      context.header("Allow", allowed);
      return new Refusal(405, path, allowed, context.method().name(), POST_TAG);
    }
    return new Refusal(404, "path", "/tag, /health, /metrics or /", Shown.of(path), POST_TAG);
  }

  private static Refusal failure(Exception cause, Context context) {
    LOG.error("{} failed: {}", context.path(), cause.toString(), cause);
    return failed(context.path());
  }

  private static Refusal failed(String path) {
    return new Refusal(
        500, path, "an answer", "a failure in the server", "see what the server printed");
  }

  private void count(Context context, float milliseconds) {
    String path = METHODS.containsKey(context.path()) ? context.path() : "other";
    metrics.request(path, context.statusCode());
    if (path.equals(TAG)) {
      metrics.tagged(milliseconds / 1000.0);
    }
  }
}
