package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gnomon.TeacherFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {
  private static final String TASK =
      """
      name: t
      prompt: {prefix: "is it", suffix: "answer"}
      classes: {fine: [good], poor: [bad]}
      """;

  @TempDir Path folder;
  private final CapturedConsole captured = new CapturedConsole();
  private Path experiment;
  private Path task;

  @BeforeEach
  void write() throws IOException {
    Path teacher = TeacherFiles.write(folder.resolve("teacher"));
    task =
        Files.writeString(Files.createDirectory(folder.resolve("tasks")).resolve("t.yaml"), TASK);
    experiment =
        Files.writeString(
            folder.resolve("x.yaml"),
            """
            name: x
            task:
              name: t
              prompt: {prefix: "is it", suffix: "answer"}
              classes: {fine: [good], poor: [bad]}
            teacher: {path: "%s"}
            student: {kind: roberta}
            sampler: {kind: uniform, length: {min: 3, max: 17}}
            """
                .formatted(teacher));
  }

  private List<String> errors() {
    return captured.err().replace(folder + "/", "").lines().toList();
  }

  @Test
  void goodFilesAreNamedWithWhatTheyAre() {
    int status = captured.run("validate", experiment.toString(), task.toString());
    assertEquals(ExitCode.OK, status, captured::err);
    assertEquals(
        List.of("x.yaml: ok (experiment)", "tasks/t.yaml: ok (task)"),
        captured.out().replace(folder + "/", "").lines().toList());
    assertEquals("", captured.err());
  }

  @Test
  void everyProblemOfEveryFileIsReported() throws IOException {
    Files.writeString(task, TASK.replace("name: t", "nmae: t"));
    int status =
        captured.run(
            "validate",
            task.toString(),
            experiment.toString(),
            folder.resolve("no.yaml").toString(),
            "--set",
            "temperature=0");
    assertEquals(ExitCode.BAD_INPUT, status);
    assertEquals("", captured.out());
    assertEquals(
        List.of(
            "tasks/t.yaml:1: nmae: unknown key; allowed: name, type, prompt, classes, answers,"
                + " score, calibration, temperature, data; did you mean 'name'?",
            "tasks/t.yaml:1: name: missing key; allowed: name of the task",
            "--set temperature=0: temperature: 0; allowed: a number above 0"),
        errors().subList(0, 3));
    assertEquals(
        List.of("no.yaml: no such file; allowed: a readable YAML file"),
        errors().subList(errors().size() - 1, errors().size()));
  }

  @Test
  void theTeacherIsCheckedAsWell() {
    int status =
        captured.run(
            "validate",
            experiment.toString(),
            "--set",
            "task.classes.poor=[awful]",
            "--set",
            "task.classes.fine=[awesome]",
            "--set",
            "sampler.length.max=43");
    assertEquals(ExitCode.BAD_INPUT, status);
    assertEquals(
        List.of(
            "--set task.classes.poor=[awful]: task.classes.poor.0: the word 'awful' of class poor,"
                + " which begins with the token 6 'aw' as the word 'awesome' of class fine does;"
                + " allowed: a word whose first token begins no word of another class",
            "--set sampler.length.max=43: sampler.length.max: 43 vectors; allowed: at most 28: the"
                + " teacher's 31 positions − 3 tokens of the prompt; did you mean '28'?"),
        errors());
  }

  @Test
  void aWordOfSeveralTokensIsAWarning() {
    int status =
        captured.run("validate", experiment.toString(), "--set", "task.classes.poor=[awful]");
    assertEquals(ExitCode.OK, status);
    assertEquals(
        List.of(
            "gnomon: warning: x.yaml: the word 'awful' (poor) has 2 tokens, of which only the"
                + " first, 'aw', is read"),
        errors());
  }

  @Test
  void withoutAFileItSaysWhatIsMissing() {
    assertEquals(ExitCode.BAD_INPUT, captured.run("validate"));
    assertEquals(
        List.of("gnomon: Missing required parameter: 'FILE'; see gnomon validate --help"),
        captured.err().lines().toList());
  }

  @Test
  void aFolderIsToldFromAFile() {
    assertEquals(ExitCode.BAD_INPUT, captured.run("validate", folder.resolve("tasks").toString()));
    assertEquals(
        List.of(
            "tasks: a folder; allowed: a readable YAML file; did you mean '" + "tasks/t.yaml'?"),
        errors());
  }

  @Test
  void aFolderWithoutYamlIsAsWell() {
    assertEquals(
        ExitCode.BAD_INPUT, captured.run("validate", folder.resolve("teacher").toString()));
    assertEquals(List.of("teacher: a folder; allowed: a readable YAML file"), errors());
  }
}
