package io.gnomon.speed;

import io.gnomon.config.InputException;
import io.gnomon.nn.DecoderShape;
import io.gnomon.nn.Rope;
import java.util.LinkedHashMap;
import java.util.Map;

/** Shapes of known models, so that a teacher's speed can be measured without its weights. */
public final class NamedShapes {
  private static final Rope PLAIN = new Rope(10_000, new Rope.Plain());
  private static final Map<String, DecoderShape> SHAPES = shapes();

  private NamedShapes() {}

  private static Map<String, DecoderShape> shapes() {
    Map<String, DecoderShape> shapes = new LinkedHashMap<>();
    shapes.put("pocket", llama(8192, 128, 2, 4, 4, 344, 512, true));
    shapes.put("stories15m", llama(32_000, 288, 6, 6, 6, 768, 256, true));
    shapes.put("tinyllama-1.1b", llama(32_000, 2048, 22, 32, 4, 5632, 2048, false));
    shapes.put("llama-2-7b", llama(32_000, 4096, 32, 32, 32, 11_008, 4096, false));
    return shapes;
  }

  private static DecoderShape llama(
      int vocabulary,
      int hidden,
      int layers,
      int heads,
      int keyValueHeads,
      int feedForward,
      int positions,
      boolean tied) {
    return new DecoderShape(
        "llama",
        vocabulary,
        hidden,
        layers,
        heads,
        keyValueHeads,
        hidden / heads,
        feedForward,
        positions,
        1e-5,
        tied,
        false,
        PLAIN);
  }

  /**
   * The shape called {@code name}.
   *
   * @throws InputException when there is none of that name
   */
  public static DecoderShape of(String name) {
    DecoderShape shape = SHAPES.get(name);
    if (shape == null) {
      throw new InputException(
          "--teacher shape:%s: expected one of %s, found '%s'; take one of these"
              .formatted(name, String.join(", ", SHAPES.keySet()), name));
    }
    return shape;
  }
}
