package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.TinyTeacher;
import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A good experiment with all it needs in one folder, of which a test breaks one part: {@code
 * x.yaml}, {@code teacher/}, {@code reviews.csv}, and {@code results/} once it has run.
 */
final class Workbench {
  static final String EXPERIMENT =
      """
      name: x
      task:
        name: tiny
        prompt: {prefix: "film:", suffix: " this is"}
        classes: {positive: [good, great], negative: [bad, awful, dull]}
        data: {kind: table, path: "@/reviews.csv", licence: none}
      teacher: {path: "@/teacher", precision: fp32}
      student: {kind: roberta, hidden: 14, layers: 1, heads: 2, feed_forward: 11, max_positions: 29}
      sampler: {kind: uniform, length: {min: 3, max: 7}}
      training: {steps: 4, batch_size: 3, checkpoint_every: 2}
      trace: {every: 2, probe: 5, text: {limit: 0, max_length: 23}}
      optimizer: {warmup_steps: 1}
      runtime: {device: cpu, threads: 1}
      """;

  static final String REVIEWS =
      """
      text,label
      a good film,positive
      a bad film,negative
      a dull one,negative
      """;

  private final Path folder;
  private final Path kept;

  /** Lays everything out below {@code root}. */
  Workbench(Path root) throws IOException {
    this.folder = Files.createDirectory(root.resolve("bench"));
    this.kept = root.resolve("kept");
    write("x.yaml", EXPERIMENT);
    write("reviews.csv", REVIEWS);
    TinyTeacher.write(folder.resolve("teacher"));
    keep();
  }

  /** What {@link #refuses} goes back to. */
  void keep() throws IOException {
    AtomicFiles.delete(kept);
    copy(folder, kept);
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /** Writes a file; {@code @} stands for the folder. */
  void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text.replace("@", folder.toString()));
  }

  /** Replaces {@code old}, which must be there, in a file. */
  void edit(String name, String old, String replacement) throws IOException {
    String text = Files.readString(path(name));
    assertTrue(text.contains(old), () -> name + " has no " + old);
    write(name, text.replace(old, replacement));
  }

  /** Keeps the first {@code share} of a file. */
  void cut(String name, double share) throws IOException {
    byte[] content = Files.readAllBytes(path(name));
    Files.write(path(name), Arrays.copyOf(content, (int) (content.length * share)));
  }

  /** Makes the last numbers of a file NaN. */
  void fillEnd(String name, int bytes) throws IOException {
    byte[] content = Files.readAllBytes(path(name));
    Arrays.fill(content, content.length - bytes, content.length, (byte) 0xff);
    Files.write(path(name), content);
  }

  /** One broken input. */
  interface Break {
    void apply(Workbench bench) throws IOException;
  }

  /**
   * A command line after something was broken, and what is expected of it.
   *
   * @param command its words, {@code @} for the folder
   * @param line the one line of cause, without the folder; {@code *} stands for anything
   * @param added files it leaves nevertheless, all of them whole
   */
  record Refusal(
      String name,
      Break broken,
      List<String> command,
      int status,
      String line,
      List<String> added) {
    Refusal(String name, Break broken, String command, String line, String... added) {
      this(name, broken, List.of(command.split(" ")), ExitCode.BAD_INPUT, line, List.of(added));
    }
  }

  /** Breaks, runs, checks status, message and files, and mends again. */
  void refuses(Refusal refusal) throws IOException {
    try {
      refusal.broken().apply(this);
      SortedMap<String, String> before = listing();
      CapturedConsole console = new CapturedConsole();
      int status = run(console, refusal.command());
      String err = console.err();
      assertEquals(refusal.status(), status, err);
      assertFalse(err.contains("\tat "), err);
      assertTrue(
          pattern(refusal.line()).matcher(cause(err)).matches(),
          () -> "expected\n" + refusal.line() + "\nfound\n" + cause(err));
      assertLeft(before, refusal.added());
    } finally {
      mend();
    }
  }

  /** Goes back to what was kept. */
  void mend() throws IOException {
    AtomicFiles.delete(folder);
    copy(kept, folder);
  }

  int run(CapturedConsole console, List<String> command) {
    return console.run(
        command.stream().map(word -> word.replace("@", folder.toString())).toArray(String[]::new));
  }

  /** All that follows on the warnings and the rows of a trace, without the program's name. */
  private String cause(String err) {
    return err.replace(folder + "/", "")
        .lines()
        .dropWhile(line -> !line.startsWith("gnomon: ") || line.startsWith("gnomon: warning: "))
        .map(line -> line.replaceFirst("^gnomon: ", ""))
        .collect(Collectors.joining("\n"));
  }

  private static Pattern pattern(String line) {
    return Pattern.compile(
        Stream.of(line.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
  }

  /** Every old file as it was, and of new ones those alone that are named. */
  private void assertLeft(SortedMap<String, String> before, List<String> added) throws IOException {
    SortedMap<String, String> after = listing();
    TreeSet<String> fresh = new TreeSet<>(after.keySet());
    fresh.removeAll(before.keySet());
    assertEquals(new TreeSet<>(added), fresh, "new files");
    for (Map.Entry<String, String> file : before.entrySet()) {
      if (!file.getValue().equals("link")) { // the way to a full disk goes with what is discarded
        assertEquals(file.getValue(), after.get(file.getKey()), file.getKey());
      }
    }
  }

  /** Every file and folder below, with its digest. */
  SortedMap<String, String> listing() throws IOException {
    SortedMap<String, String> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.toList()) {
        found.put(folder.relativize(path).toString(), digest(path));
      }
    }
    return found;
  }

  private static String digest(Path path) {
    if (Files.isSymbolicLink(path)) {
      return "link";
    }
    return Files.isDirectory(path) ? "folder" : Sha256.of(path);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)));
      }
    }
  }
}
