package io.gnomon.gguf;

import io.gnomon.checkpoint.Sha256;
import io.gnomon.config.InputException;
import io.gnomon.importing.FolderImport;
import io.gnomon.importing.ImportListener;
import io.gnomon.importing.ImportOutcome;
import io.gnomon.importing.ImportedModel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A GGUF file as a Hugging Face folder: config.json, tokenizer.json, tokenizer_config.json and the
 * weights in bfloat16, dequantized while they are written, a block at a time.
 */
public final class GgufImport {
  private final Path source;
  private final FolderImport target;

  /** The import of the file {@code source} into {@code folder}, which is made when missing. */
  public GgufImport(Path source, Path folder, ImportListener listener) {
    this(source, new FolderImport(source, folder, listener));
  }

  /** As above, into what {@code target} writes. */
  GgufImport(Path source, FolderImport target) {
    this.source = source;
    this.target = target;
  }

  /**
   * Imports, or goes on where an import was broken off.
   *
   * @throws InputException when the file cannot be read or is of a kind that is not, or the folder
   *     holds something else or cannot be written
   */
  public ImportOutcome run() {
    try (GgufFile file = GgufFile.open(source)) {
      ModelShape shape = ModelShape.of(file);
      ImportedModel model =
          new ImportedModel(
              shape.family(), shape.layers(), TensorPlan.of(file, shape), texts(file, shape));
      return target.write(model, () -> Sha256.of(source));
    }
  }

  /** The small files, made before anything is written: what is wrong with them is said first. */
  private static Map<String, String> texts(GgufFile file, ModelShape shape) {
    TokenizerJson tokenizer =
        TokenizerJson.of(GgufVocabulary.of(file.metadata(), shape.vocabulary()));
    @Nullable Map<String, Object> scaling = RopeScaling.of(file, shape);
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("config.json", ImportedModel.json(shape.config(scaling, file.metadata())));
    texts.put("tokenizer.json", ImportedModel.json(tokenizer.tree()));
    texts.put("tokenizer_config.json", ImportedModel.json(tokenizer.config(shape.positions())));
    return texts;
  }
}
