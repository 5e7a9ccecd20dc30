package io.gnomon.label;

import io.gnomon.checkpoint.Sha256;
import io.gnomon.config.ConfigWriter;
import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.evaluation.TokenizedSet;
import io.gnomon.serve.bulk.Refusal;
import io.gnomon.serve.bulk.Reply;
import io.gnomon.teacher.LanguageModel;
import io.gnomon.teacher.Teacher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** Asks the teacher in this process; of a text that is too long it reads the beginning. */
public final class TeacherAsker implements Asker {
  /** Texts asked about between two looks at whether to stop. */
  private static final int ROWS = 64;

  private static final double EVEN = 0.5;

  private final Teacher teacher;
  private final LabelList list;
  private final String by;
  private final AnswerStore store;
  private final LabelListener listener;
  private final Tally tally;

  /**
   * Makes ready to ask.
   *
   * @param teacher at the task's prompt, closed with this; its model belongs to the caller
   * @param by the source, as rows name it
   */
  public TeacherAsker(
      Teacher teacher,
      LabelList list,
      String by,
      AnswerStore store,
      LabelListener listener,
      Tally tally) {
    this.teacher = teacher;
    this.list = list;
    this.by = by;
    this.store = store;
    this.listener = listener;
    this.tally = tally;
  }

  /** All that decides an answer beside the text, in words. */
  public static Map<String, String> asked(
      LanguageModel model, String precision, TaskConfig task, LabelList list, String by) {
    TaskConfig question =
        new TaskConfig(
            task.name(),
            task.type(),
            task.prompt(),
            task.classes(),
            task.answers(),
            task.score(),
            task.calibration(),
            task.temperature(),
            null);
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put("source", by);
    asked.put("weights", Sha256.ofFolder(model.folder()));
    asked.put("precision", precision);
    asked.put("labels", String.join(", ", list.labels()));
    asked.put("count", list.count());
    asked.put("question", ConfigWriter.writeWithoutDefaults(question));
    return asked;
  }

  @Override
  public Map<String, Reply> ask(List<String> texts) {
    Map<String, Reply> replies = new LinkedHashMap<>();
    List<String> readable = new ArrayList<>();
    for (String text : texts) {
      if (teacher.model().tokenizer().encode(text).length == 0) {
        replies.put(text, new Refusal("expected a text, found none that makes a token"));
        listener.done();
      } else {
        readable.add(text);
      }
    }
    for (int first = 0; first < readable.size(); first += ROWS) {
      if (listener.stop()) {
        throw new CancellationException("stopped");
      }
      batch(readable.subList(first, Math.min(readable.size(), first + ROWS)), replies);
    }
    return replies;
  }

  private void batch(List<String> texts, Map<String, Reply> replies) {
    long start = System.nanoTime();
    double[][] g =
        TokenizedSet.unlabelled(
                texts, i -> "text " + (i + 1), teacher.model().tokenizer(), teacher.maxInput())
            .answers(teacher);
    double seconds = (System.nanoTime() - start) / 1e9 / texts.size();
    for (int i = 0; i < g.length; i++) {
      KeptAnswer kept = kept(AnswerStore.key(texts.get(i)), probabilities(g[i]), seconds);
      store.keep(kept);
      tally.countAnswer(kept.raw());
      tally.countLabelled();
      replies.put(texts.get(i), KeptLabeller.answer(kept, by));
      listener.done();
    }
  }

  private KeptAnswer kept(String key, Map<String, Double> probabilities, double seconds) {
    String raw = JsonMapper.shared().writeValueAsString(probabilities);
    return new KeptAnswer(
        key,
        1,
        new RawAnswer(raw, null, 0, 0, seconds),
        chosen(probabilities),
        probabilities,
        null);
  }

  private Map<String, Double> probabilities(double[] g) {
    Map<String, Double> probabilities = new LinkedHashMap<>();
    for (int k = 0; k < g.length; k++) {
      if (!Double.isFinite(g[k])) {
        throw new InputException(
            "%s: expected finite probabilities, found %s; take a teacher file with precision fp32,"
                    .formatted(by, g[k])
                + " then another copy of the weights");
      }
      probabilities.put(teacher.classes().get(k), g[k]);
    }
    return probabilities;
  }

  /** Those more likely than not, but no fewer and no more than asked for; the likeliest first. */
  private List<String> chosen(Map<String, Double> probabilities) {
    List<Map.Entry<String, Double>> order =
        probabilities.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.<Double>reverseOrder()))
            .toList();
    long likely = order.stream().filter(label -> label.getValue() >= EVEN).count();
    int count = (int) Math.max(list.least(), Math.min(list.most(), likely));
    return IntStream.range(0, count).mapToObj(i -> order.get(i).getKey()).toList();
  }

  @Override
  public boolean graded() {
    return true;
  }

  @Override
  public void close() {
    teacher.close();
  }
}
