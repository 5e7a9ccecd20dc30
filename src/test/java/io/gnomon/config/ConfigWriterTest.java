package io.gnomon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigWriterTest {
  @TempDir Path folder;

  @Test
  void everyDefaultIsWrittenOut() {
    ExperimentConfig config = new ConfigFiles(folder).load(ConfigFiles.GOOD);
    String text = ConfigWriter.write(config);
    assertTrue(text.startsWith("name: x\nseed: 1\ntask:\n  name: t\n  type: single-label\n"), text);
    assertTrue(text.contains("    good: [Good]\n    bad: [Bad]\n"), text);
    assertTrue(text.contains("sampler:\n  kind: uniform\n  length:\n    min: 16\n"), text);
    assertTrue(text.contains("  epsilon: 1.0e-8\n  warmup_steps: 100\n"), text);
    assertTrue(text.endsWith("runtime:\n  device: auto\n  threads: 0\n  overlap: auto\n"), text);
  }

  @Test
  void whatIsAtItsDefaultCanBeLeftOut() {
    RuntimeConfig plain = new RuntimeConfig("auto", 0, RuntimeConfig.Overlap.AUTO);
    assertEquals("\n", ConfigWriter.writeWithoutDefaults(plain));
    RuntimeConfig threads = new RuntimeConfig("auto", 2, RuntimeConfig.Overlap.AUTO);
    assertEquals("threads: 2\n", ConfigWriter.writeWithoutDefaults(threads));

    ExperimentConfig config = new ConfigFiles(folder).load(ConfigFiles.GOOD);
    String text = ConfigWriter.writeWithoutDefaults(config);
    assertTrue(text.contains("sampler:\n  kind: uniform\n"), text);
    assertFalse(text.contains("objective:"), text); // a nested record of defaults
    assertFalse(text.contains("epsilon"), text);
  }

  @Test
  void commentsAreTheDescriptions() {
    RuntimeConfig config = new RuntimeConfig("cpu", 2, RuntimeConfig.Overlap.ON);
    assertEquals(
        """
        # auto, cpu or cuda:N
        device: cpu
        # threads of libtorch; 0 leaves the choice to it
        threads: 2
        # whether a run draws and answers its next batch during the student's step: auto (on a card), on or off
        overlap: on
        """,
        ConfigWriter.writeWithComments(config));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "~",
        "true",
        "False",
        "1",
        "1e3",
        "0x1f",
        ".nan",
        "- a",
        "a: b",
        "a #b",
        "a ",
        "\"",
        "\\",
        "'",
        "{",
        "[a]",
        "a\nb\r\n\tc",
        "\u0000\u0007\u0085\u2028\ufeff",
        "é✓😀",
        "a.b",
        "<<",
        "=",
        "from",
        "Sci/Tech",
        "a/b c_d"
      })
  void anyTextReadsBack(String text) {
    Map<String, List<String>> classes = new LinkedHashMap<>();
    classes.put("a" + text, List.of("Good", "No"));
    classes.put("b", List.of("Bad"));
    TaskConfig task =
        new TaskConfig(
            text,
            new TaskConfig.PromptConfig(text, text),
            classes,
            TaskConfig.Score.LOGSUMEXP,
            new CalibrationConfig.Contextual(text),
            0.1 + 0.2,
            null);
    Path file = new ConfigFiles(folder).write("task.yaml", ConfigWriter.write(task));
    TaskConfig read = ConfigLoader.load(file, TaskConfig.class, List.of(), List.of()).config();
    assertEquals(task, read);
    assertEquals(List.copyOf(classes.keySet()), List.copyOf(read.classes().keySet()));
  }

  @Test
  void aTeacherToBeMadeReadsBack() {
    String yaml =
        """
        name: pocket
        output: out
        lessons:
          - task: {name: t, prompt: {prefix: "Is it? "}, classes: {good: [Good], bad: [Bad]}}
            train: {kind: table, path: data.csv}
            weight: 3
          - task: {name: u, prompt: {prefix: "Is it? "}, classes: {hot: [Hot], cold: [Cold]}}
            train: imdb
        """;
    ConfigFiles files = new ConfigFiles(folder);
    Path file = files.write("teach.yaml", yaml);
    TeachConfig config = ConfigLoader.teach(file, List.of("lessons.1.weight=5")).config();
    assertEquals(
        List.of(3.0, 5.0),
        config.lessons().stream().map(TeachConfig.LessonConfig::weight).toList());
    for (String text :
        List.of(ConfigWriter.write(config), ConfigWriter.writeWithComments(config))) {
      Path written = files.write("written.yaml", text);
      assertEquals(config, ConfigLoader.teach(written, List.of()).config(), text);
    }
  }
}
