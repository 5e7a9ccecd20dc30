package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.util.Utils;
import io.gnomon.Golden;
import io.gnomon.Shared;
import io.gnomon.TeacherFiles;
import io.gnomon.Tolerances;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AskCommandTest {
  private static final String STORIES = "models/stories15M";
  private static final String QWEN = "goldens/tiny-qwen2";

  @TempDir Path folder;
  private final CapturedConsole captured = new CapturedConsole();

  private JsonNode json(String... args) {
    String[] all = Arrays.copyOf(args, args.length + 2);
    all[args.length] = "--json";
    all[args.length + 1] = "--precision=fp32";
    assertEquals(ExitCode.OK, captured.run(all), captured::err);
    return JsonMapper.shared().readTree(captured.out());
  }

  /** The one line that a refused command prints. */
  private String refusal(String... args) {
    assertEquals(ExitCode.BAD_INPUT, captured.run(args), captured::err);
    assertEquals("", captured.out());
    List<String> lines = captured.err().replace(folder + "/", "").lines().toList();
    assertEquals(1, lines.size(), captured::err);
    return lines.get(0).replaceFirst("^gnomon: ", "");
  }

  @Test
  void storiesAnswersAsTheReference() throws IOException {
    Golden golden = Golden.require(STORIES);
    JsonNode cases = golden.root().get("cases");
    List<String> args = new ArrayList<>(List.of("ask", golden.folder().toString()));
    cases.forEach(reference -> args.add(reference.get("text").asString()));
    JsonNode answers = json(args.toArray(String[]::new)).get("answers");
    assertEquals(cases.size(), answers.size());
    for (int i = 0; i < cases.size(); i++) {
      assertEquals(longs(cases.get(i).get("ids")), longs(answers.get(i).get("ids")));
      JsonNode next = answers.get(i).get("next_tokens");
      assertEquals(longs(cases.get(i).get("top5_ids")), longs(next, "id"));
      double difference =
          Tolerances.relative(floats(cases.get(i).get("top5_logits")), floats(next, "logit"));
      assertTrue(difference < Tolerances.STORIES, "logits differ by " + difference);
    }
  }

  @Test
  void idsNeedNoTokenizer() throws IOException {
    Golden golden = Golden.require(QWEN);
    long[][] rows = golden.ids("input_ids");
    float[][] expected = golden.matrix("last_logits");
    JsonNode answers =
        json(
                "ask",
                golden.folder().toString(),
                "--ids=" + joined(rows[0]),
                "--ids=" + joined(rows[1]),
                "--top=211")
            .get("answers");
    for (int row = 0; row < rows.length; row++) {
      JsonNode next = answers.get(row).get("next_tokens");
      assertEquals(expected[row].length, next.size());
      float[] actual = new float[expected[row].length];
      next.forEach(token -> actual[token.get("id").asInt()] = token.get("logit").floatValue());
      double difference = Tolerances.relative(expected[row], actual);
      assertTrue(difference < Tolerances.FP32, "row " + row + ": " + difference);
      assertFalse(answers.get(row).has("text"));
      assertFalse(next.get(0).has("token"));
    }
  }

  @Test
  void jsonKeysAreStable() {
    Path stories = Shared.require(STORIES);
    JsonNode answer =
        json("ask", stories.toString(), "A joy.", "--task=tasks/imdb", "--set=temperature=2");
    assertEquals(
        List.of(
            "teacher", "model_type", "precision", "device", "task", "words", "warnings", "answers"),
        keys(answer));
    assertEquals("fp32", answer.get("precision").asString());
    assertEquals(
        List.of("class", "word", "token", "id", "tokens"), keys(answer.get("words").get(0)));
    JsonNode first = answer.get("answers").get(0);
    assertEquals(List.of("text", "ids", "probabilities", "next_tokens"), keys(first));
    assertEquals(List.of("positive", "negative"), keys(first.get("probabilities")));
    assertEquals(List.of("id", "token", "logit"), keys(first.get("next_tokens").get(0)));
    assertEquals(5, first.get("next_tokens").size());
    double sum = 0;
    for (JsonNode probability : first.get("probabilities")) {
      sum += probability.asDouble();
    }
    assertEquals(1, sum, 1e-6);
  }

  /** What stands behind the whole prompt is also what the class scores are read off. */
  @Test
  void theClassesFollowFromTheNextTokensBehindThePrompt() {
    Path stories = Shared.require(STORIES);
    JsonNode answer =
        json(
            "ask",
            stories.toString(),
            "A joy.",
            "--task=tasks/imdb",
            "--set=classes={positive: [Good], negative: [Bad]}",
            "--top=32000");
    JsonNode first = answer.get("answers").get(0);
    double good = logit(first, answer.get("words").get(0).get("id").asInt());
    double bad = logit(first, answer.get("words").get(1).get("id").asInt());
    assertEquals(
        1 / (1 + Math.exp(bad - good)),
        first.at("/probabilities/positive").asDouble(),
        // logits are near 5 and carry some float32 ulps each
        1e-4);
  }

  private static double logit(JsonNode answer, int id) {
    return StreamSupport.stream(answer.get("next_tokens").spliterator(), false)
        .filter(token -> token.get("id").asInt() == id)
        .findFirst()
        .orElseThrow()
        .get("logit")
        .asDouble();
  }

  @Test
  void theTableIsNeat() {
    Path stories = Shared.require(STORIES);
    String text = "Once upon a time, there was a little girl named";
    int status =
        captured.run(
            "ask", stories.toString(), text, "--precision=fp32", "--top=2", "--device=cpu");
    assertEquals(ExitCode.OK, status, captured::err);
    assertEquals(
        List.of(
            "teacher " + stories + " (llama, fp32 on cpu)",
            "",
            "1: \"" + text + "\" (11 tokens)",
            "  next token     id    logit",
            "  ▁L            365  13.6",
            "  ▁Amy        28533   9.7"),
        // the last digits are the parity test's
        captured.out().lines().map(line -> line.replaceFirst("(\\.\\d)\\d{3}$", "$1")).toList());
    assertEquals("", captured.err());
  }

  @Test
  void wordsOfSeveralTokensAreWarnedOf() {
    Path stories = Shared.require(STORIES);
    assertEquals(
        ExitCode.OK,
        captured.run("ask", stories.toString(), "A\tjoy.", "--task=tasks/imdb"),
        captured::err);
    assertTrue(
        captured
            .err()
            .contains(
                "gnomon: warning: the word 'Poor' (negative) has 2 tokens, of which only the first,"
                    + " '▁Po', is read"),
        captured.err());
    assertFalse(captured.err().contains("'Good'"), captured.err());
    assertTrue(captured.out().contains("1: \"A\\tjoy.\" ("), captured.out());
    assertTrue(captured.out().contains("  class     word         token      id  tokens"));
  }

  @Test
  void aTextMustBeOne() {
    String stories = Shared.require(STORIES).toString();
    assertEquals(
        "text 2: expected a text of at least one token, found an empty one; give a text, or --ids",
        refusal("ask", stories, "good", ""));
  }

  @Test
  void aTextMustFitThePositions() {
    String stories = Shared.require(STORIES).toString();
    assertEquals(
        "text 1: expected at most 256 tokens (the teacher's 256 positions), found 25002 of 100000"
            + " characters; shorten it",
        refusal("ask", stories, "a".repeat(100_000)));
  }

  @Test
  void aTextMustFitBesideThePrompt() {
    String stories = Shared.require(STORIES).toString();
    assertEquals(
        "text 1: expected at most 240 tokens (the teacher's 256 positions − 16 of the prompt),"
            + " found 241 of 1204 characters; shorten it",
        refusal("ask", stories, "word ".repeat(241).strip(), "--task=tasks/imdb"));
  }

  @Test
  void wordsThatBeginAlikeAreRefused() {
    String stories = Shared.require(STORIES).toString();
    assertEquals(
        "task imdb: words 'Positive' (positive) and 'Positively' (negative) begin with the same"
            + " token 10321; expected a first token of its own for each class; change one word",
        refusal(
            "ask",
            stories,
            "good",
            "--task=tasks/imdb",
            "--set=classes.negative=[Bad, Positively]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--ids=1,211|--ids 1,211: expected ids from 0 to 210, the teacher's vocabulary, found 211;"
            + " mend the id",
        "--ids=1,x|--ids 1,x: expected token ids separated by commas, found 'x'; write them as"
            + " --ids 1,2,3",
        "--ids=-1|--ids -1: expected token ids separated by commas, found '-1'; write them as"
            + " --ids 1,2,3",
        "--top=0|--top: expected 1 or more, found 0; give --top 5",
        "--device=gpu|device: expected auto, cpu or cuda:N, found 'gpu'; take auto, or cpu",
        "--json|expected either TEXT or --ids, found neither; give one, as gnomon ask TEACHER"
            + " \"Once upon a time\"",
        "--set=a=1|--set: expected --task, whose keys it overrides, found none; give --task",
        "--task=tasks/imbd|--task tasks/imbd: no part 'tasks/imbd'; allowed: tasks/ag-news,"
            + " tasks/goemotions-all, tasks/goemotions-binary, tasks/goemotions-ekman, tasks/imdb,"
            + " tasks/interests-20; did you mean 'tasks/imdb'?",
      })
  void optionsAreChecked(String option, String message) {
    String qwen = Shared.require(QWEN).toString();
    String[] args =
        option.startsWith("--ids") || option.equals("--json")
            ? new String[] {"ask", qwen, option}
            : new String[] {"ask", qwen, option, "--ids=1"};
    assertEquals(message, refusal(args));
  }

  @Test
  void aTeacherMustBeThere() {
    assertEquals(
        "nowhere: expected a Hugging Face folder, embedded:pocket or a name such as"
            + " teachers/pocket, found no such folder; mend the path",
        refusal("ask", "nowhere", "good"));
  }

  @Test
  void aTeacherOfNoName() {
    assertEquals(
        "TEACHER teachers/poket: no part 'teachers/poket'; allowed: teachers/pocket,"
            + " teachers/tagger; did you mean"
            + " 'teachers/pocket'?",
        refusal("ask", "teachers/poket", "good"));
  }

  @Test
  void aTeacherFileIsFollowed() throws IOException {
    Path qwen = Shared.require(QWEN);
    Path file =
        Files.writeString(folder.resolve("t.yaml"), "path: \"" + qwen + "\"\nprecision: fp32\n");
    JsonNode answer = json("ask", file.toString(), "--ids=1");
    assertEquals(qwen.toString(), answer.get("teacher").asString());
  }

  @Test
  void aFamilyThatIsNotRead() {
    TeacherFiles.writeConfig(folder.resolve("bert"), "bert");
    assertEquals(
        "bert/config.json: model_type: expected one of llama, mistral, qwen2, found bert; take a"
            + " teacher of one of these families",
        refusal("ask", folder.resolve("bert").toString(), "good"));
  }

  @Test
  void headsThatDoNotDivide() throws IOException {
    Path copy = copyOfQwen();
    edit(copy, "\"num_attention_heads\": \\d+", "\"num_attention_heads\": 7");
    assertEquals(
        "qwen/config.json: num_key_value_heads: expected a divisor of num_attention_heads = 7,"
            + " found 2; fetch config.json again",
        refusal("ask", copy.toString(), "--ids=1"));
  }

  @Test
  void aTokenizerIsNeededForText() throws IOException {
    Path copy = copyOfQwen();
    assertEquals(
        "qwen: expected tokenizer.json, found none; fetch it beside config.json (a folder with"
            + " tokenizer.model alone must be converted first)",
        refusal("ask", copy.toString(), "good"));
  }

  @Test
  void weightsCutShort() throws IOException {
    Path copy = copyOfQwen();
    Path weights = copy.resolve("model.safetensors");
    long size = Files.size(weights);
    try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
      file.setLength(size - 1000);
    }
    assertEquals(
        "qwen/model.safetensors: truncated: expected "
            + size
            + " bytes, found "
            + (size - 1000)
            + "; copy or download the file again",
        refusal("ask", copy.toString(), "--ids=1"));
  }

  @Test
  void weightsOfAnotherShape() throws IOException {
    Path copy = copyOfQwen();
    edit(copy, "\"intermediate_size\": \\d+", "\"intermediate_size\": 7");
    assertEquals(
        "qwen/model.safetensors: tensor model.layers.0.mlp.gate_proj.weight: expected shape"
            + " [7, 48], found [112, 48]; weights and config.json differ, take both from one"
            + " checkpoint",
        refusal("ask", copy.toString(), "--ids=1"));
  }

  @Test
  void aShardThatIsMissing() throws IOException {
    Path copy = copyOfQwen();
    Files.delete(copy.resolve("model.safetensors"));
    Files.writeString(
        copy.resolve("model.safetensors.index.json"),
        "{\"weight_map\": {\"model.norm.weight\": \"model-00001-of-00002.safetensors\"}}");
    assertEquals(
        "qwen: missing model-00001-of-00002.safetensors, named in model.safetensors.index.json;"
            + " copy or download it into this folder",
        refusal("ask", copy.toString(), "--ids=1"));
  }

  @Test
  void aTokenizerOfAnotherModel() throws IOException {
    Path stories = Shared.require(STORIES);
    Path copy = copyOfQwen();
    Files.copy(stories.resolve("tokenizer.json"), copy.resolve("tokenizer.json"));
    assertEquals(
        "text 1: expected ids from 0 to 210, the teacher's vocabulary, found 9038; take the"
            + " tokenizer.json of this very model",
        refusal("ask", copy.toString(), "Once"));
  }

  @Test
  void theEngineIsToldNotToCallHome() {
    captured.run("--version");
    assertEquals("true", Utils.getEnvOrSystemProperty("OPT_OUT_TRACKING"));
  }

  private Path copyOfQwen() throws IOException {
    Path qwen = Shared.require(QWEN);
    Path copy = Files.createDirectory(folder.resolve("qwen"));
    try (Stream<Path> files = Files.list(qwen)) {
      for (Path file : files.toList()) {
        // Written anew: the original may be read-only.
        Files.write(copy.resolve(String.valueOf(file.getFileName())), Files.readAllBytes(file));
      }
    }
    return copy;
  }

  private static void edit(Path copy, String pattern, String replacement) throws IOException {
    Path config = copy.resolve("config.json");
    Files.writeString(config, Files.readString(config).replaceFirst(pattern, replacement));
  }

  private static String joined(long[] ids) {
    return Arrays.stream(ids).mapToObj(Long::toString).collect(Collectors.joining(","));
  }

  private static List<String> keys(JsonNode node) {
    return List.copyOf(node.propertyNames());
  }

  private static List<Long> longs(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asLong).toList();
  }

  private static List<Long> longs(JsonNode list, String key) {
    return StreamSupport.stream(list.spliterator(), false).map(n -> n.get(key).asLong()).toList();
  }

  private static float[] floats(JsonNode list) {
    return JsonMapper.shared().treeToValue(list, float[].class);
  }

  private static float[] floats(JsonNode list, String key) {
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i).get(key).floatValue();
    }
    return values;
  }
}
