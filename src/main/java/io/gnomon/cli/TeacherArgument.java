package io.gnomon.cli;

import io.gnomon.config.ConfigLoader;
import io.gnomon.config.Embedded;
import io.gnomon.config.InputException;
import io.gnomon.config.TeacherConfig;
import io.gnomon.config.TeacherConfig.AnswersChoice;
import io.gnomon.config.TeacherConfig.PrecisionChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A teacher given on the command line, without an experiment. */
final class TeacherArgument {
  private TeacherArgument() {}

  /**
   * A folder or something embedded as it is, anything else as a file of configs/teachers.
   *
   * @param option where it was given, for a message: {@code TEACHER} or {@code --teacher}
   * @throws InputException when it is none of them
   */
  static TeacherConfig read(String teacher, String option) {
    if (Embedded.name(teacher) != null || Files.isDirectory(Path.of(teacher))) {
      return new TeacherConfig(teacher, PrecisionChoice.AUTO, AnswersChoice.NONE);
    }
    if (teacher.startsWith("teachers/") || Files.isRegularFile(Path.of(teacher))) {
      return ConfigLoader.part(teacher, option + " " + teacher, TeacherConfig.class, List.of())
          .config();
    }
    throw new InputException(
        teacher
            + ": expected a Hugging Face folder, embedded:pocket or a name such as teachers/pocket,"
            + " found no such folder; mend the path");
  }
}
