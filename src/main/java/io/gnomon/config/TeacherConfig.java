package io.gnomon.config;

/** The frozen language model. */
public record TeacherConfig(
    @Key("Hugging Face folder (config.json, *.safetensors, tokenizer.json), or embedded:pocket")
        String path,
    @Key(value = "arithmetic of the decoder layers", byDefault = "auto")
        PrecisionChoice precision) {

  /** Arithmetic asked for; {@code AUTO} lets the device decide. */
  public enum PrecisionChoice {
    AUTO,
    FP32,
    BF16,
    FP16
  }
}
