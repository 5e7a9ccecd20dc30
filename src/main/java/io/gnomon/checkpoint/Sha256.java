package io.gnomon.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** SHA-256 as 64 hexadecimal digits: which weights a student refers to. */
public final class Sha256 {
  private static final int BUFFER = 1 << 16;

  private Sha256() {}

  /**
   * Of a file's bytes.
   *
   * @throws io.gnomon.config.InputException when it cannot be read
   */
  public static String of(Path file) {
    MessageDigest digest = digest();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Of a text's UTF-8 bytes. */
  public static String ofText(String text) {
    return HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Of a Hugging Face folder: of the lines that {@code sha256sum *.json *.safetensors} prints in
   * the C locale. Other files (a README, a log) do not change what a model computes.
   *
   * @throws io.gnomon.config.InputException when a file cannot be read
   */
  public static String ofFolder(Path folder) {
    return ofFiles(folder, List.of(".json", ".safetensors"));
  }

  /**
   * Of the weights of a Hugging Face folder alone: of the lines that {@code sha256sum
   * *.safetensors} prints in the C locale.
   *
   * @throws io.gnomon.config.InputException when a file cannot be read
   */
  public static String ofWeights(Path folder) {
    return ofFiles(folder, List.of(".safetensors"));
  }

  private static String ofFiles(Path folder, List<String> endings) {
    StringBuilder lines = new StringBuilder();
    for (String ending : endings) {
      for (String name : names(folder, ending)) {
        lines.append(of(folder.resolve(name))).append("  ").append(name).append('\n');
      }
    }
    return ofText(lines.toString());
  }

  private static List<String> names(Path folder, String ending) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(Files::isRegularFile)
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.endsWith(ending) && !name.startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw FileProblem.reading(folder, e);
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
