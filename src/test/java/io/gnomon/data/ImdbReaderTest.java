package io.gnomon.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.Shared;
import io.gnomon.config.DataConfig;
import io.gnomon.config.DataConfig.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImdbReaderTest {
  private static final Map<String, String> FILES =
      new TreeMap<>(
          Map.of(
              "test/pos/10_9.txt", "Good.",
              "test/pos/2_8.txt", "Fine.<br /><br />Truly.",
              "test/neg/0_1.txt", "Bad.",
              "test/urls_pos.txt", "http://example.org",
              "train/pos/0_9.txt", "Great.",
              "train/unsup/0_0.txt", "Who knows."));

  @TempDir Path folder;

  @Test
  void theArchiveIsReadByClassAndFileNumber() throws IOException {
    LabelledSet set = read(archive(), Split.TEST);
    assertEquals(
        List.of(
            new LabelledText("Bad.", List.of("negative")),
            new LabelledText("Fine. Truly.", List.of("positive")),
            new LabelledText("Good.", List.of("positive"))),
        set.rows());
    assertEquals(List.of("negative", "positive"), set.classes());
    assertEquals("imdb.tar.gz!aclImdb/test/neg/0_1.txt", set.where(0));
  }

  @Test
  void theFolderGivesTheSameRows() throws IOException {
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      Path path = folder.resolve("aclImdb").resolve(file.getKey());
      Files.createDirectories(path.resolveSibling(""));
      Files.writeString(path, file.getValue());
    }
    List<LabelledText> rows = read(archive(), Split.TEST).rows();
    assertEquals(rows, read(folder.resolve("aclImdb"), Split.TEST).rows());
    assertEquals(rows, read(folder, Split.TEST).rows());
  }

  @Test
  void unlabelledReviewsAreNotRead() throws IOException {
    assertEquals(1, read(archive(), Split.TRAIN).size());
  }

  @Test
  void aTruncatedArchiveIsRefused() throws IOException {
    Path archive = archive();
    byte[] bytes = Files.readAllBytes(archive);
    Files.write(archive, Arrays.copyOf(bytes, bytes.length / 2));
    String message = Throwing.message(() -> read(archive, Split.TEST));
    assertTrue(message.startsWith(archive + ": expected a complete .tar.gz archive, "), message);
    assertTrue(message.contains("curl "), message);
  }

  @Test
  void aFileThatIsNoArchiveIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("imdb.tar.gz"), "<html>not found</html>");
    String message = Throwing.message(() -> read(file, Split.TEST));
    assertTrue(message.contains("expected a complete .tar.gz archive"), message);
  }

  @Test
  void aFolderWithoutReviewsIsRefused() {
    String message = Throwing.message(() -> read(folder, Split.TEST));
    assertTrue(message.startsWith(folder + ": holds no test/neg/*.txt or test/pos/*.txt"), message);
  }

  @Test
  void thereIsNoDevSplit() {
    assertEquals(
        "IMDB has no official dev split: use split: train or split: test",
        Throwing.message(() -> read(folder, Split.DEV)));
  }

  @Test
  void aMissingSetSaysWhereItIsHadFromOnWhatTermsAndWhatToType() {
    String message = Throwing.message(() -> read(Path.of("data/no_such.tar.gz"), Split.TEST));
    assertTrue(message.startsWith("IMDB not found at data/no_such.tar.gz (looked in "), message);
    assertTrue(message.contains("https://ai.stanford.edu/~amaas/data/sentiment/"), message);
    assertTrue(message.contains("none stated; research use, cite Maas et al. 2011"), message);
    assertTrue(
        message.endsWith(
            "by typing: curl -fL --create-dirs -o data/no_such.tar.gz"
                + " https://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz"),
        message);
  }

  @Test
  void theOfficialArchiveHoldsHalfOfEachClass() {
    Path archive = Shared.require("data/aclImdb_v1.tar.gz");
    for (Split split : List.of(Split.TRAIN, Split.TEST)) {
      LabelledSet set = read(archive, split);
      int[] classes = set.classIndices(List.of("Positive", "Negative"));
      assertEquals(25_000, classes.length);
      assertEquals(12_500, Arrays.stream(classes).sum());
      assertTrue(set.rows().stream().noneMatch(row -> row.text().contains("<br")));
    }
  }

  private static LabelledSet read(Path path, Split split) {
    return LabelledSets.read(new DataConfig.Imdb(path.toString(), split));
  }

  private Path archive() throws IOException {
    Path archive = folder.resolve("imdb.tar.gz");
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(
            new GzipCompressorOutputStream(Files.newOutputStream(archive)))) {
      for (Map.Entry<String, String> file : FILES.entrySet()) {
        byte[] bytes = file.getValue().getBytes(UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry("aclImdb/" + file.getKey());
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
      }
    }
    return archive;
  }
}
