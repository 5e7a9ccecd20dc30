package io.gnomon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One line for each kind of mistake, each with the file and line where it was made. */
class ConfigLoaderTest {
  @TempDir Path folder;
  private ConfigFiles files;

  @BeforeEach
  void files() {
    files = new ConfigFiles(folder.toAbsolutePath());
  }

  @Test
  void defaultsAreFilledIn() {
    ExperimentConfig config = files.load(ConfigFiles.GOOD);
    assertEquals(1, config.seed());
    assertEquals(new SamplerConfig.LengthConfig(16, 64), config.sampler().length());
    assertEquals(new ObjectiveConfig.ComponentConfig.Simplex(), config.objective().component());
    assertEquals(1e-8, config.optimizer().epsilon());
    assertEquals(List.of("good", "bad"), List.copyOf(config.task().classes().keySet()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "trainig: {}|trainig: unknown key; allowed: name, seed, task, teacher, student, sampler, text,"
            + " objective, optimizer, training, trace, runtime; did you mean 'training'?",
        "name: y|name: key given twice, first at configs/x.yaml:1; allowed: each key once",
        "seed: 2.0|seed: the decimal 2.0; allowed: an integer of at least 0; did you mean '2'?",
        "seed: 2.7|seed: the decimal 2.7; allowed: an integer of at least 0",
        "seed: -1|seed: -1; allowed: an integer of at least 0",
        "seed: 9223372036854775808|seed: 9223372036854775808; allowed: an integer of at least 0",
        "seed: [1]|seed: a list; allowed: an integer of at least 0",
        "seed:|seed: nothing; allowed: an integer of at least 0",
        "training: {steps: 2147483648}|training.steps: 2147483648; allowed: an integer of at least"
            + " 1",
        "optimizer: {epsilon: 0}|optimizer.epsilon: 0; allowed: a number above 0 up to 1",
        "optimizer: {weight_decay: .nan}|optimizer.weight_decay: the decimal .nan; allowed: a"
            + " number from 0 to 10",
        "optimizer: {clip_norm: .inf}|optimizer.clip_norm: the decimal .inf; allowed: a number of"
            + " at least 0",
        "optimizer: {clip_norm: 1e999}|optimizer.clip_norm: the decimal 1e999; allowed: a number of"
            + " at least 0",
        "optimizer: {schedule: cosin}|optimizer.schedule: the text 'cosin'; allowed: cosine,"
            + " constant; did you mean 'cosine'?",
        "objective: {coefficient: {learn: yes}}|objective.coefficient.learn: the text 'yes';"
            + " allowed: true or false; did you mean 'true'?",
        "objective: {component: simplx}|objective.component.kind: the text 'simplx'; allowed:"
            + " simplex, class; did you mean 'simplex'?",
        "objective: {component: {name: good}}|objective.component.kind: missing key; allowed:"
            + " simplex, class",
        "objective: {component: class}|objective.component.name: missing key; allowed: name of the"
            + " class",
        "objective: {component: {kind: class, name: God}}|objective.component.name: class 'God',"
            + " which task.classes does not have; allowed: good, bad; did you mean 'good'?",
        "objective: kl|objective: the text 'kl'; allowed: a map with the keys divergence,"
            + " component, coefficient",
        "runtime: {device: cuda}|runtime.device: the text 'cuda'; allowed: auto, cpu, cuda:0,"
            + " cuda:1 and so on; did you mean 'cuda:0'?",
        "runtime: {device: 1}|runtime.device: 1; allowed: text; did you mean '\"1\"'?",
        "trace: {text: {}}|trace.text: a trace on text without a text set; allowed: only beside"
            + " task.data, the labelled set to measure on",
        "trace: &a {text: *a}|trace.text: an alias inside its own anchor; allowed: a tree",
        "training: {steps: 99}|training.steps: 99 steps; allowed: at least optimizer.warmup_steps,"
            + " which is 100 unless given",
        "training: {steps: 5}~optimizer: {warmup_steps: 7}|optimizer.warmup_steps: 7 steps;"
            + " allowed: at most training.steps = 5",
        "training: {steps: 1|: not YAML: expected ',' or '}', but got <stream end>; allowed: one"
            + " YAML 1.2 document",
      })
  void aMistakeHasItsLine(String line, String message) {
    List<String> problems = files.problems(ConfigFiles.GOOD + line.replace('~', '\n') + "\n");
    String expected = message.startsWith(": ") ? message.substring(2) : message;
    assertTrue(problems.get(0).matches("configs/x.yaml:(8|9|10): .*"), problems.get(0));
    assertEquals(expected, problems.get(0).replaceFirst("^configs/x.yaml:\\d+: ", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{kind: roberta}|{kind: roberta, heads: 5}|configs/x.yaml:7: student.heads: 5; allowed: a"
            + " divisor of hidden = 128; did you mean '4'?",
        "{kind: roberta}|{kind: roberta, max_positions: 64}|configs/x.yaml:8: sampler.length.max:"
            + " 64 vectors; allowed: at most student.max_positions − 1 = 63, for the start vector;"
            + " did you mean '63'?",
        "{kind: roberta}|{kind: roberta, from_checkpoint: no/where}|configs/x.yaml:7:"
            + " student.from_checkpoint: no folder 'no/where'; allowed: a Hugging Face folder:"
            + " config.json beside *.safetensors",
        "{kind: uniform}|{kind: uniform, low: 1}|configs/x.yaml:8: sampler.low: 1.0; allowed: below"
            + " high = 1.0",
        "{kind: uniform}|{kind: uniform, length: {min: 65}}|configs/x.yaml:8: sampler.length.min:"
            + " 65; allowed: at most length.max = 64",
        "{kind: uniform}|{low: 1}|configs/x.yaml:8: sampler.kind: missing key; allowed: uniform,"
            + " gaussian, tokens, mixture, bursty, labelled, salient, discourse, sharpened, balanced, blend",
        "{kind: uniform}|{kind: blend, parts: []}|configs/x.yaml:8: sampler.parts: an empty list;"
            + " allowed: at least one part, as {sampler: {kind: bursty}}",
        "\"embedded:pocket\"|\"embedded:poket\"|configs/x.yaml:6: teacher.path: the text"
            + " 'embedded:poket'; allowed: embedded:pocket; did you mean 'embedded:pocket'?",
        "\"embedded:pocket\"|src|configs/x.yaml:6: teacher.path: folder 'src' without config.json;"
            + " allowed: a Hugging Face folder: config.json beside *.safetensors",
        "{good: [Good], bad: [Bad]}|{good: [Good]}|configs/x.yaml:5: task.classes: 1 classes;"
            + " allowed: two classes or more",
        "[Bad]|[]|configs/x.yaml:5: task.classes.bad: an empty list; allowed: at least one label"
            + " word",
        "[Bad]|[Good]|configs/x.yaml:5: task.classes.bad.0: the word 'Good', which classes.good"
            + " lists already; allowed: each word once",
        "[Bad]|[\" Bad\"]|configs/x.yaml:5: task.classes.bad.0: the text ' Bad'; allowed: a word"
            + " without blanks around it; it follows the suffix behind one space; did you mean"
            + " 'Bad'?",
        "[Bad]|[true]|configs/x.yaml:5: task.classes.bad.0: true; allowed: text; did you mean"
            + " '\"true\"'?",
        "name: t|score: max|configs/x.yaml:2: task.name: missing key; allowed: name of the task",
        "name: x|name: a/b|configs/x.yaml:1: name: the text 'a/b'; allowed: at most 100 letters,"
            + " digits, '-', '_' and '.', a letter or digit first; it names a folder; did you mean"
            + " 'a-b'?",
      })
  void keysMustAgree(String from, String to, String message) {
    String yaml = ConfigFiles.GOOD.replace(from, to);
    assertEquals(List.of(message), files.problems(yaml));
  }

  @Test
  void everythingIsReportedAtOnce() {
    String yaml =
        """
        name: x
        seed: no
        task:
          name: t
          prompt: {prefix: "Is it? ", sufix: ""}
          classes: {good: [Good], bad: [Good]}
        teacher: {path: nowhere}
        student: {kind: roberta, hidden: 7, heads: 2}
        sampler: {kind: uniform, length: {min: 9, max: 3}}
        objective: {component: {kind: class, name: ugly}}
        """;
    assertEquals(
        List.of("2", "5", "6", "7", "8", "9", "10"),
        files.problems(yaml).stream().map(line -> line.split(":", 3)[1]).toList());
  }

  @Test
  void aFurtherCheckFindsTheLine() {
    Path file = files.write("configs/x.yaml", ConfigFiles.GOOD.replace("name: x", "name: a b"));
    Check<ExperimentConfig> check =
        (config, problems) ->
            problems.at(
                "sampler.length.max",
                config.sampler().length().max() + " vectors",
                "at most 7, the teacher's positions",
                "7");
    ConfigException e =
        assertThrows(
            ConfigException.class, () -> ConfigLoader.experiment(file, List.of(), List.of(check)));
    assertEquals(2, e.problems().size());
    assertEquals(
        "configs/x.yaml:8: sampler.length.max: 64 vectors; allowed: at most 7, the teacher's"
            + " positions; did you mean '7'?",
        files.lines(e).get(1));
  }

  @Test
  void aMissingFileNamesItsNeighbour() {
    files.write("configs/quickstart.yaml", ConfigFiles.GOOD);
    Path file = folder.resolve("configs/quikstart.yaml");
    ConfigException e =
        assertThrows(ConfigException.class, () -> ConfigLoader.any(file, List.of(), List.of()));
    assertEquals(
        List.of(
            "configs/quikstart.yaml: no such file; allowed: a readable YAML file; did you mean"
                + " 'configs/quickstart.yaml'?"),
        files.lines(e));
  }

  @Test
  void whatIsNotYamlIsRefused() {
    assertEquals(
        List.of("configs/x.yaml:1: lists or maps nested too deep; allowed: one YAML 1.2 document"),
        files.problems("[".repeat(200_000)));
    assertTrue(files.problems("a: \tb\n\t- c").get(0).startsWith("configs/x.yaml:2: not YAML: "));
    assertTrue(files.problems("a: 1\n--- \nb: 2").get(0).contains("not YAML: "));
  }

  @Test
  void aFileThatIsNotTextIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("x.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 'a'});
    ConfigException e =
        assertThrows(ConfigException.class, () -> ConfigLoader.experiment(file, List.of()));
    assertEquals(
        List.of("x.yaml: bytes that are not UTF-8; allowed: a YAML file in UTF-8"), files.lines(e));
  }

  @Test
  void anEmptyFileIsRefused() {
    assertEquals(
        List.of("configs/x.yaml:1: nothing but comments; allowed: one YAML 1.2 document"),
        files.problems("# nothing\n"));
  }

  @Test
  void aTeacherToBeMadeIsKnownByItsLessons() {
    Path file =
        files.write(
            "configs/teach.yaml",
            """
            name: pocket
            output: out
            model: {hidden: 6, heads: 4}
            lessons: []
            """);
    ConfigException e =
        assertThrows(ConfigException.class, () -> ConfigLoader.any(file, List.of(), List.of()));
    assertEquals(
        List.of(
            "configs/teach.yaml:3: model.heads: 4; allowed: a divisor of hidden = 6; did you mean"
                + " '3'?",
            "configs/teach.yaml:4: lessons: an empty list; allowed: at least one lesson"),
        files.lines(e));
  }
}
