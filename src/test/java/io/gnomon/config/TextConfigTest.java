package io.gnomon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.gnomon.config.DataConfig.Split;
import io.gnomon.config.TextConfig.Generated;
import io.gnomon.config.TextConfig.Labelled;
import io.gnomon.config.TextConfig.Labels;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text that a run trains on: what follows from the task, and what is refused. */
class TextConfigTest {
  @TempDir Path folder;
  private ConfigFiles files;

  @BeforeEach
  void files() {
    files = new ConfigFiles(folder.toAbsolutePath());
  }

  @Test
  void aProjectionHasNone() {
    assertNull(files.load(ConfigFiles.GOOD).text());
  }

  @Test
  void theTrainPartOfTheTasksSetIsTaken() {
    ExperimentConfig config =
        files.load(
            ConfigFiles.GOOD,
            "task.data={kind: goemotions, path: here, grouping: ekman}",
            "text={kind: labelled, labels: teacher}");
    Labelled text = (Labelled) Objects.requireNonNull(config.text());
    assertEquals(new Labelled(Labels.TEACHER, null, 0, 128), text);
    DataConfig.GoEmotions expected =
        new DataConfig.GoEmotions("here", Split.TRAIN, DataConfig.GoEmotions.Grouping.EKMAN);
    assertEquals(Optional.of(expected), text.set(config.task()));
  }

  @Test
  void promptsAreTheTasksPrefixOrOneAClass() {
    ExperimentConfig plain = files.load(ConfigFiles.GOOD, "text={kind: generated}");
    assertEquals(new Generated(2000, List.of(), 64, 1, 1, null), plain.text());
    assertEquals(List.of("Is it? "), prompts(plain));
    ExperimentConfig written =
        files.load(
            ConfigFiles.GOOD, "text={kind: generated, prompts: ['A {class} film', '', Once]}");
    assertEquals(List.of("A good film", "A bad film", "", "Once"), prompts(written));
  }

  private static List<String> prompts(ExperimentConfig config) {
    return ((Generated) Objects.requireNonNull(config.text())).prompts(config.task());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "imdb|{kind: labelled}|text.labels: missing key; allowed: what the student learns to answer",
        "imdb|{kind: labelled, labels: silver}|text.labels: the text 'silver'; allowed: gold,"
            + " teacher",
        "imdb|{kind: labeled, labels: gold}|text.kind: the text 'labeled'; allowed: labelled,"
            + " generated; did you mean 'labelled'?",
        "|{kind: labelled, labels: gold}|text.data: no training set; allowed: a labelled set to"
            + " train on",
        "{kind: table, path: a.csv}|{kind: labelled, labels: gold}|text.data: a task whose"
            + " table has no train split; allowed: a labelled set to train on",
        "{kind: imdb, split: train}|{kind: labelled, labels: gold}|text.data: the train part, which"
            + " task.data is already; allowed: another part than task.data, which evaluates what is"
            + " trained here",
        "{kind: table, path: a.csv}|{kind: labelled, labels: gold, data: {kind: table, path:"
            + " a.csv, split: train}}|text.data: the set of task.data; allowed: another part than"
            + " task.data, which evaluates what is trained here",
        "imdb|{kind: labelled, labels: gold, data: ag-news}|text.data.split: test; allowed: train;"
            + " did you mean 'train'?",
        "imdb|{kind: labelled, labels: gold, max_length: 514}|text.max_length: 514 vectors; allowed:"
            + " at most student.max_positions − 1 = 513, for the start vector; did you mean '513'?",
        "imdb|{kind: generated, top_p: 0}|text.top_p: 0; allowed: a number above 0 up to 1",
        "imdb|{kind: generated, prompts: [1]}|text.prompts.0: 1; allowed: text; did you mean"
            + " '\"1\"'?"
      })
  void whatDoesNotGoIsRefused(String data, String text, String expected) {
    List<String> problems =
        data == null
            ? files.problems(ConfigFiles.GOOD, "text=" + text)
            : files.problems(ConfigFiles.GOOD, "task.data=" + data, "text=" + text);
    assertEquals(1, problems.size(), problems::toString);
    String problem = problems.get(0);
    assertEquals(expected, problem.substring(problem.indexOf("text.")));
  }

  @Test
  void aRunOnTextShrinks() {
    ExperimentConfig config =
        files.load(
            ConfigFiles.GOOD, "task.data=imdb", "text={kind: labelled, labels: gold, limit: 11}");
    assertEquals(new Labelled(Labels.GOLD, null, 11, 32), Smoke.of(config).text());
    ExperimentConfig written = files.load(ConfigFiles.GOOD, "text={kind: generated}");
    assertEquals(new Generated(8, List.of(), 8, 1, 1, null), Smoke.of(written).text());
  }

  @Test
  void theResolvedFileIsReadBack() {
    for (String text :
        List.of(
            "{kind: generated, prompts: ['A {class} film:', '']}",
            "{kind: labelled, labels: gold, data: {kind: imdb, split: train}}")) {
      ExperimentConfig config = files.load(ConfigFiles.GOOD, "text=" + text);
      assertEquals(config, files.load(ConfigWriter.write(config)));
    }
  }
}
