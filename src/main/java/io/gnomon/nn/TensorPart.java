package io.gnomon.nn;

import java.util.List;

/**
 * One of a checkpoint's tensors that, stacked along the first axis, make up a weight.
 *
 * @param name in the checkpoint
 * @param shape its dimensions
 */
@SuppressWarnings("ArrayRecordComponent") // a list of expectations, never compared
record TensorPart(String name, long... shape) {
  static long size(List<TensorPart> parts) {
    long total = 0;
    for (TensorPart part : parts) {
      long size = 1;
      for (long dimension : part.shape) {
        size *= dimension;
      }
      total += size;
    }
    return total;
  }

  static long[] joined(List<TensorPart> parts) {
    long[] shape = parts.get(0).shape.clone();
    shape[0] = parts.stream().mapToLong(part -> part.shape[0]).sum();
    return shape;
  }
}
