package io.gnomon.spark.tag;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gnomon.serve.bulk.Place;
import io.gnomon.serve.bulk.RowFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who tags which rows; a block has 4,096. */
class PlanTest {
  private static final InputFile LINES = new InputFile("a", "file:/a", 30, RowFormat.JSONL);
  private static final InputFile TABLE = new InputFile("b", "file:/b", 30, RowFormat.PARQUET);

  private static SliceCount count(InputFile file, int number, long rows, long lines) {
    return new SliceCount(file.slices(10).get(number), rows, lines, 0, null);
  }

  /** A block is the task's in whose slice it begins; a slice in which none does has no task. */
  @Test
  void blocksAreWhole() {
    Plan plan =
        Plan.of(
            List.of(
                count(LINES, 0, 5000, 5003),
                count(LINES, 1, 3000, 3000),
                count(LINES, 2, 500, 501),
                count(TABLE, 0, 4096, 0)));
    FileSlice first = LINES.slices(10).get(0);
    FileSlice last = LINES.slices(10).get(2);
    assertEquals(
        List.of(
            new Portion(first, 0, 0, 0, 8192),
            new Portion(last, 8000, 8003, 8192, 8500),
            new Portion(TABLE.slices(10).get(0), 0, 0, 0, 4096)),
        plan.portions());
    assertEquals(8500 + 4096, plan.rows());
    assertEquals(List.of(), plan.rejected());
  }

  @Test
  void aLargeRowGroupIsSharedByRows() {
    long share = Plan.BLOCKS * 4096;
    Plan plan = Plan.of(List.of(count(TABLE, 0, 2 * share + 1, 0), count(TABLE, 1, 0, 0)));
    FileSlice slice = TABLE.slices(10).get(0);
    assertEquals(
        List.of(
            new Portion(slice, 0, 0, 0, share),
            new Portion(slice, 0, 0, share, 2 * share),
            new Portion(slice, 0, 0, 2 * share, 2 * share + 1)),
        plan.portions());
  }

  @Test
  void aBadRowHasItsPlaceInTheFile() {
    SliceCount spoilt =
        new SliceCount(LINES.slices(10).get(1), 7, 11, 2, new SliceCount.First(3, 5, "is no row"));
    Plan plan = Plan.of(List.of(count(LINES, 0, 13, 17), spoilt));
    assertEquals(new Place("a", 16, 22), plan.rejected().get(0).place());
    assertEquals(2, plan.bad());
    assertEquals(List.of(new Portion(spoilt.slice(), 13, 17, 13, 20)), plan.spoilt());
  }
}
