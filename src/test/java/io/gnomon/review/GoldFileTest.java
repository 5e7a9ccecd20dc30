package io.gnomon.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldFileTest {
  @TempDir Path root;

  /** The key of a line is its first letter. */
  private GoldFile open() {
    return GoldFile.open(
        file(),
        new GoldFile.Keys() {
          @Override
          public String of(String line, int number) {
            return line.substring(0, 1);
          }

          @Override
          public boolean own(String key) {
            return !key.equals("x");
          }
        });
  }

  private Path file() {
    return root.resolve("gold.jsonl");
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(file());
  }

  @Test
  void keepsOneLineAKeyAndTakesChangesBack() throws IOException {
    try (GoldFile gold = open()) {
      gold.put("a", "a1");
      gold.put("b", "b1");
      gold.put("a", "a2");
      assertEquals(List.of("b1", "a2"), lines());
      gold.put("c", "c1");
      assertEquals(Optional.of("c"), gold.undo());
      assertEquals(Optional.of("a"), gold.undo());
      assertEquals(List.of("b1", "a1"), lines());
      assertEquals(Optional.of("b"), gold.undo());
      assertEquals(List.of("a1"), lines());
      gold.put("d", "d1");
      assertEquals(List.of("a1", "d1"), lines());
    }
  }

  @Test
  void goesOnWhereAKilledProcessEnded() throws IOException {
    try (GoldFile gold = open()) {
      gold.put("a", "a1");
      gold.put("b", "b1");
    }
    Files.writeString(file(), "c-never-answe", StandardOpenOption.APPEND);
    try (GoldFile gold = open()) {
      assertEquals(List.of("a1", "b1"), List.copyOf(gold.lines().values()));
      gold.put("d", "d1");
      assertEquals(List.of("a1", "b1", "d1"), lines());
      assertEquals(Optional.of("d"), gold.undo());
      assertEquals(Optional.of("b"), gold.undo());
      assertEquals(Optional.of("a"), gold.undo());
      assertEquals(Optional.empty(), gold.undo());
    }
    assertFalse(Files.exists(file()));
    assertFalse(Files.exists(root.resolve("gold.jsonl.lock")));
  }

  @Test
  void linesOfOthersStay() throws IOException {
    Files.writeString(file(), "a1\nx1\n");
    try (GoldFile gold = open()) {
      assertEquals(Optional.of("a"), gold.undo());
      assertEquals(Optional.empty(), gold.undo());
    }
    assertEquals(List.of("x1"), lines());
  }

  /** Where the system shows what this process has open. */
  @Test
  void aFileThatIsRefusedIsClosedAgain() throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    assumeTrue(Files.isDirectory(descriptors), "skipped: this system has no /proc");
    Files.writeString(file(), "q1\n");
    InputException refused =
        assertThrows(InputException.class, () -> GoldFile.open(file(), refusing()));
    assertEquals("none of ours", refused.getMessage());
    try (Stream<Path> open = Files.list(descriptors)) {
      assertEquals(List.of(), open.filter(this::leadsHere).toList());
    }
    assertFalse(Files.exists(root.resolve("gold.jsonl.lock")));
  }

  private static GoldFile.Keys refusing() {
    return new GoldFile.Keys() {
      @Override
      public String of(String line, int number) {
        throw new InputException("none of ours");
      }

      @Override
      public boolean own(String key) {
        return true;
      }
    };
  }

  private boolean leadsHere(Path descriptor) {
    try {
      return Files.isSymbolicLink(descriptor)
          && Files.readSymbolicLink(descriptor).equals(file().toRealPath());
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  @Test
  void oneProcessWritesAtATime() {
    try (GoldFile gold = open()) {
      assertTrue(gold.lines().isEmpty());
      InputException refused = assertThrows(InputException.class, this::open);
      String said = "" + refused.getMessage();
      assertTrue(said.contains("gold.jsonl.lock: another gnomon is writing"), said);
    }
  }
}
