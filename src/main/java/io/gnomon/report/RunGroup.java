package io.gnomon.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Runs that are drawn as one curve: one configuration, one or more seeds.
 *
 * @param label what the legend calls it
 * @param runs its runs, one per seed
 */
record RunGroup(String label, List<Run> runs) {
  /** More differing settings than this make no legend any more. */
  private static final int MOST_SETTINGS = 3;

  /** Groups {@code runs} by configuration, in order of first appearance, and names the groups. */
  static List<RunGroup> of(List<Run> runs) {
    Map<Map<String, String>, List<Run>> byConfig = new LinkedHashMap<>();
    for (Run run : runs) {
      byConfig.computeIfAbsent(run.settingsButSeed(), key -> new ArrayList<>()).add(run);
    }
    List<Map<String, String>> configs = List.copyOf(byConfig.keySet());
    boolean seeds = byConfig.values().stream().anyMatch(members -> members.size() > 1);
    List<RunGroup> groups = new ArrayList<>();
    byConfig.forEach(
        (config, members) -> {
          String name = name(config, members, configs);
          groups.add(new RunGroup(seeds ? name + counted(members.size()) : name, members));
        });
    return groups;
  }

  /** Beside curves of several seeds, one of a single seed is said to be so. */
  private static String counted(int seeds) {
    return seeds == 1 ? " (1 seed)" : " (%d seeds)".formatted(seeds);
  }

  /** The experiment's name where names differ, else what differs, else the folder. */
  private static String name(
      Map<String, String> config, List<Run> members, List<Map<String, String>> configs) {
    String name = config.getOrDefault("name", "");
    Set<String> names = new TreeSet<>();
    configs.forEach(other -> names.add(other.getOrDefault("name", "")));
    if (!name.isEmpty() && names.size() == configs.size()) {
      return name;
    }
    List<String> differing = differing(configs);
    if (!differing.isEmpty() && differing.size() <= MOST_SETTINGS) {
      return differing.stream()
          .map(key -> shortened(key) + ": " + config.getOrDefault(key, "none"))
          .collect(Collectors.joining(", "));
    }
    return folderName(members.get(0).folder());
  }

  /** A union is named after itself, not after its discriminator. */
  private static String shortened(String key) {
    return key.endsWith(".kind") ? key.substring(0, key.length() - ".kind".length()) : key;
  }

  private static List<String> differing(List<Map<String, String>> configs) {
    Set<String> keys = new TreeSet<>();
    configs.forEach(config -> keys.addAll(config.keySet()));
    return keys.stream()
        .filter(
            key ->
                configs.stream().map(config -> config.getOrDefault(key, "")).distinct().count() > 1)
        .toList();
  }

  /** The run's folder and the one it lies in: run ids alone repeat between experiments. */
  private static String folderName(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    int count = absolute.getNameCount();
    return absolute.subpath(Math.max(0, count - 2), count).toString().replace('\\', '/');
  }
}
