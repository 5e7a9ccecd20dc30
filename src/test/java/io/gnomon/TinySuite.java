package io.gnomon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A suite of seconds: the embedded teacher, 60 of the embedded texts, students of some hundreds.
 */
public final class TinySuite {
  /** What every cell starts from. */
  public static final String BASE =
      """
      name: base
      task: {name: t, prompt: {prefix: "Is it? "}, classes: {good: [Good], bad: [Bad]}}
      teacher: {path: "embedded:pocket", precision: fp32}
      student: {kind: roberta, hidden: 14, layers: 1, heads: 2, feed_forward: 11, max_positions: 29}
      sampler: {from: samplers/bursty, length: {min: 3, max: 7}}
      training: {steps: 12, batch_size: 5, checkpoint_every: 4}
      optimizer: {warmup_steps: 1}
      trace: {every: 4, probe: 16}
      runtime: {device: cpu, threads: 1}
      """;

  /** Six cells: two approaches that no seed matters to, and two under two seeds. */
  public static final String SUITE =
      """
      name: tiny
      experiment: base.yaml
      tasks:
        - from: tasks/goemotions-binary
          data: {kind: table, path: "embedded:goemotions-slice.tsv"}
      seeds: [1, 2]
      texts: {test: 60, max_length: 16}
      approaches:
        teacher: {kind: teacher}
        constant: {kind: constant}
        uniform: {kind: projection, set: {sampler: {kind: uniform, length: {min: 3, max: 7}}}}
        bursty+12: {kind: projection, set: {training.steps: 12}}
      """;

  private TinySuite() {}

  /**
   * Writes GoEmotions' three files with comments of a few words, which tell joy (17), joy and love
   * (18) or sadness (25); returns their folder.
   */
  public static Path emotions(Path folder) throws IOException {
    Path set = Files.createDirectories(folder.resolve("emotions"));
    Files.writeString(set.resolve("train.tsv"), emotions(90, 5));
    Files.writeString(set.resolve("dev.tsv"), emotions(30, 7));
    Files.writeString(set.resolve("test.tsv"), emotions(60, 11));
    return set;
  }

  private static String emotions(int rows, long seed) {
    List<String> nouns = List.of("plot", "cast", "score", "end", "cut", "song", "day");
    List<String> words = List.of("lovely\t17", "dearest\t17,18", "boring\t25");
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder tsv = new StringBuilder();
    for (int i = 0; i < rows; i++) {
      String[] word = words.get(i % 3).split("\t", -1);
      String noun = nouns.get(random.nextInt(nouns.size()));
      String other = nouns.get(random.nextInt(nouns.size()));
      tsv.append("a %s %s and %s %d\t%s\tid%d\n".formatted(word[0], noun, other, i, word[1], i));
    }
    return tsv.toString();
  }

  /** Writes both files; returns the suite's. */
  public static Path write(Path folder) throws IOException {
    return write(folder, SUITE);
  }

  /** Writes the base beside another suite; returns the suite's file. */
  public static Path write(Path folder, String suite) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("base.yaml"), BASE);
    return Files.writeString(folder.resolve("suite.yaml"), suite);
  }
}
