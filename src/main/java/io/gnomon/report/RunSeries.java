package io.gnomon.report;

import io.gnomon.trace.Measure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs of one experiment that the page draws as one curve: they differ in the seed alone, and no
 * two have the same one, for a run and its repetition are no sample of two.
 *
 * @param scope see {@link PageRun#scope}
 * @param members a seed each
 */
record RunSeries(String scope, List<PageRun> members) {
  /** The series of the runs that have curves, in order of first appearance. */
  static List<RunSeries> of(List<PageRun> runs) {
    Map<List<Object>, RunSeries> series = new LinkedHashMap<>();
    for (PageRun run : runs) {
      if (run.drawn()) {
        int again = 0;
        while (!series
            .computeIfAbsent(key(run, again), key -> new RunSeries(run.scope(), new ArrayList<>()))
            .take(run)) {
          again++;
        }
      }
    }
    return List.copyOf(series.values());
  }

  /** Threads and device do not part seeds: they move last digits alone. */
  private static List<Object> key(PageRun run, int again) {
    Map<String, String> settings = new TreeMap<>(run.run().settingsButSeed());
    settings.keySet().removeIf(key -> key.startsWith("runtime.") || key.equals("trace.to"));
    return List.of(run.scope(), run.kind(), settings, again);
  }

  /** False where the seed is there already. */
  private boolean take(PageRun run) {
    String seed = run.setting("seed");
    return members.stream().noneMatch(other -> other.setting("seed").equals(seed))
        && members.add(run);
  }

  /** What the legend calls it: behind the scope, which stands above all of them. */
  String label() {
    String name = members.get(0).name();
    String own = name.substring(Math.min(name.length(), scope.length() + 1));
    if (members.size() > 1) {
      own = own.replaceFirst("/?seed-[0-9]+$", "");
    }
    String label = own.isEmpty() ? scope : own;
    return members.size() == 1 ? label : label + " (" + members.size() + " seeds)";
  }

  /** The mean of a measure, with its interval. */
  Curve curve(Measure measure) {
    return Curve.of(new RunGroup(label(), members.stream().map(PageRun::run).toList()), measure);
  }
}
