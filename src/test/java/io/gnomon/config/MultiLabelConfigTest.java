package io.gnomon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks of several labels a text: what may stand in them, and every mistake at once. */
class MultiLabelConfigTest {
  private static final String MULTI =
      """
      name: x
      task:
        name: t
        type: multi-label
        prompt: {prefix: "Look. ", suffix: " Is it {label}?"}
        classes: {kind: [kind to all], odd: [strange]}
        answers: {yes: ["Yes", Sure], no: ["No"]}
        score: mean
        temperature: 2
      teacher: {path: "embedded:pocket"}
      student: {kind: roberta}
      sampler: {kind: uniform}
      """;

  @TempDir Path folder;

  @Test
  void aLabelIsAskedForWithItsPhrase() {
    TaskConfig task = load(MULTI).task();
    TaskConfig odd = task.asked("odd");
    assertTrue(task.multiLabel() && !odd.multiLabel());
    assertEquals("t/odd", odd.name());
    assertEquals(new TaskConfig.PromptConfig("Look. ", " Is it strange?"), odd.prompt());
    assertEquals(List.of("yes", "no"), List.copyOf(odd.classes().keySet()));
    assertEquals(List.of("Yes", "Sure"), odd.classes().get(TaskConfig.YES));
    assertEquals(List.of("No"), odd.classes().get(TaskConfig.NO));
    assertEquals(TaskConfig.Score.MEAN, odd.score());
    assertEquals(2, odd.temperature());
    assertThrows(IllegalArgumentException.class, () -> task.asked("even"));
    assertThrows(IllegalArgumentException.class, () -> odd.asked("yes"));
  }

  @Test
  void itStaysMultiLabelWhenItShrinksAndWhenItIsWritten() {
    ExperimentConfig config = load(MULTI);
    assertEquals(config.task(), Smoke.of(config).task());
    assertEquals(config, load(ConfigWriter.write(config)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "type: multi-label|type: multilabel|configs/x.yaml:4: task.type: the text 'multilabel';"
            + " allowed: single-label, multi-label; did you mean 'multi-label'?",
        "Is it {label}?|Is it?|configs/x.yaml:5: task.prompt.suffix: a text with {label} 0 times;"
            + " allowed: {label} once, where a label's phrase is to stand",
        "Is it {label}?|{label}{label}{label}|configs/x.yaml:5: task.prompt.suffix: a text with"
            + " {label} 3 times; allowed: {label} once, where a label's phrase is to stand",
        "Look. |Look for {label}. |configs/x.yaml:5: task.prompt.prefix: a text with {label};"
            + " allowed: no {label}: the prefix is one for all labels",
        "[strange]|[strange, weird]|configs/x.yaml:6: task.classes.odd: 2 phrases; allowed: one,"
            + " which stands for {label} in the suffix",
        "[strange]|[]|configs/x.yaml:6: task.classes.odd: 0 phrases; allowed: one, which stands for"
            + " {label} in the suffix",
        "[strange]|[kind to all]|configs/x.yaml:6: task.classes.odd.0: the phrase 'kind to all',"
            + " which classes.kind has already; allowed: each phrase once: they would be one"
            + " question",
        "[strange]|[\"strange \"]|configs/x.yaml:6: task.classes.odd.0: the text 'strange ';"
            + " allowed: a phrase without blanks around it; it stands in the suffix; did you mean"
            + " 'strange'?",
        "answers: {|reward: {|configs/x.yaml:7: task.reward: unknown key; allowed: name, type,"
            + " prompt, classes, answers, score, calibration, temperature, data",
        "no: [\"No\"]|no: [Sure]|configs/x.yaml:7: task.answers.no.0: the word 'Sure', which"
            + " answers.yes lists already; allowed: each word once",
        "no: [\"No\"]|no: []|configs/x.yaml:7: task.answers.no: an empty list; allowed: at least"
            + " one label word",
        ", no: [\"No\"]||configs/x.yaml:7: task.answers.no: missing key; allowed: words that say it"
            + " has not",
      })
  void aMistakeHasItsLine(String from, String to, String message) {
    String yaml = MULTI.replace(from, to == null ? "" : to);
    assertEquals(message, new ConfigFiles(folder).problems(yaml).get(0));
  }

  @Test
  void allMistakesAreReportedAtOnce() {
    String yaml =
        MULTI
                .replace("Is it {label}?", "Is it?")
                .replace("[kind to all]", "[]")
                .replaceFirst("  answers: .*\n", "")
            + "objective: {component: {kind: class, name: odd}}\n";
    assertEquals(
        List.of(
            "configs/x.yaml:6: task.classes.kind: 0 phrases; allowed: one, which stands for {label}"
                + " in the suffix",
            "configs/x.yaml:5: task.prompt.suffix: a text with {label} 0 times; allowed: {label}"
                + " once, where a label's phrase is to stand",
            "configs/x.yaml:2: task.answers: missing key; allowed: yes and no, the words that"
                + " answer for a label and against it",
            "configs/x.yaml:12: objective.component: one class alone beside a multi-label task;"
                + " allowed: simplex: all labels of a multi-label task are projected jointly; did"
                + " you mean 'simplex'?"),
        new ConfigFiles(folder).problems(yaml));
  }

  @Test
  void aSingleLabelTaskHasNeitherLabelNorAnswers() {
    String yaml = MULTI.replace("  type: multi-label\n", "");
    assertEquals(
        List.of(
            "configs/x.yaml:4: task.prompt.suffix: a text with {label}; allowed: no {label} in a"
                + " single-label task, whose suffix is one for all classes",
            "configs/x.yaml:6: task.answers: words for yes and no; allowed: only beside type:"
                + " multi-label; a single-label task's words are in classes"),
        new ConfigFiles(folder).problems(yaml));
  }

  private ExperimentConfig load(String yaml) {
    return new ConfigFiles(folder).load(yaml);
  }
}
