package io.gnomon.notebook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.config.InputException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class NotebookRunTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @TempDir Path folder;

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  /** A notebook with a text cell first, then the given code. */
  private Path notebook(String... code) throws IOException {
    String cells =
        Stream.of(code)
            .map(MAPPER::writeValueAsString)
            .map(
                source ->
                    "{\"cell_type\": \"code\", \"execution_count\": null, \"id\": \"c\","
                        + " \"metadata\": {}, \"outputs\": [], \"source\": "
                        + source
                        + "}")
            .collect(Collectors.joining(","));
    Path file = folder.resolve("n.ipynb");
    Files.writeString(
        file,
        """
        {"cells": [{"cell_type": "markdown", "id": "m", "metadata": {}, "source": ["# α\\n", "b"]}, %s],
         "metadata": {"kernelspec": {"display_name": "Java", "language": "java", "name": "java"}, "own": {}},
         "nbformat": 4, "nbformat_minor": 5}
        """
            .formatted(cells));
    return file;
  }

  private NotebookRun run(Path file) {
    return new NotebookRun(file, new ProcessStreams(out, err));
  }

  private JsonNode executed(String... code) throws IOException {
    Path file = notebook(code);
    run(file).write();
    return MAPPER.readTree(Files.readString(file)).path("cells");
  }

  private static String text(JsonNode lines) {
    return lines.values().stream().map(JsonNode::asString).collect(Collectors.joining());
  }

  private String failure(String... code) throws IOException {
    Path file = notebook(code);
    String before = Files.readString(file);
    String message =
        String.valueOf(assertThrows(NotebookException.class, () -> run(file).write()).getMessage());
    assertEquals(before, Files.readString(file), "a failed run wrote the file");
    assertSame(out, System.out);
    assertSame(err, System.err);
    return message.replace(file + ": ", "");
  }

  @Test
  void whatACellPrintsAndItsValueAreItsOutputs() throws IOException {
    JsonNode cells =
        executed(
            "int a = 17;\nSystem.out.print(\"x\\n\");\nSystem.err.println(\"é\");\nSystem.out.print(a);\na + 2",
            "a;",
            "// nothing",
            "String s = \"b\"",
            "s + a\n// said");
    JsonNode outputs = cells.get(1).path("outputs");
    assertEquals(
        List.of("stdout", "stderr", "stdout", ""),
        outputs.values().stream().map(it -> it.path("name").asString("")).toList());
    assertEquals("x\n", text(outputs.get(0).path("text")));
    assertEquals("é\n", text(outputs.get(1).path("text")));
    assertEquals("17", text(outputs.get(2).path("text")));
    assertEquals("19", text(outputs.get(3).path("data").path("text/plain")));
    assertEquals(1, outputs.get(3).path("execution_count").intValue());
    for (int quiet = 2; quiet <= 4; quiet++) {
      assertEquals(0, cells.get(quiet).path("outputs").size(), "cell " + quiet);
      assertEquals(quiet, cells.get(quiet).path("execution_count").intValue());
    }
    assertEquals("b17", text(cells.get(5).path("outputs").get(0).path("data").path("text/plain")));
  }

  @Test
  void aValueIsTheObjectItself() throws IOException {
    JsonNode cells =
        executed(
            "import io.gnomon.report.Table;\n"
                + "Table.of(\"a<b\", \"n\").row(\"x\", 0.5).row(\"yy\", null)",
            "var image = new java.awt.image.BufferedImage(3, 2, 1);\n"
                + "image.setRGB(2, 1, 0xff0000);\nimage",
            "new java.awt.image.BufferedImage(4000, 1000, 1)",
            "Object none = null;\nnone");
    JsonNode table = cells.get(1).path("outputs").get(0).path("data");
    assertEquals("a<b      n\nx    0.500\nyy       –", text(table.path("text/plain")));
    assertTrue(text(table.path("text/html")).contains("a&lt;b"), table::toString);
    BufferedImage small = image(cells.get(2));
    assertArrayEquals(
        new int[] {3, 2, 0xffff0000},
        new int[] {small.getWidth(), small.getHeight(), small.getRGB(2, 1)});
    assertEquals(3, metadata(cells.get(2)).path("width").intValue());
    BufferedImage large = image(cells.get(3));
    assertArrayEquals(new int[] {2000, 500}, new int[] {large.getWidth(), large.getHeight()});
    assertEquals(1000, metadata(cells.get(3)).path("width").intValue());
    assertEquals(0, cells.get(4).path("outputs").size());
  }

  private static BufferedImage image(JsonNode cell) throws IOException {
    String png = cell.path("outputs").get(0).path("data").path("image/png").asString();
    return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(png)));
  }

  private static JsonNode metadata(JsonNode cell) {
    return cell.path("outputs").get(0).path("metadata").path("image/png");
  }

  @Test
  void theFileIsWrittenAsJupyterWritesIt() throws IOException {
    Path file = notebook("1 + 1");
    run(file).write();
    String once = Files.readString(file);
    assertEquals(
        """
        {
         "cells": [
          {
           "cell_type": "markdown",
           "id": "m",
           "metadata": {},
           "source": [
            "# α\\n",
            "b"
           ]
          },
          {
           "cell_type": "code",
           "execution_count": 1,
           "id": "c",
           "metadata": {},
           "outputs": [
            {
             "data": {
              "text/plain": [
               "2"
              ]
             },
             "execution_count": 1,
             "metadata": {},
             "output_type": "execute_result"
            }
           ],
           "source": "1 + 1"
          }
         ],
         "metadata": {
          "kernelspec": {
           "display_name": "Java",
           "language": "java",
           "name": "java"
          },
          "own": {}
         },
         "nbformat": 4,
         "nbformat_minor": 5
        }
        """,
        once);
    run(file).write();
    assertEquals(once, Files.readString(file), "a second run changed the file");
  }

  @Test
  void aFailureNamesItsPlace() throws IOException {
    assertEquals(
        "code cell 2, line 3: cannot find symbol, symbol: variable y",
        failure("int x = 1;", "int z =\n  x;\n  z + y"));
    assertEquals(
        "code cell 1, line 4: IllegalStateException: no more of it",
        failure(
            "int a = 1;\n// a comment\n\nthrow new IllegalStateException(\"no more\\nof it\");"));
    assertEquals(
        "code cell 2, line 3: ArithmeticException: / by zero",
        failure("int f(int n) {\n  return 1 / n;\n}", "int a = 0;\n\nf(a);\nf(1);"));
    assertEquals(
        "code cell 1, line 3: ArithmeticException: / by zero",
        failure("int f(int n) {\n\n  return 1 / n;\n}\nf(0)"));
    assertEquals(
        "code cell 1, line 2: the code from here on never ends", failure("int a = 1;\nint f( {"));
    assertEquals(
        "code cell 1, line 2: cannot find method g()", failure("\nint f() { return g(); }"));
  }

  @Test
  void aMethodMayUseOneFurtherDown() throws IOException {
    JsonNode cells = executed("int f() { return g(); }\nint g() { return 7; }\nf()");
    assertEquals("7", text(cells.get(1).path("outputs").get(0).path("data").path("text/plain")));
  }

  @Test
  void cellsOfAnotherNotebookAreForgotten() throws IOException {
    executed("int secret = 3;");
    assertTrue(failure("secret").contains("cannot find symbol"));
  }

  @Test
  void aCheckComparesKindsAndWritesNothing() throws IOException {
    Path file = notebook("System.nanoTime()", "System.out.println(\"x\")");
    String never =
        String.valueOf(assertThrows(NotebookException.class, () -> run(file).check()).getMessage());
    assertTrue(
        never.contains("code cell 1: the file has no run at all, a run now gives text/plain"),
        never);
    run(file).write();
    String kept = Files.readString(file);
    NotebookRun.Outcome outcome = run(file).check();
    assertEquals(new NotebookRun.Outcome(2, 2), outcome);
    assertEquals(kept, Files.readString(file));
    Files.writeString(file, kept.replace("System.out", "System.err"));
    String other =
        String.valueOf(assertThrows(NotebookException.class, () -> run(file).check()).getMessage());
    assertEquals(
        file
            + ": code cell 2: the file has stdout, a run now gives stderr; run gnomon notebook "
            + file
            + " and look at what changed",
        other);
  }

  @Test
  void whatIsNoNotebookOfJavaIsRefused() throws IOException {
    Path file = folder.resolve("n.ipynb");
    assertEquals(file + ": cannot be read: no such file or folder; check the path", refusal(file));
    Files.writeString(file, "{\"nbformat\": 3}");
    assertEquals(
        file
            + ": expected a notebook of nbformat 4.5, found something else; save it again in a"
            + " present Jupyter",
        refusal(file));
    Files.writeString(file, Files.readString(notebook("1")).replace("\"java\"}", "\"python3\"}"));
    assertEquals(
        file
            + ": metadata.kernelspec.name: expected java, found python3; only notebooks of Java are"
            + " run here",
        refusal(file));
    Files.writeString(
        notebook("1"), Files.readString(notebook("1")).replace("\"cell_type\": \"code\",", ""));
    assertEquals(
        file + ": cells[1]: expected an object with cell_type and source, found none; mend it",
        refusal(file));
  }

  private String refusal(Path file) {
    return String.valueOf(assertThrows(InputException.class, () -> run(file).write()).getMessage());
  }
}
