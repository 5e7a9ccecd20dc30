package io.gnomon.serve.http;

import io.gnomon.serve.TaggerOptions;
import java.util.List;

/**
 * What a client asks.
 *
 * @param texts one or more
 * @param single whether there is one, to be answered by itself and not as a list
 * @param options how labels are chosen
 */
record TagRequest(List<String> texts, boolean single, TaggerOptions options) {
  TagRequest {
    texts = List.copyOf(texts);
  }
}
