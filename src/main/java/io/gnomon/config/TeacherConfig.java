package io.gnomon.config;

/** The frozen language model. */
public record TeacherConfig(
    @Key("Hugging Face folder (config.json, *.safetensors, tokenizer.json), or embedded:pocket")
        String path,
    @Key(value = "arithmetic of the decoder layers", byDefault = "auto") PrecisionChoice precision,
    @Key(value = "whether its answers are kept on disk for later runs", byDefault = "none")
        AnswersChoice answers,
    @Key(
            value = "inputs of one forward pass; 0 takes as many as the device's memory bears",
            byDefault = "0",
            min = 0,
            max = 1_000_000)
        int rows) {

  /** A teacher that answers as many inputs at once as the device's memory bears. */
  public TeacherConfig(String path, PrecisionChoice precision, AnswersChoice answers) {
    this(path, precision, answers, 0);
  }

  /** Arithmetic asked for; {@code AUTO} lets the device decide. */
  public enum PrecisionChoice {
    AUTO,
    FP32,
    BF16,
    FP16
  }

  /** What becomes of the teacher's answers to noise. */
  public enum AnswersChoice {
    /** The teacher is asked in every run. */
    NONE,
    /** Kept per batch; later runs on the same samples read them and run no teacher. */
    KEEP
  }
}
