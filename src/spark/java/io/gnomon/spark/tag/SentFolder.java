package io.gnomon.spark.tag;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A folder's files on their way to the executors, which need no file system in common for it.
 * Broadcast in pieces: an array of Java's holds 2 GB at most.
 *
 * @param digest of names and contents
 * @param pieces of all files, in order
 */
record SentFolder(String digest, List<Piece> pieces) implements Serializable {
  private static final int BYTES = 1 << 25;

  /** A piece of the file of that name, behind those before it. */
  record Piece(String file, Broadcast<byte[]> bytes) implements Serializable {}

  /** Sends a folder. */
  static SentFolder send(JavaSparkContext spark, Path folder) {
    MessageDigest digest = sha256();
    List<Piece> pieces = new ArrayList<>();
    try {
      for (Path file : files(folder)) {
        String name = file.getFileName().toString();
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        try (InputStream in = Files.newInputStream(file)) {
          for (byte[] next = in.readNBytes(BYTES); next.length > 0; next = in.readNBytes(BYTES)) {
            digest.update(next);
            pieces.add(new Piece(name, spark.broadcast(next)));
          }
        }
      }
    } catch (IOException e) {
      throw FileTrouble.reading(folder.toString(), e);
    }
    return new SentFolder(HexFormat.of().formatHex(digest.digest()), List.copyOf(pieces));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Writes it to a temporary folder of this machine, gone with the process. */
  Path unpack() {
    try {
      Path folder = Files.createTempDirectory("gnomon-model");
      folder.toFile().deleteOnExit();
      for (Piece piece : pieces) {
        Path file = folder.resolve(piece.file());
        file.toFile().deleteOnExit();
        try (OutputStream out =
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
          out.write(piece.bytes().value());
        }
      }
      return folder;
    } catch (IOException e) {
      throw FileTrouble.writing("the executor's temporary folder", e);
    }
  }

  /** What tells it from another, without the files. */
  SentFolder withoutFiles() {
    return new SentFolder(digest, List.of());
  }

  /** Frees what the executors hold of it as files. */
  void forget() {
    pieces.forEach(piece -> piece.bytes().destroy());
  }
}
