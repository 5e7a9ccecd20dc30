package io.gnomon.cli;

import io.gnomon.cli.Workbench.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What users break before a run begins: configurations, teachers, data, texts. Each is refused in
 * one line that says where, what was expected, what was found and how to mend it, and leaves every
 * file as it was.
 */
class BrokenInputsTest {
  private static final String RUN = "run @/x.yaml --results @/results";
  private static final String ASK = "ask @/teacher --device=cpu --precision=fp32";

  @TempDir static Path root;
  private static Workbench bench;

  @BeforeAll
  static void lay() throws IOException {
    bench = new Workbench(root);
  }

  private static Stream<DynamicTest> tests(Refusal... refusals) {
    return Stream.of(refusals)
        .map(refusal -> DynamicTest.dynamicTest(refusal.name(), () -> bench.refuses(refusal)));
  }

  @TestFactory
  Stream<DynamicTest> configurations() {
    return tests(
        new Refusal(
            "unknown key",
            b -> b.edit("x.yaml", "{steps", "{stpes"),
            RUN,
            "x.yaml:10: training.stpes: unknown key; allowed: steps, batch_size, "
                + "checkpoint_every, start; did you mean 'steps'?"),
        new Refusal(
            "wrong type",
            b -> b.edit("x.yaml", "steps: 4", "steps: many"),
            RUN,
            "x.yaml:10: training.steps: the text 'many'; allowed: an integer of at " + "least 1"),
        new Refusal(
            "out of range",
            b -> {},
            RUN + " --set optimizer.learning_rate=1e30",
            "--set optimizer.learning_rate=1e30: optimizer.learning_rate: the decimal "
                + "1e30; allowed: a number above 0 up to 10"),
        new Refusal(
            "bad kind",
            b -> b.edit("x.yaml", "kind: roberta", "kind: roberto"),
            RUN,
            "x.yaml:8: student.kind: the text 'roberto'; allowed: roberta, static; did "
                + "you mean 'roberta'?"),
        new Refusal(
            "missing reference",
            b -> {},
            RUN + " --set teacher=teachers/poket",
            "--set teacher=teachers/poket: teacher: no part 'teachers/poket'; allowed: "
                + "teachers/pocket, teachers/tagger; did you mean 'teachers/pocket'?"),
        new Refusal(
            "circle of references",
            b -> {
              b.write("configs/samplers/this.yaml", "from: samplers/that\n");
              b.write("configs/samplers/that.yaml", "from: samplers/this\n");
            },
            RUN + " --set sampler=samplers/this",
            "configs/samplers/that.yaml:1: sampler.from.from: a reference in a circle: "
                + "x.yaml → configs/samplers/this.yaml → configs/samplers/that.yaml → "
                + "configs/samplers/this.yaml; allowed: references that end"),
        new Refusal(
            "no YAML",
            b -> b.edit("x.yaml", "trace: {", "trace: [{"),
            RUN,
            "x.yaml:12: not YAML: expected ',' or ']', but got <scalar>; allowed: one "
                + "YAML 1.2 document"),
        new Refusal(
            "empty file",
            b -> b.write("x.yaml", ""),
            RUN,
            "x.yaml:1: nothing but comments; allowed: one YAML 1.2 document"),
        new Refusal(
            "no file",
            b -> {},
            "run @/y.yaml --results @/results",
            "y.yaml: no such file; allowed: a readable YAML file"),
        new Refusal(
            "a folder",
            b -> {},
            "run @/teacher --results @/results",
            "teacher: a folder; allowed: a readable YAML file"),
        new Refusal(
            "not UTF-8",
            b -> Files.write(b.path("x.yaml"), new byte[] {'n', ':', ' ', (byte) 0xff}),
            RUN,
            "x.yaml: bytes that are not UTF-8; allowed: a YAML file in UTF-8"),
        new Refusal(
            "--set of no key",
            b -> {},
            RUN + " --set trainig.steps=3",
            "--set trainig.steps=3: trainig: unknown key; allowed: name, seed, task, "
                + "teacher, student, sampler, text, objective, optimizer, training, trace, "
                + "runtime; did you mean 'training'?"),
        new Refusal(
            "--set without a value",
            b -> {},
            RUN + " --set training.steps",
            "--set training.steps: no '='; allowed: --set key.path=value, as --set "
                + "training.steps=100"),
        new Refusal(
            "--run-id",
            b -> {},
            RUN + " --run-id ../up",
            "--run-id: expected letters, digits, '.', '_' and '-', found '../up'; take "
                + "such a name"),
        new Refusal(
            "heads",
            b -> {},
            RUN + " --set student.heads=3",
            "--set student.heads=3: student.heads: 3; allowed: a divisor of hidden = "
                + "14; did you mean '2'?"),
        new Refusal(
            "component of no class",
            b -> {},
            RUN + " --set objective.component.kind=class --set objective.component.name=neutral",
            "--set objective.component.name=neutral: objective.component.name: class "
                + "'neutral', which task.classes does not have; allowed: positive, negative"),
        new Refusal(
            "no such card",
            b -> {},
            RUN + " --set runtime.device=cuda:99",
            "device: expected a card that is there, found cuda:99 where libtorch sees "
                + "*; ask 'gnomon doctor' why, or take cpu"),
        new Refusal(
            "no device",
            b -> {},
            RUN + " --set runtime.device=gpu",
            "--set runtime.device=gpu: runtime.device: the text 'gpu'; allowed: auto, "
                + "cpu, cuda:0, cuda:1 and so on; did you mean 'cuda:0'?"),
        new Refusal(
            "three at once",
            b -> {
              b.edit("x.yaml", "steps: 4", "steps: 0");
              b.edit("x.yaml", "probe: 5", "prob: 5");
            },
            RUN + " --set sampler.kind=gausian",
            "--set sampler.kind=gausian: sampler.kind: the text 'gausian'; allowed: "
                + "uniform, gaussian, tokens, mixture, bursty, labelled, salient, discourse, "
                + "sharpened, balanced, blend; did you mean "
                + "'gaussian'?\nx.yaml:10: training.steps: 0; allowed: an integer of at "
                + "least 1\nx.yaml:11: trace.prob: unknown key; allowed: every, probe, text, to; "
                + "did you mean 'probe'?"));
  }

