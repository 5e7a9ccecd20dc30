package io.gnomon.config;

/** The frozen language model. */
public record TeacherConfig(
    @Key("Hugging Face folder (config.json, *.safetensors, tokenizer.json), or embedded:pocket")
        String path,
    @Key(value = "arithmetic of the decoder layers", byDefault = "auto") PrecisionChoice precision,
    @Key(value = "whether its answers are kept on disk for later runs", byDefault = "none")
        AnswersChoice answers) {

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
