package io.gnomon.teacher;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;

/**
 * Where a teacher's files lie. {@code embedded:NAME} names one that ships inside the jar; it is
 * laid out once under the system's temporary folder, for weights are read through a memory map.
 */
public final class TeacherFolder {
  private static final String EMBEDDED = "embedded:";
  private static final List<String> FILES =
      List.of("README.md", "config.json", "tokenizer.json", "model.safetensors");

  private TeacherFolder() {}

  /**
   * The folder that {@code path} stands for.
   *
   * @throws InputException when there is no such folder, or no embedded teacher of that name
   */
  public static Path resolve(String path) {
    if (path.startsWith(EMBEDDED)) {
      return unpack(path.substring(EMBEDDED.length()));
    }
    Path folder = Path.of(path);
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          path
              + ": expected a Hugging Face folder or embedded:pocket, found no such folder;"
              + " mend the path");
    }
    return folder;
  }

  private static Path unpack(String name) {
    String version = TeacherFolder.class.getPackage().getImplementationVersion();
    Path folder =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "gnomon-" + System.getProperty("user.name"),
            name + "-" + (version == null ? "dev" : version));
    for (String file : FILES) {
      unpack(name, file, folder.resolve(file));
    }
    return folder;
  }

  private static void unpack(String name, String file, Path target) {
    try (InputStream in = TeacherFolder.class.getResourceAsStream(name + "/" + file)) {
      if (in == null) {
        throw new InputException(
            EMBEDDED
                + name
                + ": expected embedded:pocket, found no embedded teacher of that name;"
                + " take that one");
      }
      byte[] content = in.readAllBytes();
      // Compared in full: a file of another build, or one cut short, is laid out anew.
      if (Files.isRegularFile(target) && Arrays.equals(Files.readAllBytes(target), content)) {
        return;
      }
      Files.createDirectories(target.getParent());
      // A name of its own for each process: several may lay the same teacher out at once, and each
      // puts the same content in place.
      Path own = Files.createTempFile(target.getParent(), file, ".tmp");
      Files.write(own, content);
      Files.move(own, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new InputException(target + ": cannot be written: " + e.getMessage(), e);
    }
  }
}
