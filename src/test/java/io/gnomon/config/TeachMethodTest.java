package io.gnomon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gnomon.config.MethodConfig.Full;
import io.gnomon.config.MethodConfig.Lora;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code method:} of a teacher to be made. */
class TeachMethodTest {
  private static final String TEACH =
      """
      name: x
      output: out
      lessons:
        - task: {name: t, prompt: {prefix: "Is it? "}, classes: {good: [Good], bad: [Bad]}}
          train: imdb
      """;

  private static final String FROM = TEACH + "from: \"embedded:pocket\"\n";

  @TempDir Path folder;

  @Test
  void everyWeightIsTrainedUnlessSaidOtherwise() {
    assertEquals(new Full(), load(TEACH).method());
    Lora lora = new Lora(16, 32, 0, Lora.MATRICES, Lora.Embeddings.FROZEN);
    assertEquals(lora, load(FROM + "method: lora\n").method());
    assertEquals(2, lora.scale());
    assertEquals(
        new Lora(3, 7.5, 0.1, List.of("v_proj"), Lora.Embeddings.TRAINED),
        load(FROM
                + "method: {kind: lora, rank: 3, alpha: 7.5, dropout: 0.1, targets: [v_proj],"
                + " embeddings: trained}\n")
            .method());
  }

  @Test
  void mistakesAreNamed() {
    assertEquals(
        List.of(
            "teach.yaml:6: method: kind: lora without 'from'; allowed: kind: full for a new model;"
                + " kind: lora adapts the one that 'from' names"),
        problems(TEACH + "method: lora\n"));
    assertEquals(
        List.of(
            "teach.yaml:7: method.targets.1: the text 'k_pro'; allowed: q_proj, k_proj, v_proj,"
                + " o_proj, gate_proj, up_proj, down_proj; did you mean 'k_proj'?",
            "teach.yaml:7: method.targets.2: the matrix 'q_proj' again; allowed: each matrix once"),
        problems(FROM + "method: {kind: lora, targets: [q_proj, k_pro, q_proj]}\n"));
    assertEquals(
        List.of("teach.yaml:7: method.targets: an empty list; allowed: at least one matrix"),
        problems(FROM + "method: {kind: lora, targets: []}\n"));
    assertEquals(
        List.of(
            "teach.yaml:6: from: the text 'embedded:poket'; allowed: embedded:pocket; did you mean"
                + " 'embedded:pocket'?"),
        problems(TEACH + "from: \"embedded:poket\"\n"));
  }

  @Test
  void theModelItStartsFromIsNotWrittenOver() {
    ConfigFiles files = new ConfigFiles(folder);
    files.write("base/config.json", "{}");
    String path = folder.resolve("base").toString();
    assertEquals(
        List.of(
            "teach.yaml:2: output: the folder 'base/'; allowed: another folder than 'from', whose"
                + " model would be overwritten"),
        problems(TEACH.replace("output: out", "output: " + path + "/") + "from: " + path + "\n"));
  }

  private TeachConfig load(String yaml) {
    return ConfigLoader.teach(new ConfigFiles(folder).write("teach.yaml", yaml), List.of())
        .config();
  }

  private List<String> problems(String yaml) {
    return new ConfigFiles(folder).lines(assertThrows(ConfigException.class, () -> load(yaml)));
  }
}
