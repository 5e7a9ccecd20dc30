package io.gnomon.cli;

import io.gnomon.config.Check;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.Problems;
import io.gnomon.teacher.TeacherChecks;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@link TeacherChecks} for the experiments of a suite: most of them ask the same of one teacher,
 * whose tokenizer takes a while to open.
 */
final class SuiteTeacherChecks implements Check<ExperimentConfig> {
  private final Set<List<Object>> seen = new HashSet<>();

  @Override
  public void check(ExperimentConfig config, Problems problems) {
    List<Object> asked =
        Arrays.asList(
            config.teacher(),
            config.task(),
            config.sampler().length(),
            String.valueOf(config.trace().text()));
    if (seen.add(asked)) {
      new TeacherChecks().check(config, problems);
    }
  }
}
