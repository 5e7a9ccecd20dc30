package io.gnomon.export;

import io.gnomon.config.ConfigWriter;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.TaskConfig;
import io.gnomon.experiment.RunFolder;
import io.gnomon.export.ExportRequest.Target;
import io.gnomon.serve.LabelFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code README.md} of an export: what the student is, what it came from, how good it is. */
final class ModelCard {
  private static final String JAVA =
      """
      ```java
      try (Tagger tagger = Tagger.load(Path.of("."))) { // io.gnomon.serve
        tagger.tag("What a day!", "Oh no.").forEach(answer -> answer.labels());
      }
      ```
      """;

  private static final String PYTHON =
      """
      ```python
      import json, numpy, onnxruntime, tokenizers
      labels = json.load(open("labels.json"))
      tokenizer = tokenizers.Tokenizer.from_file("tokenizer.json")
      session = onnxruntime.InferenceSession("model.onnx")
      ids = tokenizer.encode("What a day!", add_special_tokens=False).ids[: labels["max_length"]]
      ids = numpy.array([ids], dtype=numpy.int64)
      feed = {"input_ids": ids, "attention_mask": numpy.ones_like(ids)}
      print(dict(zip(labels["labels"], session.run(["probabilities"], feed)[0][0])))
      ```
      """;

  private static final String DJL =
      """
      `model.pt` is a TorchScript module for libtorch, by DJL or otherwise: its forward takes `input_ids` and
      `attention_mask`, int64 both, and gives logits and probabilities.
      """;

  private final RunFolder run;
  private final ExperimentConfig config;
  private final ExportRequest request;
  private final LabelFile labels;
  private final KeptRows rows;
  private final Path teacher;
  private final StringBuilder text = new StringBuilder();

  ModelCard(
      RunFolder run,
      ExperimentConfig config,
      ExportRequest request,
      LabelFile labels,
      KeptRows rows,
      Path teacher) {
    this.run = run;
    this.config = config;
    this.request = request;
    this.labels = labels;
    this.rows = rows;
    this.teacher = teacher;
  }

  String text(GateReport report) {
    Optional<String> licence = TeacherLicence.of(teacher);
    front(licence);
    line("# " + labels.task());
    line("");
    line(what());
    line("");
    facts();
    use();
    figures();
    checked(report);
    origin(licence);
    return text.toString();
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private void front(Optional<String> licence) {
    line("---");
    licence.filter(name -> name.matches("[a-z0-9.-]+")).ifPresent(name -> line("license: " + name));
    line("pipeline_tag: text-classification");
    line("library_name: " + (request.target() == Target.ONNX ? "onnx" : "djl"));
    line("---");
  }

  private String what() {
    return "A classifier of %d labels, %s, cast from a language model by Gnomon %s. %s"
        .formatted(
            labels.labels().size(),
            labels.multiLabel() ? "any number of them a text" : "one a text",
            GnomonVersion.get(),
            training());
  }

  private String training() {
    if (config.text() != null) {
      return "It was trained on text, as said below.";
    }
    String start = config.training().start();
    return start == null
        ? "No text was used to train it: its inputs were drawn from the sampler below."
        : "Its inputs were drawn from the sampler below; it went on from the student of "
            + quoted(start)
            + ", which may have been trained on text.";
  }

  private void facts() {
    TaskConfig task = config.task();
    line("| | |");
    line("|---|---|");
    row("labels", String.join(", ", labels.labels()));
    row("teacher", "`" + config.teacher().path() + "`");
    row("prompt", quoted(task.prompt().prefix()) + " … " + quoted(task.prompt().suffix()));
    task.classes().forEach((label, words) -> row("words for " + label, String.join(", ", words)));
    if (task.answers() != null) {
      row("answers", "yes: " + task.answers().yes() + ", no: " + task.answers().no());
    }
    row("longest text", labels.maxLength() + " tokens; of a longer one the front");
    row("matrices", labels.precision());
    row("vocabulary", vocabulary());
    line("");
    line(
        config.text() == null
            ? "Its inputs came from this sampler:"
            : "It was trained on this text:");
    line("");
    line("```yaml");
    text.append(ConfigWriter.write((Record) inputs()));
    line("```");
    line("");
  }

  private Object inputs() {
    return config.text() == null ? config.sampler() : config.text();
  }

  private void row(String name, String value) {
    line("| " + name + " | " + value.replace("|", "\\|") + " |");
  }

  private static String quoted(String text) {
    return "`" + text.replace("\n", "⏎") + "`";
  }

  private String vocabulary() {
    if (rows.isAll()) {
      return "whole, %,d tokens".formatted(rows.tokens());
    }
    return ("%,d of %,d rows (%s). Nothing becomes unknown: the tokenizer beside the model lets a"
            + " token that was cut fall apart into those it was merged from, down to letters and"
            + " bytes, which are all kept. Ids are the teacher's; one that was cut, fed from the"
            + " whole tokenizer, reads the row of its first piece")
        .formatted(rows.size(), rows.tokens(), request.vocabulary().describe());
  }

  private void use() {
    line("## Use");
    line("");
    if (request.target() == Target.TORCHSCRIPT) {
      line(DJL);
    } else {
      line(JAVA);
      line(PYTHON);
    }
    if (request.precision() == ExportPrecision.INT8) {
      line(
          "Run texts one at a time: activations are scaled to 8 bits by the extremes of the whole"
              + " batch, so that in company a text's answer depends on the company. On x86"
              + " processors without VNNI 8-bit sums may saturate: compare with fp32 there.");
      line("");
    }
  }

  private void figures() {
    List<String> figures = Figures.read(run.metrics()).rows();
    if (figures.isEmpty()) {
      return;
    }
    line("## How good");
    line("");
    line("Before export, with 95% intervals where text was measured on.");
    line("");
    line("| | |");
    line("|---|---|");
    figures.forEach(this::line);
    line("");
  }

  private void checked(GateReport report) {
    line("## Checked");
    line("");
    text.append(GateText.of(report));
  }

  private void origin(Optional<String> licence) {
    line("## Where it came from");
    line("");
    line(
        "Configuration, provenance and metrics of the run are in the model's "
            + (request.target() == Target.ONNX
                ? "metadata, under `gnomon.config`, `gnomon.provenance`, `gnomon.metrics`."
                : "archive, below `extra/`."));
    line("");
    line(
        licence
                .map(name -> "Licence of the teacher, as its folder has it: " + name + ".")
                .orElse(
                    "The teacher's folder names no licence: look it up before you pass this on.")
            + " The student carries what that licence says of derived models.");
  }
}
