package io.gnomon.teach;

import java.util.List;
import java.util.SplittableRandom;

/** What a lesson has to teach, an epoch at a time. */
interface Examples {
  /** How many an epoch has. */
  int size();

  /** The examples of one epoch, a function of {@code random} alone. */
  List<Example> epoch(SplittableRandom random);
}
