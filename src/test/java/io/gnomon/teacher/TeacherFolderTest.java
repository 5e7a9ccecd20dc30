package io.gnomon.teacher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TeacherFolderTest {
  @Test
  void severalMayLayTheEmbeddedTeacherOutAtOnce() throws IOException {
    Path folder = TeacherFolder.resolve("embedded:pocket");
    Files.delete(folder.resolve("model.safetensors"));
    List<Path> folders =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(i -> TeacherFolder.resolve("embedded:pocket"))
            .toList();
    assertEquals(List.of(folder), folders.stream().distinct().toList());
    try (InputStream in = TeacherFolder.class.getResourceAsStream("pocket/model.safetensors")) {
      assertArrayEquals(
          Objects.requireNonNull(in).readAllBytes(),
          Files.readAllBytes(folder.resolve("model.safetensors")));
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.filter(file -> file.toString().endsWith(".tmp")).toList());
    }
  }
}
