package io.gnomon.bench;

import org.jspecify.annotations.Nullable;

/**
 * A cell and how it stands.
 *
 * @param difference of a cell that was run or begun under other circumstances, in what they differ;
 *     what was only begun is then of no use, and begun anew
 * @param seconds what it will take, where a cell of another seed tells; absent otherwise
 */
public record PlannedCell(
    Cell cell, Status status, @Nullable String difference, @Nullable Double seconds) {
  /** How a cell stands. */
  public enum Status {
    /** Finished, under these very circumstances. */
    FINISHED("finished"),
    /** Failed; it is tried again. */
    FAILED("failed"),
    /** Run under other circumstances. */
    DIFFERS("differs"),
    /** Begun; it goes on. */
    BEGUN("begun"),
    /** Not yet begun. */
    TO_DO("to do");

    private final String title;

    Status(String title) {
      this.title = title;
    }

    /** In a word or two. */
    public String title() {
      return title;
    }
  }
}
