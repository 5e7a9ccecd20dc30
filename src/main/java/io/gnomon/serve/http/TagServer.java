package io.gnomon.serve.http;

import io.gnomon.config.InputException;
import java.util.Arrays;

/**
 * Tags texts over HTTP. Requests are run together in batches; where more wait than the queue takes,
 * they are refused at once, with 429.
 */
public final class TagServer implements AutoCloseable {
  private final Listening listening;
  private final MicroBatcher<String, double[]> batcher;
  private final Routes routes;

  private TagServer(Listening listening, MicroBatcher<String, double[]> batcher, Routes routes) {
    this.listening = listening;
    this.batcher = batcher;
    this.routes = routes;
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
      Listening listening =
          Listening.start(options.host(), options.port(), ", or mend --host", routes::addTo);
      return new TagServer(listening, batcher, routes);
    } catch (InputException e) {
      batcher.close();
      throw e;
    }
  }

  /** Where it listens, such as {@code http://127.0.0.1:8080}. */
  public String address() {
    return listening.address();
  }

  /** Takes no more texts, answers what is queued, and stops when the answers are written. */
  @Override
  public void close() {
    routes.stop();
    batcher.close();
    listening.close();
  }
}
