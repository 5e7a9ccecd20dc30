package io.gnomon.grow;

import java.util.List;
import java.util.Map;

/** Who is asked for labels. */
public interface Labels {
  /** Who that is, as rows of labels name it. */
  String by();

  /**
   * Labels of texts.
   *
   * @param texts distinct, none blank
   * @return by text; one without labels is left out
   * @throws Missing where somebody has to label them first
   * @throws java.util.concurrent.CancellationException when the job is to stop
   */
  Map<String, List<String>> of(List<String> texts);

  /** Not labelled yet: the job goes on when they are. */
  final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> texts;

    /** Of these texts. */
    public Missing(List<String> texts) {
      super(texts.size() + " texts without labels");
      this.texts = List.copyOf(texts);
    }

    /** The texts. */
    public List<String> texts() {
      return texts;
    }
  }
}
