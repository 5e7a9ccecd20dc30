package io.gnomon.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.TinyLabels;
import io.gnomon.config.DataConfig;
import io.gnomon.config.DataConfig.Split;
import io.gnomon.config.InputException;
import io.gnomon.config.SuiteConfig.TextsConfig;
import io.gnomon.config.TaskConfig;
import io.gnomon.data.LabelledText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A set of tables, as {@code gnomon label} writes them, several labels a text. */
class TableTextsTest {
  @TempDir Path folder;

  private String table(String name, int rows) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < rows; i++) {
      String labels = i % 2 == 0 ? "\"fun\",\"odd\"" : "\"dull\"";
      lines.append(
          "{\"row\":%d,\"post\":\"%s %d\",\"labels\":[%s],\"by\":\"ollama:m\"}\n"
              .formatted(i + 1, name, i, labels));
    }
    return Files.writeString(folder.resolve(name + ".jsonl"), lines).toString();
  }

  private static TaskTexts texts(String test, @Nullable String train, @Nullable String dev) {
    DataConfig data =
        new DataConfig.Table(test, Split.TEST, "post", "labels", null, "own", train, dev);
    TaskConfig task = TinyLabels.task();
    TaskConfig with =
        new TaskConfig(
            task.name(),
            task.type(),
            task.prompt(),
            task.classes(),
            task.answers(),
            task.score(),
            task.calibration(),
            task.temperature(),
            data);
    return new TaskTexts(with, new TextsConfig(0, 3, 0, 29));
  }

  @Test
  void trainingTextsAreATableOfTheirOwn() throws IOException {
    TaskTexts texts = texts(table("test", 5), table("train", 11), null);
    assertEquals(5, texts.test().size());
    assertEquals(3, texts.dev().size());
    assertEquals(8, texts.train().size());
    Set<LabelledText> all = new HashSet<>(texts.train().rows());
    all.addAll(texts.dev().rows());
    assertEquals(11, all.size());
    assertTrue(all.contains(new LabelledText("train 4", List.of("fun", "odd"))));
  }

  @Test
  void settingsMayBeChosenOnAThird() throws IOException {
    TaskTexts texts = texts(table("test", 5), table("train", 11), table("dev", 2));
    assertEquals(11, texts.train().size());
    assertEquals("dev 0", texts.dev().rows().get(0).text());
  }

  @Test
  void oneTableHasNoTrainingTexts() throws IOException {
    TaskTexts texts = texts(table("test", 5), null, null);
    assertEquals(
        "task tiny-labels: expected a set with training texts, found a single table; name them under"
            + " data.train, or give approaches that need none",
        assertThrows(InputException.class, texts::train).getMessage());
  }
}
