package io.gnomon.report;

import io.gnomon.trace.Measure;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What the page's script draws and compares, as one object of JSON. */
final class PageData {
  /** Rows of a trace that a curve shows; of a longer one every n-th, and the last. */
  static final int POINTS = 400;

  /** More digits than a screen can show. */
  private static final MathContext DIGITS = new MathContext(6);

  private static final List<Measure> DRAWN =
      List.of(
          Measure.ALPHA,
          Measure.ALPHA_FLOOR,
          Measure.ALPHA_TEXT,
          Measure.ALPHA_TEXT_FLOOR,
          Measure.NORM_H,
          Measure.NORM_G,
          Measure.C,
          Measure.C_STAR,
          Measure.AGREEMENT_NOISE,
          Measure.AGREEMENT_NOISE_FLOOR,
          Measure.AGREEMENT_TEXT,
          Measure.AGREEMENT_TEXT_FLOOR);

  private PageData() {}

  /**
   * The JSON, fit to stand in a script element.
   *
   * @param confusions see {@link Confusions}
   * @param pairs see {@link PagePairs}
   */
  static String of(
      List<PageRun> runs, List<Map<String, Object>> confusions, List<Map<String, Object>> pairs) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("runs", runs.stream().map(PageRun::name).toList());
    data.put("settings", columns(runs, run -> run.run().settings()));
    data.put("figures", columns(runs, PageData::figures));
    data.put("facts", columns(runs, PageRun::facts));
    data.put("series", RunSeries.of(runs).stream().map(it -> series(it, runs)).toList());
    data.put("confusions", confusions);
    data.put("pairs", pairs);
    // '<' could end the script that holds it.
    return JsonMapper.shared().writeValueAsString(data).replace("<", "\\u003c");
  }

  private static Map<String, String> figures(PageRun run) {
    Map<String, String> text = new TreeMap<>();
    run.figures()
        .forEach(
            (key, value) ->
                text.put(FigureText.isShare(key) ? key + ", %" : key, FigureText.of(key, value)));
    return text;
  }

  /** Key → its different values, and which of them each run has: −1 where it has none. */
  private static Map<String, Object> columns(
      List<PageRun> runs, Function<PageRun, Map<String, String>> of) {
    List<Map<String, String>> all = runs.stream().map(of).toList();
    TreeSet<String> keys = new TreeSet<>();
    all.forEach(one -> keys.addAll(one.keySet()));
    Map<String, Object> columns = new LinkedHashMap<>();
    for (String key : keys) {
      List<String> values = new ArrayList<>();
      List<Integer> at = new ArrayList<>();
      for (Map<String, String> one : all) {
        at.add(place(values, one.get(key)));
      }
      columns.put(key, Map.of("values", values, "at", at));
    }
    return columns;
  }

  private static int place(List<String> values, @Nullable String value) {
    if (value == null) {
      return -1;
    }
    if (!values.contains(value)) {
      values.add(value);
    }
    return values.indexOf(value);
  }

  private static Map<String, Object> series(RunSeries series, List<PageRun> runs) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("scope", series.scope());
    object.put("label", series.label());
    object.put("runs", series.members().stream().map(runs::indexOf).toList());
    Map<String, Object> curves = new LinkedHashMap<>();
    for (Measure measure : DRAWN) {
      Curve curve = series.curve(measure);
      if (!curve.isEmpty()) {
        curves.put(measure.key(), points(thinned(curve.points()), series.members().size() > 1));
      }
    }
    object.put("curves", curves);
    return object;
  }

  /** The first, the last, and evenly between them. */
  static <T> List<T> thinned(List<T> points) {
    if (points.size() <= POINTS) {
      return points;
    }
    List<T> kept = new ArrayList<>();
    for (int i = 0; i < POINTS; i++) {
      kept.add(points.get((int) ((long) i * (points.size() - 1) / (POINTS - 1))));
    }
    return kept;
  }

  private static Map<String, Object> points(List<Curve.Point> points, boolean band) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("steps", points.stream().map(Curve.Point::step).toList());
    object.put("mean", points.stream().map(it -> rounded(it.mean())).toList());
    if (band) {
      object.put("half", points.stream().map(it -> rounded(it.half())).toList());
    }
    return object;
  }

  static double rounded(double value) {
    return new BigDecimal(value).round(DIGITS).doubleValue();
  }
}
