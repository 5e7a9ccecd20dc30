package io.gnomon.importing;

import io.gnomon.checkpoint.StoredTensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How tensors are spread over files: one where they fit, else several of limited size with an
 * index.
 *
 * @param shards tensors by file name, in order
 */
record ShardPlan(Map<String, Map<String, StoredTensor>> shards) {
  /** The index of several files. */
  static final String INDEX = "model.safetensors.index.json";

  /**
   * Spreads {@code tensors}; a file passes {@code limit} bytes only to hold a single tensor.
   *
   * @param whole bytes up to which one file holds all
   */
  static ShardPlan of(Map<String, StoredTensor> tensors, long whole, long limit) {
    if (total(tensors) <= whole) {
      return new ShardPlan(Map.of("model.safetensors", tensors));
    }
    List<Map<String, StoredTensor>> parts = new ArrayList<>();
    long filled = Long.MAX_VALUE;
    for (Map.Entry<String, StoredTensor> entry : tensors.entrySet()) {
      long length = entry.getValue().length();
      if (filled > limit - length) {
        parts.add(new LinkedHashMap<>());
        filled = 0;
      }
      parts.get(parts.size() - 1).put(entry.getKey(), entry.getValue());
      filled += length;
    }
    Map<String, Map<String, StoredTensor>> shards = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      shards.put("model-%05d-of-%05d.safetensors".formatted(i + 1, parts.size()), parts.get(i));
    }
    return new ShardPlan(Collections.unmodifiableMap(shards));
  }

  private static long total(Map<String, StoredTensor> tensors) {
    return tensors.values().stream().mapToLong(StoredTensor::length).sum();
  }

  /** Bytes of all tensors. */
  long total() {
    return shards.values().stream().mapToLong(ShardPlan::total).sum();
  }

  /** Bytes of the tensors in one file. */
  long bytes(String shard) {
    return total(shards.getOrDefault(shard, Map.of()));
  }

  /** Whether an index is needed. */
  boolean indexed() {
    return shards.size() > 1;
  }

  /** The tree of the index. */
  Map<String, Object> index() {
    Map<String, String> places = new LinkedHashMap<>();
    shards.forEach((shard, tensors) -> tensors.keySet().forEach(name -> places.put(name, shard)));
    Map<String, Object> index = new LinkedHashMap<>();
    index.put("metadata", Map.of("total_size", total()));
    index.put("weight_map", places);
    return index;
  }
}
