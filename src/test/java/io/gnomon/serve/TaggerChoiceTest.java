package io.gnomon.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.Messages;
import io.gnomon.TinyRun;
import io.gnomon.config.InputException;
import io.gnomon.export.ExportPrecision;
import io.gnomon.export.Exports;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that are chosen from afterwards are those of a tagger with these options. */
class TaggerChoiceTest {
  private static final TaggerOptions ONE_THREAD = TaggerOptions.defaults().withThreads(1);
  private static final List<String> TEXTS = List.of("a good film", "bad", "", "so good, so dull");

  @TempDir Path root;

  @Test
  void choosesAsATaggerWithTheseOptionsDoes() {
    Path model =
        Exports.onnx(TinyRun.write(root, 14, true), ExportPrecision.FP32, root.resolve("model"));
    TaggerOptions one = ONE_THREAD.withTopK(1);
    TaggerOptions none = ONE_THREAD.withThreshold(1).withThreshold("odd", 0);
    try (Tagger tagger = Tagger.load(model, ONE_THREAD);
        Tagger first = Tagger.load(model, one);
        Tagger odd = Tagger.load(model, none)) {
      double[][] probabilities = tagger.probabilities(TEXTS);
      assertEquals(tagger.tag(TEXTS), tagger.choose(probabilities, TaggerOptions.defaults()));
      assertEquals(first.tag(TEXTS), tagger.choose(probabilities, one));
      assertEquals(odd.tag(TEXTS), tagger.choose(probabilities, none));
      assertNotEquals(first.tag(TEXTS), odd.tag(TEXTS));
      assertTrue(
          Messages.of(
                  InputException.class,
                  () -> tagger.choose(probabilities, one.withThreshold("joy", 0.5)))
              .startsWith("threshold of joy: expected one of the labels [fun, dull, odd]"));
    }
  }
}
