package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

class MainTest {
  private final CapturedConsole captured = new CapturedConsole();

  @Test
  void withoutArgumentsPrintsTheCommandsInGroups() {
    assertEquals(ExitCode.OK, captured.run());
    assertTrue(captured.out().contains("Look before you run:"), captured.out());
    assertTrue(captured.out().contains("  doctor      Say which libtorch"), captured.out());
    assertEquals("", captured.err());
  }

  @Test
  void everyCommandStandsUnderAHeadingOfItsOwn() {
    captured.run();
    assertFalse(captured.out().contains("Others:"), captured.out());
    assertTrue(captured.out().contains("  help        When no COMMAND is given"), captured.out());
    assertFalse(captured.out().contains("%n"), captured.out());
  }

  @Test
  void anUnknownCommandNamesTheNearest() {
    assertEquals(ExitCode.BAD_INPUT, captured.run("docter"));
    assertEquals(
        List.of(
            "gnomon: expected a command, found 'docter'; did you mean 'doctor'? See gnomon --help"),
        captured.err().lines().toList());
    assertEquals("", captured.out());
  }

  @Test
  void anUnknownOptionOfACommandPointsToItsHelp() {
    assertEquals(ExitCode.BAD_INPUT, captured.run("doctor", "--jsno"));
    assertEquals(
        List.of(
            "gnomon: doctor: expected one of its options, found '--jsno'; did you mean '--json'? See"
                + " gnomon doctor --help"),
        captured.err().lines().toList());
  }

  @Test
  void anArgumentTooManyIsNamed() {
    assertEquals(ExitCode.BAD_INPUT, captured.run("run", "configs/quickstart.yaml", "more", "yet"));
    assertEquals(
        List.of(
            "gnomon: run: expected no further argument, found 'more'; leave it out, or see gnomon run"
                + " --help"),
        captured.err().lines().toList());
  }

  @Test
  void theVersionIsOneLine() {
    assertEquals(ExitCode.OK, captured.run("--version"));
    assertEquals(1, captured.out().lines().count());
    assertTrue(captured.out().startsWith("gnomon "), captured.out());
  }

  @Test
  void completionIsAScriptThatKnowsTheCommands() {
    assertEquals(ExitCode.OK, captured.run("completion"));
    assertTrue(captured.out().startsWith("#!/usr/bin/env bash"), captured.out());
    assertTrue(captured.out().contains("doctor"), captured.out());
  }

  @TestFactory
  Stream<DynamicTest> everyCommandHasADescriptionAndAnExampleThatParses() {
    Map<String, CommandLine> commands =
        Main.commandLine(new GnomonCommand(), captured.console()).getSubcommands();
    return commands.entrySet().stream()
        .filter(command -> !command.getKey().equals("help"))
        .map(command -> DynamicTest.dynamicTest(command.getKey(), () -> check(command.getValue())));
  }

  private static void check(CommandLine command) {
    var usage = command.getCommandSpec().usageMessage();
    assertEquals(1, usage.description().length, "one line of description");
    List<String> examples =
        Arrays.stream(usage.footer()).filter(line -> line.startsWith("Example: ")).toList();
    assertEquals(1, examples.size(), "one example in the footer");
    String name = command.getCommandName();
    assertTrue(
        examples.get(0).contains("gnomon " + name), () -> "the example is of another: " + examples);
  }
}
