package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.TinyTeacher;
import io.gnomon.checkpoint.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gnomon teach} with LoRA, and {@code gnomon merge} on what it left. */
class MergeCommandTest {
  private static final String TEACH =
      """
      name: tiny
      output: %1$s/taught
      from: %1$s/base
      method: {kind: lora, rank: 2, targets: [o_proj]}
      lessons:
        - task:
            name: films
            prompt: {prefix: "film:", suffix: " this is"}
            classes: {positive: [good], negative: [bad]}
            data: {kind: table, path: %1$s/films.csv}
          train: {kind: table, path: %1$s/films.csv}
          max_length: 11
      optimizer: {warmup_steps: 1}
      training: {steps: 3}
      runtime: {device: cpu, threads: 1}
      """;

  private final CapturedConsole captured = new CapturedConsole();

  @TempDir Path temp;

  @BeforeEach
  void teach() throws IOException {
    TinyTeacher.write(Files.createDirectories(temp.resolve("base")));
    Files.writeString(
        temp.resolve("films.csv"), "text,label\na good film,positive\na bad film,negative\n");
    Path config = Files.writeString(temp.resolve("teach.yaml"), TEACH.formatted(temp));
    assertEquals(ExitCode.OK, captured.run("teach", config.toString()), captured.err());
  }

  private int merge(String adapter, String base, String target) {
    return captured.run("merge", at(adapter), "--base", at(base), "--to", at(target));
  }

  private String at(String name) {
    return temp.resolve(name).toString();
  }

  @Test
  void theTaughtTeacherIsMadeAgainFromBaseAndAdapter() throws IOException {
    assertTrue(Files.isRegularFile(temp.resolve("taught/adapter/metrics.json")));
    assertEquals(ExitCode.OK, merge("taught/adapter", "base", "again"), captured.err());
    assertTrue(
        captured.out().contains(at("again") + ": " + at("base") + " with additions to 2 matrices"),
        captured.out());
    for (String name : new String[] {"model.safetensors", "config.json", "tokenizer.json"}) {
      assertArrayEquals(
          Files.readAllBytes(temp.resolve("taught").resolve(name)),
          Files.readAllBytes(temp.resolve("again").resolve(name)),
          name);
    }
    assertEquals(Sha256.ofFolder(temp.resolve("taught")), Sha256.ofFolder(temp.resolve("again")));
    assertEquals(ExitCode.OK, captured.run("ask", at("again"), "a good film"), captured.err());
  }

  @Test
  void anotherBaseIsRefusedByName() throws IOException {
    Path weights = temp.resolve("base/model.safetensors");
    String expected = Sha256.ofWeights(temp.resolve("base"));
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);
    refused(
        merge("taught/adapter", "base", "again"),
        at("taught/adapter")
            + ": expected the base whose weights have sha256 "
            + expected
            + ", found "
            + Sha256.ofWeights(temp.resolve("base"))
            + " in "
            + at("base")
            + "; give the base that the adapter was made for");
  }

  @Test
  void aModelIsNotWrittenOver() {
    refused(
        merge("taught/adapter", "base", "base"),
        at("base")
            + ": expected a new or empty folder, found model.safetensors in it; remove it, or choose"
            + " another folder");
  }

  @Test
  void whatIsNoAdapterIsRefused() throws IOException {
    refused(
        merge("base", "base", "again"),
        at("base/adapter_config.json")
            + ": cannot be read: no such file or folder; check the path");
    Path config = temp.resolve("taught/adapter/adapter_config.json");
    Files.writeString(
        config, Files.readString(config).replace("\"use_dora\" : false", "\"use_dora\": true"));
    refused(
        merge("taught/adapter", "base", "again"),
        config + ": use_dora: expected none, found true; give a plain LoRA adapter");
  }

  private void refused(int status, String message) {
    assertEquals(ExitCode.BAD_INPUT, status);
    assertTrue(captured.err().endsWith("gnomon: " + message + "\n"), captured.err());
    assertTrue(Files.notExists(temp.resolve("again")), "a refused merge leaves nothing");
  }
}
