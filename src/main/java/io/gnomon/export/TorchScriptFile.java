package io.gnomon.export;

import io.gnomon.checkpoint.FileProblem;
import io.gnomon.tensor.TorchScriptArchive;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * {@code model.pt}: a module whose forward takes ids and mask, and gives logits and probabilities.
 */
final class TorchScriptFile {
  /** The file's name. */
  static final String NAME = "model.pt";

  private TorchScriptFile() {}

  /**
   * Writes a graph to {@code folder}.
   *
   * @param metadata goes along, a file each, below {@code extra/}
   * @throws io.gnomon.config.InputException when it cannot be written
   */
  static void write(Path folder, Graph graph, Map<String, String> metadata) {
    Path file = folder.resolve(NAME);
    TorchScriptWriter.Module module = TorchScriptWriter.write(graph);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      TorchScriptArchive.write(
          out,
          "student",
          TorchScriptWriter.CLASS_NAME,
          module.source(),
          module.tensors(),
          metadata);
    } catch (IOException e) {
      throw FileProblem.writing(file, e);
    }
  }
}
