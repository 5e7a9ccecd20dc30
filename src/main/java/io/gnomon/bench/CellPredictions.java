package io.gnomon.bench;

import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.FileProblem;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code predictions.txt}: what a cell answered to each test text, and whether that was right. */
public sealed interface CellPredictions permits ClassPredictions, LabelPredictions {
  /** K names; nothing else can have been answered. */
  List<String> classes();

  /** (N) whether the answer is the gold one; of several labels, whether all are and no other. */
  boolean[] right();

  /** Whether the other answers are to texts with the same gold labels in the same order. */
  boolean sameGold(CellPredictions other);

  /** Writes the file. */
  void write(Path file);

  /**
   * Reads the file of either kind.
   *
   * @throws InputException when it is missing or not as {@link #write} left it
   */
  static CellPredictions read(Path file) {
    Packed packed = Packed.read(file);
    return switch (packed.title()) {
      case ClassPredictions.TITLE -> ClassPredictions.unpack(packed);
      case LabelPredictions.TITLE -> LabelPredictions.unpack(packed);
      default -> throw packed.damaged();
    };
  }

  /**
   * The file's form: a line each says what it is, the classes and the number of texts; the rest is
   * base64.
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
  record Packed(Path file, String title, List<String> classes, int texts, byte[] bytes) {
    private static final int LINE = 120;

    void write() {
      StringBuilder text = new StringBuilder(title).append('\n');
      text.append("classes ").append(String.join("\t", classes)).append('\n');
      text.append("texts ").append(texts).append('\n');
      String packed = Base64.getEncoder().encodeToString(bytes);
      for (int at = 0; at < packed.length(); at += LINE) {
        text.append(packed, at, Math.min(packed.length(), at + LINE)).append('\n');
      }
      AtomicFiles.writeString(file, text.toString());
    }

    static Packed read(Path file) {
      try {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() < 4
            || !lines.get(1).startsWith("classes ")
            || !lines.get(2).matches("texts [0-9]{1,9}")) {
          throw damaged(file, null);
        }
        return new Packed(
            file,
            lines.get(0),
            List.of(lines.get(1).substring("classes ".length()).split("\t", -1)),
            Integer.parseInt(lines.get(2).substring("texts ".length())),
            Base64.getDecoder().decode(String.join("", lines.subList(3, lines.size()))));
      } catch (IOException e) {
        throw FileProblem.reading(file, e);
      } catch (IllegalArgumentException e) {
        throw damaged(file, e);
      }
    }

    /** The bits, of which there are to be so many a text. */
    BitRow bits(long each) {
      if (bytes.length != (each * texts + 7) / 8) {
        throw damaged();
      }
      return new BitRow(bytes);
    }

    InputException damaged() {
      return damaged(file, null);
    }

    private static InputException damaged(Path file, @Nullable Throwable e) {
      String line =
          file
              + ": expected predictions as gnomon bench writes them, found something else; delete"
              + " the cell's folder to run it again";
      return e == null ? new InputException(line) : new InputException(line, e);
    }
  }
}
