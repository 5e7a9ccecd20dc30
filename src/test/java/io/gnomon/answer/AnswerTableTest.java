package io.gnomon.answer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.Messages;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder of answers: its shards, its writers and its readers. */
class AnswerTableTest {
  private static final int BATCHES = 11;

  @TempDir Path root;
  private final AnswerKey key = Keys.training();

  private AnswerTable open() {
    return AnswerTable.open(root, key, BATCHES);
  }

  private Path folder() {
    return root.resolve(key.hash());
  }

  private void answer(String shard) {
    try (AnswerTable table = open()) {
      Shard share = Shard.parse(shard);
      assertTrue(table.claim(share));
      for (long number : table.missing(share)) {
        table.keep(number, Keys.answers(number));
      }
    }
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder())) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder().relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void lookingLeavesNothing() throws IOException {
    try (AnswerTable table = open()) {
      assertEquals(BATCHES, table.missing(Shard.WHOLE).length);
      assertEquals(Optional.empty(), table.find(0));
      table.keep(0, Keys.answers(0));
      assertFalse(table.claimed());
    }
    try (Stream<Path> left = Files.list(root)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void threeShardsMergeToTheBytesOfTheWhole() throws IOException {
    answer("0/1");
    byte[] whole = Files.readAllBytes(folder().resolve("whole/answers.bin"));
    Files.delete(folder().resolve("whole/answers.bin"));
    for (String shard : List.of("2/3", "0/3", "1/3")) {
      answer(shard);
    }
    assertEquals(
        new TreeSet<>(
            List.of(
                "header.json",
                "shard-0-of-3/answers.bin",
                "shard-1-of-3/answers.bin",
                "shard-2-of-3/answers.bin")),
        files());
    try (AnswerTable table = open()) {
      assertTrue(table.complete());
      assertArrayEquals(Keys.answers(7), table.find(7).orElseThrow());
      table.merge();
      assertTrue(table.complete());
    }
    assertEquals(new TreeSet<>(List.of("header.json", "whole/answers.bin")), files());
    assertArrayEquals(whole, Files.readAllBytes(folder().resolve("whole/answers.bin")));
    assertFalse(Files.exists(folder().resolve("shard-0-of-3")));
  }

  @Test
  void aMissingShardIsNamedAndNothingIsTouched() throws IOException {
    answer("0/3");
    answer("2/3");
    Set<String> before = files();
    try (AnswerTable table = open()) {
      assertEquals(
          folder()
              + ": expected the answers to all 11 batches (training), found 7 (the first missing"
              + " is 1); run 'gnomon answer CONFIG --shard 1/3', then merge again",
          Messages.of(InputException.class, table::merge));
    }
    assertEquals(before, files());
  }

  @Test
  void aMergeWaitsForNoWriter() {
    answer("0/2");
    answer("1/2");
    try (AnswerTable writer = open();
        AnswerTable merger = open()) {
      assertTrue(writer.claim(Shard.parse("1/2")));
      String message = Messages.of(InputException.class, merger::merge);
      assertTrue(message.contains("another gnomon is writing into this folder"), message);
    }
  }

  @Test
  void theSecondRunReadsAlong() {
    try (AnswerTable first = open();
        AnswerTable second = open()) {
      assertTrue(first.claim(Shard.WHOLE));
      assertFalse(second.claim(Shard.WHOLE));
      assertEquals(Optional.empty(), second.find(4));
      first.keep(4, Keys.answers(4));
      assertArrayEquals(Keys.answers(4), second.find(4).orElseThrow());
      second.keep(5, Keys.answers(5));
      assertEquals(Optional.empty(), first.find(5));
    }
    answer("0/1");
  }

  @Test
  void anAnswerIsKeptOnce() throws IOException {
    answer("0/1");
    long size = Files.size(folder().resolve("whole/answers.bin"));
    try (AnswerTable table = open()) {
      assertTrue(table.claim(Shard.WHOLE));
      table.keep(3, Keys.answers(3));
    }
    assertEquals(size, Files.size(folder().resolve("whole/answers.bin")));
  }

  @Test
  void aHeaderOfAnotherKeyIsRefused() throws IOException {
    answer("0/1");
    Path header = folder().resolve("header.json");
    Files.writeString(header, Keys.training("seed=2").header());
    assertEquals(
        header
            + ": expected seed 1, found 2; move the folder back where it belongs, or delete it and"
            + " the teacher is asked anew",
        Messages.of(InputException.class, () -> open().close()));
    Files.writeString(header, "no header");
    String message = Messages.of(InputException.class, () -> open().close());
    assertTrue(message.contains("expected a JSON object, found other text"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3/3", "1", "-1/3", "a/b", "0/0", "1/2/3", "99999999999/3", ""})
  void aShardThatIsNoneIsRefused(String text) {
    assertEquals(
        "--shard: expected i/n with i from 0 to n − 1, such as 0/4, found '"
            + text
            + "'; number the shards from 0",
        Messages.of(InputException.class, () -> Shard.parse(text)));
  }
}
