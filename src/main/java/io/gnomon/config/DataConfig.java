package io.gnomon.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A labelled text set. Relative paths are looked for in the working directory, then in GNOMON_DATA.
 */
public sealed interface DataConfig
    permits DataConfig.Imdb, DataConfig.AgNews, DataConfig.GoEmotions, DataConfig.Table {
  /** Which part of the set. */
  enum Split {
    TRAIN,
    DEV,
    TEST
  }

  /** The part of the set that is read. */
  Split split();

  /** Another part of the same set; empty for a table that names none. */
  default Optional<DataConfig> part(Split other) {
    if (this instanceof Imdb it) {
      return Optional.of(new Imdb(it.path(), other));
    } else if (this instanceof AgNews it) {
      return Optional.of(new AgNews(it.path(), other));
    } else if (this instanceof GoEmotions it) {
      return Optional.of(new GoEmotions(it.path(), other, it.grouping()));
    }
    return ((Table) this).at(other);
  }

  /** The file, folder or archive. */
  String path();

  /** Whether the two read texts of one part of one set, however they label them. */
  default boolean sameTexts(DataConfig other) {
    boolean table = this instanceof Table;
    return getClass() == other.getClass()
        && path().equals(other.path())
        && (table || split() == other.split());
  }

  /** The Large Movie Review Dataset: its archive aclImdb_v1.tar.gz, or the folder in it. */
  @Kind(value = "imdb", description = "Large Movie Review Dataset, official archive or folder")
  record Imdb(
      @Key(value = "archive or folder", byDefault = "data/aclImdb_v1.tar.gz") String path,
      @Key(value = "part of the set", byDefault = "test") Split split)
      implements DataConfig {}

  /** AG News in its official CSV form. */
  @Kind(value = "ag-news", description = "AG News, official CSV files")
  record AgNews(
      @Key(value = "folder with train.csv and test.csv", byDefault = "data/ag_news_csv")
          String path,
      @Key(value = "part of the set", byDefault = "test") Split split)
      implements DataConfig {}

  /** GoEmotions in its official TSV form. */
  @Kind(value = "goemotions", description = "GoEmotions, official TSV files")
  record GoEmotions(
      @Key(value = "folder with original/{train,dev,test}.tsv", byDefault = "data/goemotions")
          String path,
      @Key(value = "part of the set", byDefault = "test") Split split,
      @Key(value = "how the 28 labels are grouped", byDefault = "binary") Grouping grouping)
      implements DataConfig {
    /** The same set's development part. */
    public GoEmotions dev() {
      return new GoEmotions(path, Split.DEV, grouping);
    }

    /** Groupings of the 28 labels. */
    public enum Grouping {
      /** All 28 labels, several a text. */
      ALL,
      /** Ekman's six and neutral. */
      EKMAN,
      /** Positive, negative, ambiguous and neutral. */
      SENTIMENT,
      /** Positive or negative; neutral, ambiguous and mixed rows are dropped. */
      BINARY
    }
  }

  /** Any table with a text column and a label column. */
  @Kind(value = "table", description = "any CSV, TSV, JSONL or Parquet file")
  record Table(
      @Key("the file, or embedded:NAME for one that ships with Gnomon") String path,
      @Key(value = "part of the set the file is; for the record only", byDefault = "test")
          Split split,
      @Key(value = "column of the text", byDefault = "text") String text,
      @Key(value = "column of the label", byDefault = "label") String label,
      @Key("format, when the file's ending does not tell") @Nullable Format format,
      @Key(value = "licence of the set, for the record", byDefault = "unknown") String licence,
      @Key("the table with the texts to train on, where there is one; laid out the same")
          @Nullable String train,
      @Key("the table to choose settings on; a part of train when absent") @Nullable String dev)
      implements DataConfig {
    /** A table by itself. */
    public Table(
        String path,
        Split split,
        String text,
        String label,
        @Nullable Format format,
        String licence) {
      this(path, split, text, label, format, licence, null, null);
    }

    private Optional<DataConfig> at(Split other) {
      String file =
          switch (other) {
            case TRAIN -> train;
            case DEV -> dev;
            case TEST -> train == null && dev == null ? null : path;
          };
      return Optional.ofNullable(file)
          .map(found -> new Table(found, other, text, label, format, licence));
    }

    /** File formats. */
    public enum Format {
      CSV,
      TSV,
      JSONL,
      PARQUET
    }
  }
}
