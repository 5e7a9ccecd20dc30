package io.gnomon.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.config.InputException;
import io.gnomon.trace.Measure;
import io.gnomon.trace.TraceFile;
import io.gnomon.trace.TraceRow;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportTest {
  @TempDir Path folder;

  @Test
  void drawsOneRunAsPngAndSvg() throws IOException {
    Path out = folder.resolve("out/angle");
    Files.createDirectories(out.getParent());
    AnglePlot.write(List.of(run("a", "imdb", "tokens", 1, true)), out);
    BufferedImage png = ImageIO.read(Path.of(out + ".png").toFile());
    assertEquals(1440, png.getWidth());
    assertTrue(coloured(png, 0x0072B2) > 500, "the curve is drawn in the first colour");
    String svg = Files.readString(Path.of(out + ".svg"));
    for (String name :
        List.of("imdb", "α on noise", "floor α₀ on noise", "α on text", "‖g‖, c*", "degrees")) {
      assertTrue(svg.contains(">" + name), name);
    }
    try (var files = Files.list(out.getParent())) {
      assertEquals(2, files.count(), "no temporary file stays");
    }
  }

  @Test
  void overlaysRunsUnderTheNamesOfWhatDiffers() throws IOException {
    Path out = folder.resolve("three");
    AnglePlot.write(
        List.of(
            run("a", "imdb", "tokens", 1, true),
            run("b", "imdb", "uniform", 1, false),
            run("c", "imdb", "gaussian", 1, false)),
        out);
    String svg = Files.readString(Path.of(out + ".svg"));
    for (String name : List.of("tokens", "uniform", "gaussian")) {
      assertTrue(svg.contains("sampler: " + name), name);
    }
    BufferedImage png = ImageIO.read(Path.of(out + ".png").toFile());
    for (int colour : new int[] {0x0072B2, 0xD55E00, 0x009E73}) {
      assertTrue(coloured(png, colour) > 200);
    }
  }

  @Test
  void seedsOfOneConfigurationAreOneCurveWithABand() throws IOException {
    Path out = folder.resolve("seeds");
    List<Path> runs = new java.util.ArrayList<>();
    for (int seed = 1; seed <= 5; seed++) {
      runs.add(run("s" + seed, "imdb", "tokens", seed, true));
    }
    AnglePlot.write(runs, out);
    String svg = Files.readString(Path.of(out + ".svg"));
    assertTrue(svg.contains("imdb (5 seeds)"));
    assertTrue(svg.contains("95% interval of the mean"));
    assertFalse(svg.contains("1 seed"));
    runs.add(run("u", "imdb", "uniform", 1, true));
    AnglePlot.write("suite, task", runs, out);
    String beside = Files.readString(Path.of(out + ".svg"));
    for (String said :
        List.of("sampler: tokens (5 seeds)", "sampler: uniform (1 seed)", "suite, task")) {
      assertTrue(beside.contains(said), said);
    }
  }

  @Test
  void bandOfThreeSeedsByHand() {
    RunGroup group =
        new RunGroup("g", List.of(alphas(1, 0.2), alphas(2, 0.4), alphas(4, 0.5, 0.9)));
    List<Curve.Point> points = Curve.of(group, Measure.ALPHA).points();
    // The third run's second row has no fellow: it is left out.
    assertEquals(1, points.size());
    assertEquals(7.0 / 3, points.get(0).mean(), 1e-12);
    // sd of 1, 2, 4 is √(7/3); t(0.975, 2) = 4.30265; half = t·sd/√3
    assertEquals(4.3026527 * Math.sqrt(7.0 / 3) / Math.sqrt(3), points.get(0).half(), 1e-6);
    assertTrue(Curve.of(group, Measure.ALPHA_TEXT).isEmpty());
  }

  private static Run alphas(double first, double... others) {
    List<TraceRow> rows = new java.util.ArrayList<>();
    rows.add(TraceRow.at(0).put(Measure.ALPHA, first).build());
    for (int i = 1; i < others.length; i++) {
      rows.add(TraceRow.at(10).put(Measure.ALPHA, others[i]).build());
    }
    return new Run(Path.of("r"), Map.of(), rows);
  }

  @Test
  void quantilesOfStudentsT() {
    assertEquals(12.7062047, StudentT.quantile975(1), 1e-7);
    assertEquals(2.2009852, StudentT.quantile975(11), 2e-5);
    assertEquals(2.0422725, StudentT.quantile975(30), 1e-5);
    assertEquals(1.9839715, StudentT.quantile975(100), 1e-6);
  }

  @Test
  void theSameRunsGiveTheSameBytes() throws IOException {
    List<Path> runs = List.of(run("a", "imdb", "tokens", 1, true));
    AnglePlot.write(runs, folder.resolve("one"));
    AnglePlot.write(runs, folder.resolve("two"));
    for (String extension : List.of(".png", ".svg")) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("one" + extension)),
          Files.readAllBytes(folder.resolve("two" + extension)));
    }
  }

  @Test
  void whatCannotBeDrawnIsSaidInOneLine() throws IOException {
    Path one = Files.createDirectories(folder.resolve("short"));
    Files.writeString(one.resolve("config.yaml"), "name: x\nseed: 1\n");
    new TraceFile(one.resolve("trace.jsonl")).append(TraceRow.at(0).build());
    refuses(List.of(one), "a curve needs at least 2 rows, found 1");
    refuses(List.of(), "expected at least one run folder");
    refuses(List.of(folder.resolve("nowhere")), "no such trace");
    Path bare = run("bare", "x", "tokens", 1, false);
    Files.writeString(bare.resolve("config.yaml"), "a: [1\n");
    refuses(List.of(bare), "config.yaml: not YAML");
    Files.delete(bare.resolve("config.yaml"));
    refuses(List.of(bare), "config.yaml: cannot be read");
  }

  private void refuses(List<Path> runs, String expected) {
    Path out = folder.resolve("refused");
    String message =
        String.valueOf(
            assertThrows(InputException.class, () -> AnglePlot.write(runs, out)).getMessage());
    assertTrue(message.contains(expected), message);
    assertFalse(message.contains("\n"), message);
    assertFalse(Files.exists(Path.of(out + ".png")));
  }

  @Test
  void tableByHand() {
    TraceRow first =
        TraceRow.at(0)
            .put(Measure.ALPHA, 0.5)
            .put(Measure.C, 0.5)
            .put(Measure.NORM_G, 0.8)
            .put(Measure.AGREEMENT_NOISE, 0.25)
            .build();
    TraceRow last =
        TraceRow.at(300)
            .put(Measure.ALPHA, 0.1)
            .put(Measure.ALPHA_FLOOR, 0.2)
            .put(Measure.C, 0.98765)
            .put(Measure.NORM_G, 0.8)
            .put(Measure.AGREEMENT_NOISE, 0.9375)
            .build();
    String expected =
        """
        steps                     300
        α on noise                0.5000 rad (28.6°) → 0.1000 rad (5.7°)
          floor α₀ (a constant)   0.2000 rad (11.5°)
        c                         0.5000 → 0.9877
        ‖g‖                       0.8000
        agreement on noise        25.0% → 93.8%
        teacher accuracy          78.0%
        student accuracy          76.0% (95% interval 74.0% to 78.1%)
        """;
    Map<String, Object> metrics =
        Map.of(
            "teacher_accuracy",
            0.78,
            "student_accuracy",
            Map.of("value", 0.76, "low", 0.74, "high", 0.781));
    assertEquals(expected, RunTable.of(List.of(first, last), metrics));
  }

  private static int coloured(BufferedImage image, int colour) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += (image.getRGB(x, y) & 0xFFFFFF) == colour ? 1 : 0;
      }
    }
    return count;
  }

  /** A run folder with a trace as a projection leaves it. */
  private Path run(String id, String name, String sampler, int seed, boolean text)
      throws IOException {
    Path run = Files.createDirectories(folder.resolve("results/" + name + "/" + id));
    Files.writeString(
        run.resolve("config.yaml"),
        "name: %s\nseed: %d\nsampler:\n  kind: %s\n".formatted(name, seed, sampler));
    TraceFile trace = new TraceFile(run.resolve("trace.jsonl"));
    Files.deleteIfExists(run.resolve("trace.jsonl"));
    SplittableRandom random = new SplittableRandom(31L * sampler.length() + seed);
    double end = 0.05 + 0.01 * sampler.length();
    for (int row = 0; row <= 25; row++) {
      trace.append(row(200 * row, Math.exp(-row / 5.0), end, random, text));
    }
    return run;
  }

  private static TraceRow row(
      int step, double rest, double end, SplittableRandom random, boolean text) {
    double noise = 0.02 * random.nextGaussian() * (0.3 + rest);
    TraceRow.Builder builder =
        TraceRow.at(step)
            .put(Measure.ALPHA, end + 0.4 * rest + noise)
            .put(Measure.ALPHA_FLOOR, end + 0.25)
            .put(Measure.NORM_G, 0.81)
            .put(Measure.NORM_H, 0.8 - 0.1 * rest + noise)
            .put(Measure.C, 1 - 0.5 * rest + noise)
            .put(Measure.C_STAR, 1 + 0.08 * rest + noise);
    if (text) {
      builder
          .put(Measure.ALPHA_TEXT, 2 * end + 0.35 * rest - noise)
          .put(Measure.ALPHA_TEXT_FLOOR, 0.52);
    }
    return builder.build();
  }
}
