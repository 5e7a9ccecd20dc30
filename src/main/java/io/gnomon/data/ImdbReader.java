package io.gnomon.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gnomon.config.DataConfig;
import io.gnomon.config.InputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * The Large Movie Review Dataset (Maas et al. 2011): 25,000 reviews a split, half of each class.
 *
 * <p>Reads the official archive as a stream, without unpacking it, or the folder it unpacks to.
 * Rows come by class (negative, then positive) and by file number, whatever the order of the
 * archive or the file system. Each run of {@code <br />} becomes one space.
 */
final class ImdbReader {
  static final List<String> CLASSES = List.of("negative", "positive");

  private static final Pattern REVIEW = Pattern.compile("(neg|pos)/(\\d+)_\\d+\\.txt$");
  private static final Pattern BREAKS = Pattern.compile("\\s*(?:<br\\s*/?>\\s*)+");

  private record Review(String folder, int number, Row row) {}

  private ImdbReader() {}

  static LabelledSet read(DataConfig.Imdb config) {
    String split = LabelledSets.officialSplit(config.split(), false, KnownSet.IMDB);
    Path path =
        DataPaths.find(config.path())
            .orElseThrow(() -> Problems.missing(KnownSet.IMDB, config.path(), config.path()));
    List<Review> reviews =
        Files.isDirectory(path) ? fromFolder(path, split) : fromArchive(path, split);
    if (reviews.isEmpty()) {
      throw new InputException(
          path
              + ": holds no "
              + split
              + "/neg/*.txt or "
              + split
              + "/pos/*.txt: expected the"
              + " official aclImdb_v1.tar.gz or its folder aclImdb; "
              + KnownSet.IMDB.howToGet(config.path()));
    }
    reviews.sort(Comparator.comparing(Review::folder).thenComparingInt(Review::number));
    return LabelledSet.ofRows(
        KnownSet.IMDB.info("IMDB " + split), CLASSES, reviews.stream().map(Review::row).toList());
  }

  private static List<Review> fromArchive(Path archive, String split) {
    List<Review> reviews = new ArrayList<>();
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
        TarArchiveInputStream tar =
            new TarArchiveInputStream(
                new BufferedInputStream(new GzipCompressorInputStream(file), 1 << 16))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.getName().contains("/" + split + "/")) {
          add(reviews, archive.getFileName() + "!" + entry.getName(), entry.getName(), tar);
        }
      }
    } catch (IOException e) {
      throw Problems.damaged(
          archive, "a complete .tar.gz archive", e, KnownSet.IMDB.howToGet(archive.toString()));
    }
    return reviews;
  }

  private static List<Review> fromFolder(Path folder, String split) {
    Path inner = folder.resolve("aclImdb").resolve(split);
    Path root = Files.isDirectory(inner) ? inner : folder.resolve(split);
    List<Review> reviews = new ArrayList<>();
    for (String label : List.of("neg", "pos")) {
      if (Files.isDirectory(root.resolve(label))) {
        addFolder(reviews, root.resolve(label), label);
      }
    }
    return reviews;
  }

  private static void addFolder(List<Review> reviews, Path folder, String label) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.txt")) {
      for (Path file : files) {
        try (InputStream in = Files.newInputStream(file)) {
          add(reviews, file.toString(), label + "/" + file.getFileName(), in);
        }
      }
    } catch (IOException e) {
      throw Problems.unreadable(folder, e);
    }
  }

  private static void add(List<Review> reviews, String where, String name, InputStream in)
      throws IOException {
    Matcher matcher = REVIEW.matcher(name);
    if (!matcher.find()) {
      return; // folders, url lists, bags of words and the unlabelled reviews
    }
    String text = clean(new String(in.readAllBytes(), UTF_8));
    if (text.isEmpty()) {
      throw Problems.emptyText(where);
    }
    String label = matcher.group(1).equals("neg") ? "negative" : "positive";
    reviews.add(
        new Review(
            matcher.group(1),
            Integer.parseInt(matcher.group(2)),
            new Row(where, new LabelledText(text, List.of(label)))));
  }

  static String clean(String text) {
    return BREAKS.matcher(text).replaceAll(" ").strip();
  }
}
