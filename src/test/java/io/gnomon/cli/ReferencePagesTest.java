package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.config.ReferenceWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The reference pages are those that the code writes. */
class ReferencePagesTest {
  private static final Path PAGES =
      Path.of(System.getProperty("gnomon.home", "."), "docs", "reference");

  private static void same(String page, String written) throws IOException {
    Path file = PAGES.resolve(page);
    if (Boolean.getBoolean("gnomon.regenerate")) {
      Files.writeString(file, written);
    }
    String hint = file + " is out of date: run this test with -Dgnomon.regenerate=true";
    assertEquals(written, Files.readString(file), hint);
  }

  @Test
  void everyKeyIsOnItsPage() throws IOException {
    same("configuration.md", ReferenceWriter.write());
  }

  @Test
  void everyCommandIsOnItsPage() throws IOException {
    String page = CommandReference.write();
    for (CommandLine command :
        Main.commandLine(new GnomonCommand(), Console.system()).getSubcommands().values()) {
      String name = command.getCommandName();
      assertTrue(name.equals("help") || page.contains("### gnomon " + name + "\n"), name);
    }
    same("commands.md", page);
  }
}
