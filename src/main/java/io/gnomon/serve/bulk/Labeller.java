package io.gnomon.serve.bulk;

import io.gnomon.serve.Tagger;
import java.util.List;

/** Whoever answers the texts. */
public interface Labeller {
  /** An answer's {@link Answer#by} of the student, where there are several. */
  String STUDENT = "student";

  /** The same of the teacher, who was asked because the student was unsure. */
  String TEACHER = "teacher";

  /** A reply for each text, in their order; the same texts together are answered the same. */
  List<? extends Reply> label(List<String> texts);

  /** All labels it may give. */
  List<String> labels();

  /** Whether its answers say {@link Answer#by} whom they are. */
  boolean several();

  /** Whether its answers have probabilities. */
  default boolean graded() {
    return true;
  }

  /** A student by itself. */
  static Labeller of(Tagger tagger) {
    return new Student(tagger);
  }

  /**
   * A student by itself.
   *
   * @param tagger open as long as this is used
   */
  record Student(Tagger tagger) implements Labeller {
    @Override
    public List<Answer> label(List<String> texts) {
      return tagger.tag(texts).stream().map(tagging -> new Answer(tagging, null)).toList();
    }

    @Override
    public List<String> labels() {
      return tagger.labels();
    }

    @Override
    public boolean several() {
      return false;
    }
  }
}
