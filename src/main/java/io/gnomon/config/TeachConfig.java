package io.gnomon.config;

import io.gnomon.config.StudentConfig.Arithmetic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A teacher to be made from labelled prompts: what {@code gnomon teach} reads. */
public record TeachConfig(
    @Key("name of the teacher") String name,
    @Key("folder the teacher is written to") String output,
    @Key(value = "seed of everything random", byDefault = "1", min = 0) long seed,
    @Key("Hugging Face folder to start from; a new model and tokenizer when absent")
        @Nullable String from,
    @Key(value = "which weights are trained", byDefault = "full") MethodConfig method,
    @Key(
            value = "arithmetic of training's products; weights, moments and loss stay fp32",
            byDefault = "fp32")
        Arithmetic precision,
    @Key(value = "the tokenizer of a new model", byDefault = "{}") TokenizerConfig tokenizer,
    @Key(value = "the shape of a new model", byDefault = "{}") ModelConfig model,
    @Key("what it learns to answer") List<LessonConfig> lessons,
    @Key(value = "the loss", byDefault = "{}") LossConfig loss,
    @Key(value = "AdamW and its schedule", byDefault = "{}") OptimizerConfig optimizer,
    @Key(value = "steps and checkpoints; batches are the lessons'", byDefault = "{}")
        ScheduleConfig training,
    @Key(value = "device and threads", byDefault = "{}") RuntimeConfig runtime) {

  /** A byte-level BPE tokenizer trained on the lessons' texts. */
  public record TokenizerConfig(
      @Key(value = "entries, special tokens included", byDefault = "8192", min = 260, max = 8192)
          int vocabulary,
      @Key(value = "whether text is lower-cased first", byDefault = "true") boolean lowercase) {}

  /** A Llama of this shape; the head shares the embedding table. */
  public record ModelConfig(
      @Key(value = "embedding width", byDefault = "128", min = 2) int hidden,
      @Key(value = "decoder layers", byDefault = "3", min = 1) int layers,
      @Key(value = "attention heads", byDefault = "4", min = 1) int heads,
      @Key(value = "key/value heads", byDefault = "4", min = 1) int keyValueHeads,
      @Key(value = "width of the feed-forward block", byDefault = "344", min = 1) int feedForward,
      @Key(value = "positions the model is made for", byDefault = "512", min = 8)
          int maxPositions) {}

  /** One task to learn, with the labelled set that teaches it. */
  public record LessonConfig(
      @Key(value = "prompt and words", part = "tasks") TaskConfig task,
      @Key("labelled training set") DataConfig train,
      @Key(
              value = "share of the steps, relative to the other lessons",
              byDefault = "1",
              min = 0,
              aboveMin = true)
          double weight,
      @Key(value = "texts a step", byDefault = "64", min = 1) int batchSize,
      @Key(value = "tokens kept of a text", byDefault = "256", min = 1) int maxLength,
      @Key(
              value = "share of longer texts that keep a random stretch, not their front",
              byDefault = "0.3",
              min = 0,
              max = 1)
          double crop) {}

  /** The class loss at the last position, the language-model loss beside it, and the noise. */
  public record LossConfig(
      @Key(value = "weight of the next-token loss on the text", byDefault = "0", min = 0, max = 100)
          double languageModel,
      @Key(
              value = "positions a batch at which the next token is scored",
              byDefault = "256",
              min = 1)
          int positions,
      @Key(value = "rate of dropout on embeddings", byDefault = "0.2", min = 0, max = 0.9)
          double embeddingDropout,
      @Key(value = "rate of dropout on the blocks' outputs", byDefault = "0.1", min = 0, max = 0.9)
          double dropout,
      @Key(
              value =
                  "largest share of a text's tokens replaced by random ones; each text draws its own",
              byDefault = "0.2",
              min = 0,
              max = 0.9)
          double tokenNoise) {}

  /** Steps, averaging and checkpoints. */
  public record ScheduleConfig(
      @Key(value = "optimizer steps", byDefault = "3000", min = 1) int steps,
      @Key(
              value =
                  "decay of the running mean of the weights, which is what is kept; 0 keeps the last",
              byDefault = "0.99",
              min = 0,
              max = 0.99999)
          double average,
      @Key(
              value = "learning rate of the embedding table as a multiple of the others'",
              byDefault = "4",
              min = 0,
              max = 1000)
          double embeddingRate,
      @Key(value = "steps between lines of the log", byDefault = "100", min = 1) int logEvery,
      @Key(value = "steps between checkpoints", byDefault = "500", min = 1) int checkpointEvery) {}
}
