package io.gnomon.teacher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.TeacherFiles;
import io.gnomon.config.ConfigException;
import io.gnomon.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The prompt {@code is it} has two tokens and the suffix {@code answer} one: 28 of 31 are left. */
class TeacherChecksTest {
  private static final String FOLDER =
      "; allowed: a Hugging Face folder of llama, mistral, qwen2, read whole";

  @TempDir Path folder;
  private Path teacher;
  private final TeacherChecks checks = new TeacherChecks();

  @BeforeEach
  void writeTeacher() {
    teacher = TeacherFiles.write(folder.resolve("teacher"));
  }

  private void load(String classes, String rest) throws IOException {
    String yaml =
        """
        name: x
        task:
          name: t
          prompt: {prefix: "is it", suffix: "answer"}
          classes:
        %s
          data: {kind: imdb}
        teacher: {path: "%s"}
        student: {kind: roberta}
        %s
        """
            .formatted(classes, teacher, rest);
    Path file = Files.writeString(folder.resolve("x.yaml"), yaml);
    ConfigLoader.experiment(file, List.of(), List.of(checks));
  }

  private List<String> problems(String classes, String rest) {
    ConfigException e = assertThrows(ConfigException.class, () -> load(classes, rest));
    return e.problems().stream()
        .map(problem -> problem.toString().replace(folder + "/", ""))
        .toList();
  }

  private static final String GOOD = "    fine: [good, fine]\n    poor: [bad]";
  private static final String SHORT = "sampler: {kind: uniform, length: {min: 3, max: 28}}";

  @Test
  void whatFitsPasses() throws IOException {
    load(GOOD, SHORT + "\ntrace: {text: {max_length: 28}}");
    assertEquals(List.of(), checks.warnings());
  }

  @Test
  void aWordThatBeginsAsAWordOfAnotherClass() {
    assertEquals(
        List.of(
            "x.yaml:7: task.classes.poor.1: the word 'awful' of class poor, which begins with the"
                + " token 6 'aw' as the word 'awesome' of class fine does; allowed: a word whose"
                + " first token begins no word of another class"),
        problems("    fine: [good, awesome]\n    poor: [bad, awful]", SHORT));
  }

  @Test
  void aWordIsReportedOnceHoweverManyItMeets() {
    assertEquals(1, problems("    fine: [awesome, aw]\n    poor: [bad, awful]", SHORT).size());
  }

  @Test
  void aWordListedTwiceIsTheLoadersToReport() {
    List<String> problems = problems("    fine: [good]\n    poor: [good]", SHORT);
    assertEquals(1, problems.size(), problems::toString);
    assertTrue(problems.get(0).contains("each word once"), problems::toString);
  }

  @Test
  void blanksAreTheLoadersToReport() {
    List<String> problems = problems("    fine: [good]\n    poor: [\"  \"]", SHORT);
    assertEquals(1, problems.size(), problems::toString);
    assertTrue(problems.get(0).contains("a word without blanks"), problems::toString);
  }

  @Test
  void wordsOfSeveralTokensAreWarnedOfByName() throws IOException {
    load("    fine: [good]\n    poor: [bad, awful]", SHORT);
    assertEquals(
        List.of("the word 'awful' (poor) has 2 tokens, of which only the first, 'aw', is read"),
        checks.warnings());
  }

