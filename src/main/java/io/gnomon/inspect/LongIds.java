package io.gnomon.inspect;

import java.util.Arrays;

/** Numbers from 0 for distinct longs, in the order of their first appearance, without boxes. */
final class LongIds {
  private static final int NONE = -1;
  private static final int SMALLEST = 1 << 10;

  private long[] keys = new long[SMALLEST];
  private int[] ids = filled(SMALLEST);
  private int size;

  private static int[] filled(int length) {
    int[] ids = new int[length];
    Arrays.fill(ids, NONE);
    return ids;
  }

  /** The number of a key, given now if it has none. */
  int of(long key) {
    int slot = slot(keys, ids, key);
    if (ids[slot] == NONE) {
      keys[slot] = key;
      ids[slot] = size++;
      if (2 * size > keys.length) {
        grow();
      }
      return size - 1;
    }
    return ids[slot];
  }

  int size() {
    return size;
  }

  /** Keys are hashes: their low bits are as good as any. */
  private static int slot(long[] keys, int[] ids, long key) {
    int mask = keys.length - 1;
    int slot = (int) key & mask;
    while (ids[slot] != NONE && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] wider = new long[2 * keys.length];
    int[] moved = filled(wider.length);
    for (int i = 0; i < keys.length; i++) {
      if (ids[i] != NONE) {
        int slot = slot(wider, moved, keys[i]);
        wider[slot] = keys[i];
        moved[slot] = ids[i];
      }
    }
    keys = wider;
    ids = moved;
  }
}