  @TestFactory
  Stream<DynamicTest> teachers() {
    return tests(
        new Refusal(
            "no folder",
            b -> {},
            RUN + " --set teacher.path=@/nowhere",
            "--set teacher.path=nowhere: teacher.path: no folder 'nowhere'; allowed: a "
                + "Hugging Face folder: config.json beside *.safetensors"),
        new Refusal(
            "not embedded",
            b -> {},
            RUN + " --set teacher.path=embedded:poket",
            "--set teacher.path=embedded:poket: teacher.path: the text "
                + "'embedded:poket'; allowed: embedded:pocket; did you mean "
                + "'embedded:pocket'?"),
        new Refusal(
            "unsupported family",
            b -> b.edit("teacher/config.json", "\"llama\"", "\"gpt2\""),
            RUN,
            "x.yaml:7: teacher.path: teacher/config.json: model_type: expected one of "
                + "llama, mistral, qwen2, found gpt2; take a teacher of one of these "
                + "families; allowed: a Hugging Face folder of llama, mistral, qwen2, read "
                + "whole"),
        new Refusal(
            "config.json no JSON",
            b -> b.cut("teacher/config.json", 0.5),
            RUN,
            "x.yaml:7: teacher.path: teacher/config.json: expected JSON, found *; "
                + "fetch the file again; allowed: a Hugging Face folder of llama, mistral, "
                + "qwen2, read whole"),
        new Refusal(
            "no config.json",
            b -> Files.delete(b.path("teacher/config.json")),
            RUN,
            "x.yaml:7: teacher.path: folder 'teacher' without config.json; allowed: a "
                + "Hugging Face folder: config.json beside *.safetensors"),
        new Refusal(
            "truncated weights",
            b -> b.cut("teacher/model.safetensors", 0.7),
            RUN,
            "teacher/model.safetensors: truncated: expected * bytes, found *; copy or "
                + "download the file again"),
        new Refusal(
            "truncated header",
            b -> b.cut("teacher/model.safetensors", 0.005),
            RUN,
            "teacher/model.safetensors: truncated: expected * bytes, found *; copy or "
                + "download the file again"),
        new Refusal(
            "empty weights",
            b -> b.cut("teacher/model.safetensors", 0),
            RUN,
            "teacher/model.safetensors: truncated: expected * bytes, found *; copy or "
                + "download the file again"),
        new Refusal(
            "wrong shape",
            b ->
                b.edit(
                    "teacher/config.json", "\"intermediate_size\":23", "\"intermediate_size\":22"),
            RUN,
            "teacher/model.safetensors: tensor model.layers.0.mlp.gate_proj.weight: "
                + "expected shape [22, 19], found [23, 19]; weights and config.json differ, "
                + "take both from one checkpoint"),
        new Refusal(
            "missing tensor",
            b ->
                b.edit("teacher/config.json", "\"num_hidden_layers\":2", "\"num_hidden_layers\":3"),
            RUN,
            "teacher: expected a tensor model.layers.2.input_layernorm.weight, found "
                + "none (the nearest are [model.layers.0.input_layernorm.weight, "
                + "model.layers.1.input_layernorm.weight, "
                + "model.layers.0.mlp.up_proj.weight]); take weights and config.json of one "
                + "checkpoint"),
        new Refusal(
            "missing shard",
            b -> {
              Files.delete(b.path("teacher/model.safetensors"));
              b.write(
                  "teacher/model.safetensors.index.json",
                  "{\"weight_map\": {\"model.norm.weight\":"
                      + " \"model-00001-of-00002.safetensors\"}}");
            },
            RUN,
            "teacher: missing model-00001-of-00002.safetensors, named in "
                + "model.safetensors.index.json; copy or download it into this folder"),
        new Refusal(
            "index no JSON",
            b -> {
              Files.delete(b.path("teacher/model.safetensors"));
              b.write("teacher/model.safetensors.index.json", "{\"weight_map\": ");
            },
            RUN,
            "teacher/model.safetensors.index.json: not valid JSON: *; copy or download "
                + "the file again"),
        new Refusal(
            "index without map",
            b -> {
              Files.delete(b.path("teacher/model.safetensors"));
              b.write("teacher/model.safetensors.index.json", "{}");
            },
            RUN,
            "teacher/model.safetensors.index.json: expected weight_map, an object of "
                + "tensor names to files, found none; copy or download the file again"),
        new Refusal(
            "no weights",
            b -> Files.delete(b.path("teacher/model.safetensors")),
            RUN,
            "teacher: expected model.safetensors or model.safetensors.index.json, "
                + "found config.json, tokenizer.json, tokenizer_config.json; copy or "
                + "download the weights into it"),
        new Refusal(
            "no tokenizer.json",
            b -> Files.delete(b.path("teacher/tokenizer.json")),
            RUN,
            "x.yaml:7: teacher.path: teacher: expected tokenizer.json, found none; "
                + "fetch it beside config.json (a folder with tokenizer.model alone must be "
                + "converted first); allowed: a Hugging Face folder of llama, mistral, "
                + "qwen2, read whole"),
        new Refusal(
            "broken tokenizer",
            b -> b.cut("teacher/tokenizer.json", 0.5),
            RUN,
            "x.yaml:7: teacher.path: teacher/tokenizer.json: expected a Hugging Face "
                + "tokenizer, found *; fetch it again; allowed: a Hugging Face folder of "
                + "llama, mistral, qwen2, read whole"),
        new Refusal(
            "label words alike",
            b -> {},
            RUN + " --set task.classes.positive=[good,dullish]",
            "x.yaml:5: task.classes.negative.2: the word 'dull' of class negative, "
                + "which begins with the token 279 'Ġdull' as the word 'dullish' of class "
                + "positive does; allowed: a word whose first token begins no word of "
                + "another class"),
        new Refusal(
            "longer than positions",
            b -> {},
            RUN + " --set sampler.length.max=61 --set student.max_positions=99",
            "--set sampler.length.max=61: sampler.length.max: 61 vectors; allowed: at "
                + "most 48: the teacher's 61 positions − 13 tokens of the prompt; did you "
                + "mean '48'?"),
        new Refusal(
            "weights that are no numbers",
            b -> b.fillEnd("teacher/model.safetensors", 40),
            RUN,
            "teacher: expected finite probabilities, found others (sampled function: value [0][0] is"
                + " NaN, expected a finite number); try teacher.precision: fp32, then another copy of"
                + " the weights"),
        new Refusal(
            "a student beyond all memory",
            b -> {},
            RUN + " --set student.hidden=2 --set student.max_positions=300000000",
            "student: roberta.embeddings.position_embeddings.weight: expected at most 536870911"
                + " numbers, found shape (300000002, 2); make the student smaller"),
        new Refusal(
            "a student's start that is none",
            b -> {},
            RUN + " --set student.from_checkpoint=@/teacher",
            "teacher/config.json: expected model_type bert or roberta, found llama; "
                + "give such a folder as student.from_checkpoint, or leave it out"),
        new Refusal(
            "a student's start that is nowhere",
            b -> {},
            RUN + " --set student.from_checkpoint=@/nowhere",
            "--set student.from_checkpoint=nowhere: student.from_checkpoint: no folder "
                + "'nowhere'; allowed: a Hugging Face folder: config.json beside "
                + "*.safetensors"));
  }

