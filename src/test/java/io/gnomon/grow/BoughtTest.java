package io.gnomon.grow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoughtTest {
  @TempDir Path folder;

  @Test
  void whatWasAskedIsKnownAgain() throws IOException {
    Bought bought = new Bought();
    bought.add(List.of("a \"b\"", "c"), Map.of("a \"b\"", List.of("x", "y")));
    Path file = folder.resolve("labels.jsonl");
    bought.write(file, "me");
    Bought read = Bought.read(file);
    assertEquals(Map.of("a \"b\"", List.of("x", "y")), read.labels());
    assertTrue(read.asked("c")); // it has no labels, and is not asked about again
    assertFalse(read.asked("d"));
    Path training = folder.resolve("training.jsonl");
    read.writeTraining(training, "me");
    assertEquals(
        List.of("{\"text\":\"a \\\"b\\\"\",\"labels\":[\"x\",\"y\"],\"by\":\"me\"}"),
        Files.readAllLines(training));
  }

  @Test
  void aBrokenFileIsTold() throws IOException {
    Path file = Files.writeString(folder.resolve("labels.jsonl"), "{\"text\"");
    assertThrows(InputException.class, () -> Bought.read(file));
  }

  @Test
  void thePoolHasNoTestTextNoneTwiceAndNoneWithoutAToken() {
    Pool pool =
        Pool.of(List.of("a", " ", "b", "a ", "c ", "~"), List.of("c"), text -> !text.equals("~"));
    assertEquals(List.of("a", "b"), pool.texts());
    assertEquals(4, pool.dropped());
    assertThrows(InputException.class, () -> Pool.of(List.of("c", ""), List.of("c"), text -> true));
  }
}
