package io.gnomon.cli;

import ai.djl.Device;
import io.gnomon.config.TaskConfig;
import io.gnomon.config.TeacherConfig;
import io.gnomon.experiment.MemoryPlan;
import io.gnomon.experiment.TeacherSetup;
import io.gnomon.label.AnswerStore;
import io.gnomon.label.Asker;
import io.gnomon.label.LabelList;
import io.gnomon.label.LabelListener;
import io.gnomon.label.RemoteAsker;
import io.gnomon.label.ServerSettings;
import io.gnomon.label.Source;
import io.gnomon.label.Tally;
import io.gnomon.label.TeacherAsker;
import io.gnomon.teacher.LanguageModel;
import io.gnomon.teacher.Teacher;
import io.gnomon.tensor.Devices;
import io.gnomon.tensor.Precision;
import java.nio.file.Path;
import java.util.Map;

/**
 * A language model that gives labels, behind HTTP or in this process, with what is kept of its
 * answers.
 *
 * @param choices what it is told of the labels
 * @param server how it is asked, behind HTTP
 * @param device in this process: auto, cpu or cuda:N
 * @param threads in this process; 0 for all cores
 */
record LabelSource(
    Source source,
    TaskConfig task,
    LabelList list,
    LabelChoices choices,
    ServerOptions server,
    LabelListener listener,
    String device,
    int threads) {
  /** Of a post, as the memory of a teacher is planned. */
  private static final int POST_TOKENS = 512;

  /** What is done while it can be asked. */
  interface Use {
    /**
     * Does it.
     *
     * @param asked all that decides an answer beside the text, in words
     * @return an {@link ExitCode}
     */
    int run(Map<String, String> asked, AnswerStore store, Asker asker, Tally tally);
  }

  /**
   * Opens it, and the answers that are kept.
   *
   * @param answers their file
   * @param goesOn whether answers without labels count as asked
   */
  int open(Path answers, boolean goesOn, Use use) {
    return source instanceof Source.Remote remote
        ? remote(remote, answers, goesOn, use)
        : teacher((Source.InProcess) source, answers, goesOn, use);
  }

  private int remote(Source.Remote remote, Path answers, boolean goesOn, Use use) {
    ServerSettings settings = server.settings(remote);
    String instruction = choices.instruction(task);
    Map<String, String> asked = RemoteAsker.asked(remote, list, instruction, settings);
    Tally tally = new Tally();
    try (AnswerStore store = AnswerStore.open(answers, asked, goesOn);
        Asker asker =
            new RemoteAsker(remote, list, instruction, settings, store, listener, tally)) {
      return use.run(asked, store, asker, tally);
    }
  }

  private int teacher(Source.InProcess here, Path answers, boolean goesOn, Use use) {
    choices.refuseBesideTeacher(task);
    TeacherConfig config = TeacherArgument.read(here.path(), "--with");
    TeacherSetup.threads(threads);
    Device on = Devices.of(device);
    Precision precision = Devices.precision(config.precision(), on);
    MemoryPlan plan = MemoryPlan.of(config, on, POST_TOKENS);
    plan.require("a teacher", "take a lower precision or a smaller teacher");
    try (LanguageModel model = LanguageModel.load(config.path(), precision, on)) {
      Map<String, String> asked =
          TeacherAsker.asked(model, PrecisionRule.key(precision), task, list, here.name());
      Teacher teacher = Teacher.of(model, task, plan.forward());
      Tally tally = new Tally();
      try (AnswerStore store = AnswerStore.open(answers, asked, goesOn);
          Asker asker = new TeacherAsker(teacher, list, here.name(), store, listener, tally)) {
        return use.run(asked, store, asker, tally);
      }
    }
  }
}
