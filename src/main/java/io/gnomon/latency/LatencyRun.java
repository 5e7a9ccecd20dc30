package io.gnomon.latency;

import ai.djl.Device;
import io.gnomon.config.ApproachConfig.Classical.Features;
import io.gnomon.config.DataConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.config.TeacherConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.data.LabelledSets;
import io.gnomon.data.LabelledText;
import io.gnomon.experiment.TeacherSetup;
import io.gnomon.provenance.Probe;
import io.gnomon.tensor.Devices;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Exports, a classical learner and the teacher on the texts of one task. */
public final class LatencyRun {
  /** Tokens that a teacher reads where no export says. */
  private static final int LONGEST = 128;

  private LatencyRun() {}

  /**
   * What is timed.
   *
   * @param task whose set gives the texts
   * @param exports folders that {@code gnomon export} wrote
   * @param tfidf whether TF-IDF of words and logistic regression, learned from the train part of
   *     the task's set, is among them
   * @param teacher timed last, as what the others are compared with; null for none, and then the
   *     last of the others is
   * @param single texts answered one at a time
   * @param bulk texts answered together
   * @param threads of each
   * @param rounds counted
   */
  public record Request(
      TaskConfig task,
      List<Path> exports,
      boolean tfidf,
      @Nullable TeacherConfig teacher,
      int single,
      int bulk,
      int threads,
      int rounds) {}

  /**
   * Times them.
   *
   * @param progress hears a line now and then
   * @throws InputException when a folder, the set or the teacher cannot be used
   */
  public static LatencyReport of(Request request, Consumer<String> progress) {
    LabelledSet read = LabelledSets.read(request.task().requireData());
    LabelledSet set = request.task().multiLabel() ? read : read.withOneLabel();
    LabelledSet test = set.limit(Math.max(request.single(), request.bulk()));
    List<String> texts = test.rows().stream().map(LabelledText::text).toList();
    List<String> single = first(texts, request.single());
    List<String> bulk = first(texts, request.bulk());
    TeacherSetup.threads(request.threads());
    List<Contestant> all = new ArrayList<>();
    try {
      join(all, request, progress);
      int @Nullable [] gold = request.task().multiLabel() ? null : gold(request, test, bulk.size());
      List<LatencyReport.Row> rows =
          new Race(all, single, bulk, request.rounds(), Stopwatch.WARM_UP)
              .run(gold, round -> progress.accept(place(round, request.rounds())));
      return new LatencyReport(
          Probe.provenance(Device.cpu()), setting(request, single, bulk), rows);
    } finally {
      all.forEach(Contestant::close);
    }
  }

  private static String place(int round, int rounds) {
    return round == 0 ? "warming up" : "round " + round + " of " + rounds;
  }

  private static LatencyReport.Setting setting(
      Request request, List<String> single, List<String> bulk) {
    return new LatencyReport.Setting(
        request.task().name(),
        single.size(),
        bulk.size(),
        bulk.stream().mapToInt(String::length).average().orElse(0),
        request.threads(),
        request.rounds());
  }

  private static List<String> first(List<String> texts, int n) {
    return texts.subList(0, Math.min(n, texts.size()));
  }

  private static int[] gold(Request request, LabelledSet test, int n) {
    List<String> classes = List.copyOf(request.task().classes().keySet());
    return Arrays.copyOf(test.classIndices(classes), n);
  }

  /** Each is added as soon as it is there, so that what is added is closed. */
  private static void join(List<Contestant> all, Request request, Consumer<String> progress) {
    TaskConfig task = request.task();
    if (request.tfidf()) {
      progress.accept("learning from the training texts of " + task.name());
      add(
          all,
          () ->
              Classic.fit("TF-IDF + logistic regression", Features.TFIDF_WORD, task, train(task)));
    }
    for (Path folder : request.exports()) {
      add(all, () -> Exported.open(folder, task, request.threads()));
    }
    TeacherConfig teacher = request.teacher();
    if (teacher != null) {
      int longest = longest(all);
      add(all, () -> HeldTeacher.load(teacher, task, Devices.of("cpu"), longest));
    }
  }

  /** What the exports read of a text, so that the teacher reads no more. */
  private static int longest(List<Contestant> all) {
    return all.stream()
        .filter(Exported.class::isInstance)
        .mapToInt(one -> ((Exported) one).tagger().maxLength())
        .min()
        .orElse(LONGEST);
  }

  private static void add(List<Contestant> all, Supplier<Contestant> open) {
    all.add(open.get());
  }

  private static LabelledSet train(TaskConfig task) {
    DataConfig data =
        task.requireData()
            .part(DataConfig.Split.TRAIN)
            .orElseThrow(
                () ->
                    new InputException(
                        "--tfidf: expected a task whose set has a train part, found a single file in"
                            + " task "
                            + task.name()
                            + "; leave --tfidf out"));
    LabelledSet train = LabelledSets.read(data);
    return task.multiLabel() ? train : train.withOneLabel();
  }
}