  @TestFactory
  Stream<DynamicTest> data() {
    return tests(
        new Refusal(
            "label of no class",
            b -> b.edit("reviews.csv", "one,negative", "one,mixed"),
            RUN,
            "reviews.csv:4: label 'mixed' is not a class of the task, allowed: "
                + "positive, negative; add the class to the task or drop the row"),
        new Refusal(
            "no text column",
            b -> b.edit("reviews.csv", "text,", "txt,"),
            RUN,
            "reviews.csv:1: no column 'text', the columns are: txt, label; name the "
                + "right ones under text: and label:"),
        new Refusal(
            "empty file",
            b -> b.write("reviews.csv", ""),
            RUN,
            "reviews.csv (reviews.csv): expected at least one labelled text, found no "
                + "rows; give a set that has some"),
        new Refusal(
            "header alone",
            b -> b.write("reviews.csv", "text,label\n"),
            RUN,
            "reviews.csv (reviews.csv): expected at least one labelled text, found no "
                + "rows; give a set that has some"),
        new Refusal(
            "empty text",
            b -> b.edit("reviews.csv", "a bad film,", "  ,"),
            RUN,
            "reviews.csv:3: expected a text, found an empty one; mend or drop the row"),
        new Refusal(
            "a missing cell",
            b -> b.edit("reviews.csv", "one,negative", "one"),
            RUN,
            "reviews.csv:4: expected 2 columns as in the header, found 1; mend or drop "
                + "the row"),
        new Refusal(
            "an open quote",
            b -> b.edit("reviews.csv", "a dull", "\"a dull"),
            RUN,
            "after reviews.csv:3: expected a field in balanced double quotes, found "
                + "text behind a closing quote or none; write a quote within a quoted field "
                + "twice"),
        new Refusal(
            "not UTF-8",
            b -> Files.write(b.path("reviews.csv"), new byte[] {'t', (byte) 0xff, '\n'}),
            RUN,
            "reviews.csv: expected UTF-8 text, found: bytes that are not UTF-8; save "
                + "it as UTF-8"),
        new Refusal(
            "no such table",
            b -> Files.delete(b.path("reviews.csv")),
            RUN,
            "table not found at reviews.csv (looked there only, as the path is "
                + "absolute): give the path of a CSV, TSV, JSONL or Parquet file, or "
                + "embedded:NAME for one that ships"),
        new Refusal(
            "no known ending",
            b -> {},
            RUN + " --set task.data.path=@/x.yaml",
            "x.yaml: the ending does not tell the format; expected .csv, .tsv, .jsonl "
                + "or .parquet, or set format: csv | tsv | jsonl | parquet"),
        new Refusal(
            "a set that is not there",
            b ->
                b.edit(
                    "x.yaml",
                    "{kind: table, path: \"" + b.path("reviews.csv") + "\", licence: none}",
                    "{kind: imdb, path: \"@/aclImdb_v1.tar.gz\"}"),
            RUN,
            "IMDB not found at aclImdb_v1.tar.gz (looked there only, as the path is "
                + "absolute): get it from https://ai.stanford.edu/~amaas/data/sentiment/ "
                + "(licence: none stated; research use, cite Maas et al. 2011), for one by "
                + "typing: curl -fL --create-dirs -o aclImdb_v1.tar.gz "
                + "https://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz"));
  }

