package io.gnomon.label;

import io.gnomon.config.CalibrationConfig;
import io.gnomon.config.TaskConfig;
import io.gnomon.serve.bulk.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A labeller before a fake server, set up bit by bit. */
final class Labelling implements LabelListener {
  private final Path folder;
  private final String with;
  private LabelList list = moods();
  private Secret secret = Secret.NONE;
  private int parallel = 3;
  private int retries = 2;
  private Duration timeout = Duration.ofSeconds(20);
  private boolean resumed;
  private int stopAfter = Integer.MAX_VALUE;
  private int done;
  private final List<String> notes = new ArrayList<>();
  private Tally tally = new Tally();

  private Labelling(Path folder, String with) {
    this.folder = folder;
    this.with = with;
  }

  static Labelling of(Path folder, String with) {
    return new Labelling(folder, with);
  }

  /** One of three, each with words. */
  static LabelList moods() {
    Map<String, List<String>> moods = new LinkedHashMap<>();
    moods.put("glad", List.of("happy", "merry"));
    moods.put("sad", List.of("sad"));
    moods.put("Mixed Up", List.of("both"));
    return new LabelList(moods, false, 1, 1);
  }

  /** Two or three of five. */
  static LabelList topics() {
    Map<String, List<String>> topics = new LinkedHashMap<>();
    for (String topic : List.of("art", "food", "health", "music", "sports")) {
      topics.put(topic, List.of(topic));
    }
    return new LabelList(topics, true, 2, 3);
  }

  static TaskConfig task(LabelList list) {
    return new TaskConfig(
        "t",
        list.several() ? TaskConfig.Type.MULTI_LABEL : TaskConfig.Type.SINGLE_LABEL,
        new TaskConfig.PromptConfig("What is it?", list.several() ? " {label}?" : ""),
        list.meanings(),
        null,
        TaskConfig.Score.MAX,
        new CalibrationConfig.None(),
        1,
        null);
  }

  Labelling list(LabelList other) {
    list = other;
    return this;
  }

  Labelling secret(String key) {
    secret = Secret.of(key);
    return this;
  }

  Labelling parallel(int questions) {
    parallel = questions;
    return this;
  }

  Labelling retries(int often) {
    retries = often;
    return this;
  }

  Labelling timeout(Duration longest) {
    timeout = longest;
    return this;
  }

  Labelling resumed() {
    resumed = true;
    return this;
  }

  Labelling stopAfter(int texts) {
    stopAfter = texts;
    return this;
  }

  Tally tally() {
    return tally;
  }

  Path answers() {
    return AnswerStore.beside(folder.resolve("out.jsonl"));
  }

  List<Reply> label(String... texts) {
    tally = new Tally();
    Source.Remote source = (Source.Remote) Source.of(with);
    @Nullable Double cold = 0.0;
    ServerSettings settings =
        new ServerSettings(
            secret, cold, timeout, parallel, new Backoff(retries, Duration.ofMillis(5)), 2);
    Map<String, String> asked = RemoteAsker.asked(source, list, "What is it?", settings);
    try (AnswerStore store = AnswerStore.open(answers(), asked, resumed);
        RemoteAsker asker =
            new RemoteAsker(source, list, "What is it?", settings, store, this, tally)) {
      return new KeptLabeller(list, source.name(), store, asker, this, tally).label(List.of(texts));
    }
  }

  @Override
  public synchronized void done() {
    done++;
  }

  @Override
  public void waiting(Duration wait, String cause) {
    throw new AssertionError("waits " + wait + ": " + cause);
  }

  @Override
  public synchronized void note(String line) {
    notes.add(line);
  }

  synchronized List<String> notes() {
    return List.copyOf(notes);
  }

  @Override
  public String goesOn() {
    return "the same command with --resume";
  }

  @Override
  public synchronized boolean stop() {
    return done >= stopAfter;
  }
}
