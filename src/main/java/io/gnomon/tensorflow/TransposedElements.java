package io.gnomon.tensorflow;

import io.gnomon.checkpoint.ElementSource;
import java.nio.FloatBuffer;

/**
 * A matrix the other way round: TensorFlow's dense layers compute x W, with kernels of shape (in,
 * out); those of PyTorch x Wᵀ, with weights of shape (out, in).
 *
 * @param entry the kernel, of shape (columns, rows)
 * @param rows of what is read here
 * @param columns of what is read here
 */
record TransposedElements(TensorBundle bundle, BundleEntry entry, int rows, int columns)
    implements ElementSource {
  @Override
  public void read(long from, float[] target, int at, int count) {
    FloatBuffer kernel = bundle.floats(entry);
    for (int i = 0; i < count; i++) {
      int element = (int) from + i;
      target[at + i] = kernel.get(element % columns * rows + element / columns);
    }
  }
}