  @TestFactory
  Stream<DynamicTest> texts() {
    return tests(
        new Refusal(
            "empty",
            b -> {},
            List.of("ask", "@/teacher", ""),
            ExitCode.BAD_INPUT,
            "text 1: expected a text of at least one token, found an empty one; give a "
                + "text, or --ids",
            List.of()),
        new Refusal(
            "100,000 characters",
            b -> {},
            ASK + " " + "a".repeat(100_000),
            "text 1: expected at most 61 tokens (the teacher's 61 positions), found "
                + "100000 of 100000 characters; shorten it"),
        new Refusal(
            "beyond the vocabulary",
            b -> {},
            ASK + " --ids=1,280",
            "--ids 1,280: expected ids from 0 to 279, the teacher's vocabulary, found "
                + "280; mend the id"),
        new Refusal(
            "no such card",
            b -> {},
            "ask @/teacher a --device=cuda:99",
            "device: expected a card that is there, found cuda:99 where libtorch sees "
                + "*; ask 'gnomon doctor' why, or take cpu"),
        new Refusal(
            "no teacher",
            b -> {},
            "ask @/nowhere a",
            "nowhere: expected a Hugging Face folder, embedded:pocket or a name such "
                + "as teachers/pocket, found no such folder; mend the path"),
        new Refusal(
            "weights as teacher",
            b -> {},
            "ask @/teacher/model.safetensors a",
            "teacher/model.safetensors: bytes that are not UTF-8; allowed: a YAML file "
                + "in UTF-8"),
        new Refusal(
            "a file as teacher",
            b -> {},
            "ask @/reviews.csv a",
            "reviews.csv:1: no part 'text,label a good film,positive a bad "
                + "film,negative a dull one,negative'; allowed: teachers/pocket, teachers/tagger"));
  }
}