  /** Behind {@code is it} stand {@code good answer}, two tokens, or {@code awful answer}, three. */
  private List<String> labelProblems(String answers, int longest) {
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () ->
                ConfigLoader.experiment(
                    Files.writeString(
                        folder.resolve("x.yaml"),
                        """
                        name: x
                        task:
                          name: t
                          type: multi-label
                          prompt: {prefix: "is it", suffix: "{label} answer"}
                          classes: {fine: [good], poor: [awful]}
                          answers: %s
                        teacher: {path: "%s"}
                        student: {kind: roberta}
                        sampler: {kind: uniform, length: {min: 3, max: %d}}
                        """
                            .formatted(answers, teacher, longest)),
                    List.of(),
                    List.of(checks)));
    return e.problems().stream()
        .map(problem -> problem.toString().replace(folder + "/", ""))
        .toList();
  }

  @Test
  void theLongestSuffixAndTheWordsOfAnyLabelCount() {
    assertEquals(
        List.of(
            "x.yaml:7: task.answers.no.0: the word 'awful' of class no, which begins with the token"
                + " 6 'aw' as the word 'awesome' of class yes does; allowed: a word whose first"
                + " token begins no word of another class",
            "x.yaml:10: sampler.length.max: 27 vectors; allowed: at most 26: the teacher's 31"
                + " positions − 5 tokens of the prompt; did you mean '26'?"),
        labelProblems("{yes: [awesome], no: [awful]}", 27));
  }

  @Test
  void aTaskThatCannotAskIsTheLoadersToReport() {
    List<String> problems = labelProblems("", 27);
    assertEquals(1, problems.size(), problems::toString);
    assertTrue(problems.get(0).contains("task.answers: missing key"), problems::toString);
  }

  @Test
  void lengthsThatOverrunThePositions() {
    assertEquals(
        List.of(
            "x.yaml:11: sampler.length.max: 29 vectors; allowed: at most 28: the teacher's 31"
                + " positions − 3 tokens of the prompt; did you mean '28'?",
            "x.yaml:12: trace.text.max_length: 37 tokens; allowed: at most 28: the teacher's 31"
                + " positions − 3 tokens of the prompt; did you mean '28'?"),
        problems(
            GOOD,
            "sampler: {kind: uniform, length: {min: 3, max: 29}}\n"
                + "trace: {text: {max_length: 37}}"));
  }

  @Test
  void aPromptThatFillsThePositions() throws IOException {
    String words = "it ".repeat(29);
    load(GOOD, SHORT);
    Path file = folder.resolve("x.yaml");
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () ->
                ConfigLoader.experiment(
                    file, List.of("task.prompt.suffix=" + words), List.of(checks)));
    assertTrue(
        String.valueOf(e.getMessage())
            .endsWith(
                "task.prompt.prefix: a prompt of 31 tokens; allowed: fewer than the teacher's 31"
                    + " positions"),
        e.getMessage());
  }

  @Test
  void aFamilyThatIsNotRead() {
    TeacherFiles.writeConfig(teacher, "gpt_neox");
    assertEquals(
        List.of(
            "x.yaml:9: teacher.path: teacher/config.json: model_type: expected one of llama,"
                + " mistral, qwen2, found gpt_neox; take a teacher of one of these families"
                + FOLDER),
        problems(GOOD, SHORT));
  }

  @Test
  void aTokenizerThatCannotBeRead() throws IOException {
    Files.writeString(teacher.resolve("tokenizer.json"), "{");
    List<String> problems = problems(GOOD, SHORT);
    assertEquals(1, problems.size(), problems::toString);
    assertTrue(
        problems
            .get(0)
            .startsWith(
                "x.yaml:9: teacher.path: teacher/tokenizer.json: expected a Hugging Face"
                    + " tokenizer, found "),
        problems::toString);
    Files.delete(teacher.resolve("tokenizer.json"));
    assertTrue(
        problems(GOOD, SHORT).get(0).contains("teacher: expected tokenizer.json, found none"));
  }

  @Test
  void aFolderWithoutConfigIsTheLoadersToReport() throws IOException {
    Files.delete(teacher.resolve("config.json"));
    assertEquals(1, problems(GOOD, SHORT).size());
  }

  @Test
  void aTokenizerOfAnotherModel() throws IOException {
    Path config = teacher.resolve("config.json");
    Files.writeString(
        config, Files.readString(config).replace("\"vocab_size\": 10", "\"vocab_size\": 5"));
    assertEquals(
        List.of(
            "x.yaml:9: teacher.path: a tokenizer that gives the word 'fine' the token 9 beside a"
                + " model of 5 tokens; allowed: tokenizer.json and config.json of one checkpoint"),
        problems(GOOD, SHORT));
  }

  @Test
  void aTokenIsShownAsTheVocabularyWritesIt() {
    try (Tokenizer tokenizer = Tokenizer.open(teacher)) {
      assertEquals("##ful", tokenizer.token(7));
      assertEquals("<11>", tokenizer.token(11));
    }
  }

  @Test
  void thePromptGoesAroundTheInput() {
    PromptTokens prompt = new PromptTokens(new long[] {2, 3}, new long[] {5});
    assertEquals(3, prompt.length());
    assertEquals(List.of(2L, 3L, 7L, 11L, 5L), boxed(prompt.around(new long[] {7, 11})));
  }

  private static List<Long> boxed(long[] ids) {
    return Arrays.stream(ids).boxed().toList();
  }

  @Test
  void theLikeliestComeFirstAndTiesByTheirIds() {
    assertEquals(
        List.of(new NextToken(3, 5f), new NextToken(1, 2f), new NextToken(4, 2f)),
        NextToken.likeliest(new float[] {-7f, 2f, Float.NEGATIVE_INFINITY, 5f, 2f}, 3));
    assertEquals(2, NextToken.likeliest(new float[] {1f, 0f}, 3).size());
  }
}
