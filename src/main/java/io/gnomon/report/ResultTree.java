package io.gnomon.report;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What lies below a folder of results.
 *
 * @param root the folder
 * @param runs folders of runs and of suites' cells, by name
 * @param suites folders of suites, by name
 * @param closed folders that this user may not read
 */
record ResultTree(Path root, List<Path> runs, List<Path> suites, List<Damage> closed) {
  /** Folders that hold weights, answers or locks, and no runs. */
  private static final Set<String> WITHOUT_RUNS =
      Set.of("checkpoint", "student", "export", "answers", "running", "taught");

  private static final List<String> OF_A_RUN =
      List.of("config.yaml", "trace.jsonl", "metrics.json", "cell.json");

  /**
   * Looks through {@code root}.
   *
   * @throws InputException when there is no such folder, or neither run nor suite in it
   */
  static ResultTree of(Path root) {
    Path whole = root.toAbsolutePath().normalize();
    ResultTree tree =
        new ResultTree(whole, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    if (!Files.isDirectory(whole)) {
      throw new InputException(
          root + ": expected a folder of results, found none; give the one gnomon run wrote to");
    }
    try {
      Files.walkFileTree(whole, tree.visitor());
    } catch (IOException e) {
      throw new InputException(root + ": cannot be looked through; check its disk", e);
    }
    if (tree.runs.isEmpty() && tree.suites.isEmpty() && tree.closed.isEmpty()) {
      throw new InputException(
          root
              + ": expected run folders (config.yaml, trace.jsonl) or suites below it, found none;"
              + " run something first, such as gnomon run configs/quickstart.yaml");
    }
    tree.runs.sort(Comparator.comparing(tree::place));
    tree.suites.sort(Comparator.comparing(tree::place));
    return tree;
  }

  /** What the page calls a folder below the root; the parts are told apart by '/' everywhere. */
  String name(Path folder) {
    Path below = root.relativize(folder);
    String name = below.toString().replace('\\', '/');
    return name.isEmpty() ? String.valueOf(root.getFileName()) : name;
  }

  /** So that a folder's own come before those of one whose name is longer. */
  private String place(Path folder) {
    return name(folder).replace('/', '\0');
  }

  private SimpleFileVisitor<Path> visitor() {
    return new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        String name = String.valueOf(folder.getFileName());
        boolean inner = !folder.equals(root);
        if (inner && (name.startsWith(".") || WITHOUT_RUNS.contains(name))) {
          return FileVisitResult.SKIP_SUBTREE;
        }
        if (Files.isRegularFile(folder.resolve("suite.yaml"))) {
          suites.add(folder);
          return FileVisitResult.CONTINUE;
        }
        if (OF_A_RUN.stream().anyMatch(file -> Files.isRegularFile(folder.resolve(file)))) {
          runs.add(folder);
          return FileVisitResult.SKIP_SUBTREE;
        }
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFileFailed(Path file, IOException problem) {
        closed.add(new Damage(name(file), "cannot be read; make it readable to this user"));
        return FileVisitResult.CONTINUE;
      }
    };
  }

  /** The suite that a run is a cell of, if it is one. */
  Stream<Path> suiteOf(Path run) {
    return suites.stream().filter(suite -> run.startsWith(suite.resolve("cells")));
  }
}
