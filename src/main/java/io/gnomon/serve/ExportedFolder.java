package io.gnomon.serve;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A folder that {@code gnomon export --to onnx} made.
 *
 * @param path the folder
 */
record ExportedFolder(Path path) {
  /** The model in ONNX. */
  static final String MODEL = "model.onnx";

  /** The model for libtorch. */
  static final String TORCHSCRIPT = "model.pt";

  /** The tokenizer. */
  static final String TOKENIZER = "tokenizer.json";

  private static final int BUFFER = 1 << 16;

  /**
   * Checks that the files are there.
   *
   * @throws InputException when one is not
   */
  static ExportedFolder of(Path path) {
    ExportedFolder folder = new ExportedFolder(path);
    if (!Files.isDirectory(path)) {
      throw new InputException(
          path
              + ": expected the folder that 'gnomon export RUN --to onnx' made, found no such"
              + " folder; mend the path");
    }
    if (!Files.exists(folder.model()) && Files.exists(path.resolve(TORCHSCRIPT))) {
      throw new InputException(
          path
              + ": expected "
              + MODEL
              + ", found "
              + TORCHSCRIPT
              + ", which is for DJL and libtorch; export the run --to onnx");
    }
    require(folder.model());
    require(path.resolve(LabelFile.NAME));
    require(folder.tokenizer());
    return folder;
  }

  Path model() {
    return path.resolve(MODEL);
  }

  Path tokenizer() {
    return path.resolve(TOKENIZER);
  }

  /**
   * Compares the files beside the model to what the model was exported with.
   *
   * @throws InputException when labels, type, length or tokenizer are others
   */
  void require(StudentFile student, LabelFile labels) {
    Path file = path.resolve(LabelFile.NAME);
    if (!labels.labels().equals(student.labels())) {
      throw changed(file, "labels", student.labels(), labels.labels());
    }
    if (labels.multiLabel() != student.multiLabel()) {
      String found = labels.multiLabel() ? StudentFile.MULTI_LABEL : StudentFile.SINGLE_LABEL;
      throw changed(file, "type", student.type(), found);
    }
    if (labels.maxLength() > student.longest()) {
      throw changed(file, "max_length", "at most " + student.longest(), labels.maxLength());
    }
    if (!sha256(tokenizer()).equals(student.tokenizerSha256())) {
      throw new InputException(
          tokenizer()
              + ": expected the tokenizer that "
              + MODEL
              + " was exported with, found another; copy the whole folder, or export again");
    }
  }

  private static InputException changed(Path file, String key, Object expected, Object found) {
    return new InputException(
        "%s: %s: expected %s as in %s, found %s; put the file back, or export again"
            .formatted(file, key, expected, MODEL, found));
  }

  private static void require(Path file) {
    if (!Files.isRegularFile(file)) {
      throw missing(file, new NoSuchFileException(file.toString()));
    }
  }

  static InputException missing(Path file, IOException cause) {
    return new InputException(
        file
            + ": expected a file that 'gnomon export' wrote, found none that can be read; copy the"
            + " whole folder, or export again",
        cause);
  }

  private static String sha256(Path file) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        byte[] buffer = new byte[BUFFER];
        while (in.read(buffer) >= 0) {}
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw missing(file, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
