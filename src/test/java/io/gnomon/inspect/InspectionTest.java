package io.gnomon.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.config.ConfigLoader;
import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.data.TableRow;
import io.gnomon.inspect.Agreement.Confused;
import io.gnomon.inspect.SetSummary.Together;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class InspectionTest {
  private static final String LONG = "the quick brown fox jumps over the lazy dog by the river";

  /** Rows as "text|label,label|probability,…". */
  private static List<TableRow> rows(String... lines) {
    return IntStream.range(0, lines.length).mapToObj(i -> row(i + 1, lines[i])).toList();
  }

  private static TableRow row(int number, String line) {
    String[] parts = line.split("\\|", -1);
    List<Double> probabilities =
        parts.length < 3 ? List.of() : Stream.of(parts[2].split(",")).map(Double::valueOf).toList();
    List<String> labels = parts[1].isEmpty() ? List.of() : List.of(parts[1].split(","));
    return new TableRow("f:" + number, number, parts[0], labels, probabilities, null, Map.of());
  }

  private static Inspection inspection(
      List<TableRow> set, @Nullable List<TableRow> test, @Nullable List<TableRow> other) {
    LabelNames names =
        LabelNames.of(
            null, List.of(set, test == null ? List.of() : test, other == null ? List.of() : other));
    return new Inspection(
        new LabelSet("set", names, set, false),
        test == null ? null : new LabelSet("test", names, test, false),
        other == null ? null : new LabelSet("other", names, other, false));
  }

  private static Findings findings(
      List<TableRow> set, @Nullable List<TableRow> test, @Nullable List<TableRow> other) {
    return inspection(set, test, other).findings(new Settings(0.8, 5, true, 0.6, 0));
  }

  @Test
  void countsWhatASetHolds() {
    SetSummary set =
        findings(rows("one two|a,b", "|a", "x|", "one  two|b", "four|a,b,c"), null, null).set();
    assertEquals(List.of(3, 3, 1), set.labels().stream().map(SetSummary.Count::rows).toList());
    assertEquals(Map.of(0, 1, 1, 2, 2, 1, 3, 1), set.labelsPerText());
    assertEquals(List.of(2), set.empty());
    assertEquals(List.of(3), set.unlabelled());
    assertEquals(new Together("a", "b", 2, 2 / (3 * 3 / 5.0)), set.together().get(0));
    assertEquals(new SetSummary.Lengths(0, 1, 2, 2), set.words());
    assertEquals(
        List.of(
            new SetSummary.Duplicate(
                "one two", List.of(1, 4), List.of(List.of("a", "b"), List.of("b")), true)),
        set.duplicates());
  }

  @Test
  void findsTextsOfTheTestSet() {
    Findings found =
        findings(
            rows("other|a", LONG + "|a", "Same Text|a", "same text|b"),
            rows("same  text|a", LONG + "s|a"),
            null);
    assertNotNull(found.near());
    assertNotNull(found.near().across());
    assertNotNull(found.near().within());
    assertEquals(
        List.of(List.of(3, 4), List.of(2)),
        found.near().across().stream().map(NearDuplicates.Near::rows).toList());
    assertEquals(List.of(1), found.near().across().get(0).others());
    assertTrue(found.near().across().get(0).conflict());
    assertEquals(1, found.near().within().size());
    assertEquals(List.of(4), found.near().within().get(0).others());
    assertEquals(List.of(3, 4, 2), found.attention().stream().map(Attention.Row::row).toList());
    assertEquals(
        "1.00 like row 4, which says b", found.attention().get(0).reasons().get(0).detail());
    assertEquals(Reason.Kind.LEAKED, found.attention().get(2).reasons().get(0).kind());
  }

  /**
   * Of four texts three alike; a and b each chance: p_e = (3·2 + 1·2)/16 = 1/2, κ = (3/4 −
   * 1/2)/(1/2).
   */
  @Test
  void measuresAgreementOfOneLabelByHand() {
    Agreement found =
        findings(
                rows("1|a", "2|a", "3|a", "4|b", "5|a"),
                null,
                rows("4|b", "3|b", "2|a", "1|a", "9|a"))
            .agreement();
    assertNotNull(found);
    assertEquals(4, found.rows());
    assertEquals(1, found.onlyFirst());
    assertEquals(1, found.onlySecond());
    assertEquals(0.75, found.same().value());
    assertNotNull(found.kappa());
    assertEquals(0.5, found.kappa().value(), 1e-12);
    assertNotNull(found.alpha());
    // Eight values, five of them a: 1 − 7·2 / (2·5·3).
    assertEquals(1 - 14 / 30.0, found.alpha().value(), 1e-12);
    assertNotNull(found.labels().get(0).alpha());
    assertEquals(found.alpha().value(), found.labels().get(0).alpha().value(), 1e-12);
    assertEquals(
        List.of(new Confused("a", "a", 2), new Confused("a", "b", 1), new Confused("b", "b", 1)),
        found.confusion());
    Double low = found.same().low();
    assertNotNull(low);
    assertTrue(low < 0.75 && low >= 0);
  }

  @Test
  void measuresAgreementOfSeveralLabels() {
    Findings all =
        findings(rows("1|a,b", "2|b", "3|c", "4|a"), null, rows("1|a", "2|b", "3|a", "4|a"));
    Agreement found = all.agreement();
    assertNotNull(found);
    assertTrue(found.several());
    assertEquals(0.5, found.same().value());
    assertEquals(
        new Confused("c", "a", 1),
        found.confusion().stream()
            .filter(cell -> !cell.first().equals(cell.second()))
            .findFirst()
            .orElseThrow());
    // a: both 2, second alone 1, neither 1; b: both 1, first alone 1, neither 2; c: never by both.
    assertEquals(
        List.of("a 2 0 1 1", "b 1 1 0 2", "c 0 1 0 3"),
        found.labels().stream()
            .map(
                label ->
                    "%s %d %d %d %d"
                        .formatted(
                            label.label(),
                            label.both(),
                            label.first(),
                            label.second(),
                            label.neither()))
            .toList());
    assertNotNull(found.kappa());
    assertEquals((0.5 + 0.5 + 0) / 3, found.kappa().value(), 1e-12);
    assertEquals(3, all.attention().get(0).row());
    assertEquals(3, all.attention().get(0).points(), 1e-12);
    assertEquals(List.of("a"), all.attention().get(0).other());
  }

  @Test
  void ranksWhatIsUnsureAndRare() {
    Findings found =
        inspection(rows("1|a|0.9", "2|a|0.5", "3|b|0.55", "4|a|0.2", "5|a|0.95"), null, null)
            .findings(new Settings(0.8, 5, false, 0.6, 2));
    assertEquals(List.of(3, 4, 2), found.attention().stream().map(Attention.Row::row).toList());
    assertEquals(
        List.of("1 of 5 rows have b", "b with probability 0.55"),
        found.attention().get(0).reasons().stream().map(Reason::detail).toList());
    assertNull(found.near());
  }

  /** One stray row does not make it a set of several labels: the task says what a text may have. */
  @Test
  void aTaskOfOneLabelTellsOfRowsWithMore() {
    TaskConfig task = ConfigLoader.part("tasks/imdb", "task", TaskConfig.class, List.of()).config();
    List<TableRow> rows = rows("1|Positive", "2|positive,negative", "3|negative", "4|odd", "5|Odd");
    LabelNames names = LabelNames.of(task, List.of(rows));
    assertEquals(List.of("positive", "negative", "odd"), names.names());
    LabelSet set = new LabelSet("set", names, rows, task.multiLabel());
    assertFalse(set.several());
    Findings found = new Inspection(set, null, set).findings(new Settings(0.8, 5, false, 0.6, 0));
    assertEquals(List.of(2, 4, 5), found.attention().stream().map(Attention.Row::row).toList());
    Reason reason = found.attention().get(0).reasons().get(0);
    assertEquals(Reason.Kind.TOO_MANY, reason.kind());
    assertEquals("2 labels, the task allows one", reason.detail());
    assertNotNull(found.agreement());
    assertFalse(found.agreement().several());
    LabelSet free = new LabelSet("set", LabelNames.of(null, List.of(rows)), rows, false);
    assertTrue(free.several());
  }

  /** Once a row, not once a pair of rows: 30,000 of one text are told of at once. */
  @Test
  @Timeout(20)
  void manyRowsOfOneTextAreToldOfAtOnce() {
    String[] lines =
        IntStream.range(0, 30_000)
            .mapToObj(i -> i % 3 == 0 ? "same|a" : "same|b")
            .toArray(String[]::new);
    List<Attention.Row> found =
        inspection(rows(lines), null, null)
            .findings(new Settings(0.8, 5, false, 0.6, 0))
            .attention();
    assertEquals(30_000, found.size());
    assertEquals("row 2 says b", found.get(0).reasons().get(0).detail());
    assertEquals("row 1 says a", found.get(1).reasons().get(0).detail());
    assertEquals("row 2 says b", found.get(3).reasons().get(0).detail());
  }

  @Test
  void comparesSharesOfOneAndOfSeveralLabels() {
    List<TableRow> train = rows("1|a", "2|a", "3|b", "4|b");
    List<TableRow> test = rows("5|a", "6|a", "7|a", "8|b");
    Shares one = findings(train, test, null).shares();
    assertNotNull(one);
    assertEquals(0.25, one.labels().get(0).difference().value());
    assertEquals("Fisher's exact", one.labels().get(0).test());
    assertNotNull(one.whole());
    assertEquals(1, one.whole().degrees());
    // Cells of 2, 2, 3, 1 about 2.5 and 1.5: 2·0.25/2.5 + 2·0.25/1.5.
    assertEquals(0.5 / 2.5 + 0.5 / 1.5, one.whole().chiSquare(), 1e-12);
    Shares several = findings(train, rows("5|a,b", "6|a"), null).shares();
    assertNotNull(several);
    assertNull(several.whole());
  }

  @Test
  void refusesAnotherLabellerOfOtherTexts() {
    InputException refused =
        assertThrows(
            InputException.class, () -> findings(rows("1|a", "2|b"), null, rows("3|a", "4|b")));
    assertEquals(
        "--against other: expected texts of set, found none of them; give another labelling of the"
            + " same texts, or name their column with --text",
        refused.getMessage());
  }

  @Test
  void theSameRowsGiveTheSameFindings() {
    List<TableRow> set = rows("1|a", "2|a", "3|b", "4|b", LONG + "|a");
    List<TableRow> other = rows("1|a", "2|b", "3|b", "4|b", LONG + "|b");
    assertEquals(findings(set, other, other), findings(set, other, other));
  }
}
