package io.gnomon.serve;

import java.nio.file.Path;

/** A program that tags one text: started by a test in a process of its own. */
public final class TagOnce {
  private TagOnce() {}

  public static void main(String[] args) {
    try {
      Class<?> engine = Class.forName("ai.djl.pytorch.engine.PtEngine");
      throw new IllegalStateException(engine + " is there");
    } catch (ClassNotFoundException expected) {
      try (Tagger tagger = Tagger.load(Path.of(args[0]), TaggerOptions.defaults().withThreads(1))) {
        System.out.println(tagger.tag(args[1]));
      }
    }
  }
}
