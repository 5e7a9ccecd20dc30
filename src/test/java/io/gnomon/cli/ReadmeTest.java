package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the README tells a reader to type exists. */
class ReadmeTest {
  private static final Path HOME = Path.of(System.getProperty("gnomon.home", "."));

  private static final Pattern PART =
      Pattern.compile("\\b(tasks|teachers|students|samplers)/[a-z0-9-]+");

  /** Lines of the README's shell blocks that start one of our programs. */
  private static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    boolean shell = false;
    for (String line : Files.readAllLines(HOME.resolve("README.md"))) {
      if (line.startsWith("```")) {
        shell = line.equals("```sh");
      } else if (shell && line.matches("\\./(gnomon|mvnw) .*")) {
        commands.add(line.strip());
      }
    }
    return commands;
  }

  @Test
  void theFirstScreenHoldsTheTwoCommands() throws IOException {
    assertEquals(
        List.of("./gnomon run configs/quickstart.yaml", "./mvnw verify"), commands().subList(0, 2));
    List<String> screen = Files.readAllLines(HOME.resolve("README.md")).subList(0, 30);
    assertTrue(screen.containsAll(commands().subList(0, 2)), "not on the first screen");
  }

  @Test
  void ciRunsTheReadmesTests() throws IOException {
    List<String> lines = Files.readAllLines(HOME.resolve(".ci/run"));
    assertEquals("./mvnw verify", lines.get(lines.size() - 1));
  }

  @TestFactory
  Stream<DynamicTest> everyCommandExists() throws IOException {
    Set<String> known = known();
    return commands().stream()
        .filter(command -> command.startsWith("./gnomon "))
        .map(command -> DynamicTest.dynamicTest(command, () -> check(command, known)));
  }

  private static void check(String command, Set<String> known) {
    List<String> words = List.of(command.split("\\s+", -1));
    assertTrue(known.contains(words.get(1)), () -> words.get(1) + " is none of " + known);
    for (String word : words) {
      if (word.endsWith(".yaml")) {
        assertTrue(Files.isRegularFile(HOME.resolve(word)), () -> word + " does not exist");
      }
    }
  }

  /** Parts that the README's configuration names. */
  @Test
  void everyPartExists() throws IOException {
    List<String> parts =
        PART.matcher(Files.readString(HOME.resolve("README.md")))
            .results()
            .map(MatchResult::group)
            .distinct()
            .toList();
    assertTrue(parts.size() >= 4, parts::toString);
    for (String part : parts) {
      assertTrue(Files.isRegularFile(HOME.resolve("configs/" + part + ".yaml")), part);
    }
  }

  private static Set<String> known() {
    return Main.commandLine(new GnomonCommand(), new CapturedConsole().console())
        .getSubcommands()
        .keySet();
  }
}
