package io.gnomon.objective;

import io.gnomon.config.InputException;
import io.gnomon.config.ObjectiveConfig;
import io.gnomon.config.TaskConfig;
import java.util.List;

/** Objectives from their configuration. */
public final class Objectives {
  private Objectives() {}

  /** The objective of {@code config} on the classes of a task, of which a text may have several. */
  public static Objective of(ObjectiveConfig config, TaskConfig task) {
    Objective objective = of(config, List.copyOf(task.classes().keySet()));
    return task.multiLabel() ? new PerLabel(objective) : objective;
  }

  /**
   * The objective of {@code config}, on classes of which a text has one.
   *
   * @param classes names of the task's classes, in the order of the columns of g and h
   * @throws InputException when the component names none of {@code classes}
   */
  public static Objective of(ObjectiveConfig config, List<String> classes) {
    Component component = Component.of(config.component(), classes);
    Objective objective =
        switch (config.divergence()) {
          case KL -> new Kl(component);
          case GENERALIZED_KL -> new GeneralizedKl(component);
          case L2 -> new L2(component);
          case REVERSE_KL -> new ReverseKl(component);
          case JS -> new JensenShannon(component);
          case MSE -> new LogitMse(component);
        };
    double reward = config.coefficient().reward();
    Objective rewarded = reward == 0 ? objective : new Rewarded(objective, reward);
    return config.coefficient().closedForm() ? new ClosedForm(rewarded, component) : rewarded;
  }
}
