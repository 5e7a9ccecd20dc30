package io.gnomon.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.Messages;
import io.gnomon.TinyTeacher;
import io.gnomon.serve.LabelFile;
import io.gnomon.teacher.TokenBatch;
import io.gnomon.teacher.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gate lets through, on answers made up: P(yes) by the number of a text's tokens. */
class GateTest {
  private static final LabelFile LABELS =
      new LabelFile("t", false, List.of("yes", "no"), Map.of(), 99, "fp32");

  @TempDir Path folder;
  private Tokenizer tokenizer;

  @BeforeEach
  void open() {
    tokenizer = Tokenizer.open(TinyTeacher.write(folder));
  }

  @AfterEach
  void close() {
    tokenizer.close();
  }

  @Test
  void equalAnswersPass() {
    GateReport report = gate(ExportPrecision.FP32, list(3), p(0.9), p(0.9));
    assertEquals(2, report.parts().size());
    assertEquals(0, report.parts().get(0).difference());
    assertEquals(1, report.parts().get(1).agreement());
    assertEquals("none", report.missing());
  }

  @Test
  void aProbabilityTooFarAwayFails() {
    assertEquals(
        "the list, each alone: text 2 \"aa\": expected probabilities within 1.0E-4 of the student's,"
            + " found one 0.00015 away; nothing is left of this export",
        Messages.of(
            GateException.class,
            () ->
                gate(
                    ExportPrecision.FP32, list(3), p(0.9), length -> length == 2 ? 0.90015 : 0.9)));
    gate(ExportPrecision.FP16, list(3), p(0.9), p(0.90015));
    Messages.of(GateException.class, () -> gate(ExportPrecision.FP16, list(3), p(0.9), p(0.906)));
  }

  @Test
  void aNumberThatIsNoneFailsWhateverThePrecision() {
    for (ExportPrecision precision : ExportPrecision.values()) {
      String message =
          Messages.of(GateException.class, () -> gate(precision, list(2), p(0.9), p(Double.NaN)));
      assertTrue(message.contains("found one NaN away"), message);
    }
  }

  @Test
  void anotherLabelFailsUnlessTheStudentIsUndecided() {
    GateReport report = gate(ExportPrecision.FP16, list(1), p(0.501), p(0.499));
    assertEquals(1, report.parts().get(0).undecided());
    assertEquals(0, report.parts().get(0).agreement());
    assertEquals(
        "the list, each alone: text 1 \"a\": expected [yes] as the student has it, found [no];"
            + " nothing is left of this export",
        Messages.of(
            GateException.class, () -> gate(ExportPrecision.INT8, list(1), p(0.56), p(0.49))));
  }

  @Test
  void eightBitsMayChangeOneLabelInAHundred() {
    GateTexts texts = task(200, true);
    GateReport report =
        gate(ExportPrecision.INT8, texts, p(0.9), length -> length <= 2 ? 0.4 : 0.9, true);
    assertEquals(0.99, report.parts().get(2).agreement(), 1e-12);
    assertEquals(0.995, report.accuracy().orElseThrow().student(), 1e-12);
    assertEquals(0.995, report.accuracy().orElseThrow().exported(), 1e-12);
  }

  /** Three of 200 texts change. */
  @Test
  void moreThanOneInAHundredFails() {
    String message =
        Messages.of(
            GateException.class,
            () ->
                gate(
                    ExportPrecision.INT8,
                    task(200, false),
                    p(0.9),
                    length -> length <= 3 ? 0.4 : 0.9,
                    true));
    assertEquals(
        "the task's texts: expected the student's labels on at least 99% of 200, found 98.50%, first"
            + " text 1 \"a\"; nothing is left of this export; take --precision fp16",
        message);
  }

  /** Two of 200 texts change, and were right. */
  @Test
  void halfAPointOfAccuracyIsTheMost() {
    assertEquals(
        "the task's texts: expected at most 0.5 points of accuracy lost, found 99.00% where the"
            + " student has 100.00%; nothing is left of this export",
        Messages.of(
            GateException.class,
            () ->
                gate(
                    ExportPrecision.INT8,
                    task(200, false),
                    p(0.9),
                    length -> length <= 2 ? 0.4 : 0.9,
                    true)));
  }

  @Test
  void labelsOfTheirOwnAreJudgedByTheirThresholds() {
    LabelFile file = new LabelFile("t", true, List.of("a", "b"), Map.of("b", 0.2), 9, "fp32");
    LabelDecisions decisions = new LabelDecisions(file);
    double[] p = {0.45, 0.25};
    assertEquals(List.of("b"), decisions.names(decisions.of(p)));
    double[] both = {0.55, 0.15};
    assertEquals(2, decisions.each());
    assertEquals(0, decisions.changed(p, p));
    assertEquals(2, decisions.changed(p, both));
    assertEquals(2, decisions.undecided(p, both, 0.06));
    assertEquals(0, decisions.undecided(p, both, 0.04));
  }

  private GateReport gate(
      ExportPrecision precision,
      GateTexts texts,
      ToDoubleFunction<Integer> student,
      ToDoubleFunction<Integer> exported) {
    return gate(precision, texts, student, exported, false);
  }

  /**
   * @param taskAlone whether the list is answered alike, whatever its lengths
   */
  private GateReport gate(
      ExportPrecision precision,
      GateTexts texts,
      ToDoubleFunction<Integer> student,
      ToDoubleFunction<Integer> exported,
      boolean taskAlone) {
    int[] asked = {0};
    int ofList = 2 * texts.list().size();
    Answering fake =
        new Fake(
            length ->
                taskAlone && asked[0]++ < ofList
                    ? student.applyAsDouble(length)
                    : exported.applyAsDouble(length));
    return new Gate(new Fake(student), new LabelDecisions(LABELS), precision, 999)
        .check(texts, tokenizer, Optional.empty(), fake, Optional.empty());
  }

  private static ToDoubleFunction<Integer> p(double value) {
    return length -> value;
  }

  /** Texts of one token, of two, and so on. */
  private static List<String> texts(int count) {
    return IntStream.rangeClosed(1, count).mapToObj("a"::repeat).toList();
  }

  private static GateTexts list(int count) {
    return new GateTexts(texts(count), List.of(), new boolean[0][], "none");
  }

  /**
   * @param half whether of the first two texts, one is a "no"
   */
  private static GateTexts task(int count, boolean half) {
    List<boolean[]> gold = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      gold.add(new boolean[] {true, false});
    }
    if (half) {
      gold.set(0, new boolean[] {false, true});
    }
    return new GateTexts(texts(1), texts(count), gold.toArray(new boolean[0][]), "");
  }

  /** P(yes) by the number of tokens. */
  private record Fake(ToDoubleFunction<Integer> yes) implements Answering {
    @Override
    public double[][] answer(TokenBatch batch) {
      return IntStream.of(batch.lengths())
          .mapToObj(
              length -> {
                double p = yes.applyAsDouble(length);
                return new double[] {p, 1 - p};
              })
          .toArray(double[][]::new);
    }

    @Override
    public void close() {}
  }
}
