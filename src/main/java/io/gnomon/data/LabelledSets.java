package io.gnomon.data;

import io.gnomon.config.DataConfig;
import io.gnomon.config.InputException;

/**
 * The one door by which labelled text enters.
 *
 * <p>Sets are read whole into memory, in an order that depends on the files alone.
 */
public final class LabelledSets {
  private LabelledSets() {}

  /**
   * Reads a set.
   *
   * @throws InputException in one line: a missing set (where it is had from, its licence, what to
   *     type), a missing part or column, a bad row (file and line), an empty file
   */
  public static LabelledSet read(DataConfig config) {
    if (config instanceof DataConfig.Imdb imdb) {
      return ImdbReader.read(imdb);
    } else if (config instanceof DataConfig.AgNews news) {
      return AgNewsReader.read(news);
    } else if (config instanceof DataConfig.GoEmotions emotions) {
      return GoEmotionsReader.read(emotions);
    }
    return TableReader.read((DataConfig.Table) config);
  }

  /** The part's name as the official files spell it; a set that has no such part is refused. */
  static String officialSplit(DataConfig.Split split, boolean hasDev, KnownSet set) {
    return switch (split) {
      case TRAIN -> "train";
      case TEST -> "test";
      case DEV -> {
        if (!hasDev) {
          throw new InputException(
              set.title() + " has no official dev split: use split: train or split: test");
        }
        yield "dev";
      }
    };
  }
}
