package io.gnomon.checkpoint;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The weights of a Hugging Face folder: {@code model.safetensors}, or {@code
 * model.safetensors.index.json} and the shards it names.
 */
public final class SafetensorsFolder implements TensorSource {
  private static final String SINGLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";

  private final Path folder;
  private final Map<String, SafetensorsFile> files;
  private final Map<String, String> fileOfTensor;

  private SafetensorsFolder(
      Path folder, Map<String, SafetensorsFile> files, Map<String, String> fileOfTensor) {
    this.folder = folder;
    this.files = files;
    this.fileOfTensor = Collections.unmodifiableMap(fileOfTensor);
  }

  /**
   * Opens all weights of {@code folder} and checks that each file is whole and each tensor there.
   *
   * @throws InputException when there are no weights, a shard is missing (named), or a file is
   *     broken
   */
  public static SafetensorsFolder open(Path folder) {
    if (Files.isRegularFile(folder.resolve(SINGLE))) {
      return single(folder);
    }
    if (Files.isRegularFile(folder.resolve(INDEX))) {
      return sharded(folder, weightMap(folder.resolve(INDEX)));
    }
    throw new InputException(
        "%s: expected %s or %s, found %s".formatted(folder, SINGLE, INDEX, contents(folder)));
  }

  private static SafetensorsFolder single(Path folder) {
    SafetensorsFile file = SafetensorsFile.open(folder.resolve(SINGLE));
    Map<String, String> places = new LinkedHashMap<>();
    file.names().forEach(name -> places.put(name, SINGLE));
    return new SafetensorsFolder(folder, Map.of(SINGLE, file), places);
  }

  private static SafetensorsFolder sharded(Path folder, Map<String, String> places) {
    requireShards(folder, places);
    SafetensorsFolder opened = new SafetensorsFolder(folder, new LinkedHashMap<>(), places);
    try {
      places.forEach(opened::openShard);
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private void openShard(String tensor, String shard) {
    SafetensorsFile file =
        files.computeIfAbsent(shard, name -> SafetensorsFile.open(folder.resolve(name)));
    if (!file.names().contains(tensor)) {
      throw new InputException(
          "%s: no tensor %s, which %s says is in it; copy or download both files again"
              .formatted(folder.resolve(shard), tensor, INDEX));
    }
  }

  private static void requireShards(Path folder, Map<String, String> places) {
    List<String> missing =
        new TreeSet<>(places.values())
            .stream().filter(shard -> !Files.isRegularFile(folder.resolve(shard))).toList();
    if (!missing.isEmpty()) {
      throw new InputException(
          "%s: missing %s, named in %s; copy or download it into this folder"
              .formatted(folder, String.join(", ", missing), INDEX));
    }
  }

  private static Map<String, String> weightMap(Path index) {
    JsonNode map = Json.read(index).path("weight_map");
    if (!map.isObject() || map.isEmpty()) {
      throw new InputException(
          index
              + ": expected weight_map, an object of tensor names to files, found none; copy or"
              + " download the file again");
    }
    Map<String, String> places = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      places.put(entry.getKey(), shardName(index, entry.getKey(), entry.getValue()));
    }
    return places;
  }

  /** A shard lies beside its index: a path that leads elsewhere is refused. */
  private static String shardName(Path index, String tensor, JsonNode node) {
    String name = node.isString() ? node.stringValue() : node.toString();
    if (!name.matches("[^/\\\\\\x00]+\\.safetensors")) {
      throw new InputException(
          ("%s: tensor %s: expected the name of a *.safetensors file in the same folder,"
                  + " found %s; mend it")
              .formatted(index, tensor, node));
    }
    return name;
  }

  private static String contents(Path folder) {
    if (!Files.isDirectory(folder)) {
      return "no such folder; mend the path";
    }
    try (Stream<Path> entries = Files.list(folder)) {
      List<String> names = entries.map(Path::getFileName).map(Path::toString).sorted().toList();
      if (names.stream().anyMatch(name -> name.startsWith("pytorch_model"))) {
        return "weights as pytorch_model.bin; save them with safe_serialization=True";
      }
      return (names.isEmpty() ? "an empty folder" : String.join(", ", names))
          + "; copy or download the weights into it";
    } catch (IOException e) {
      throw FileProblem.reading(folder, e);
    }
  }

  @Override
  public Path path() {
    return folder;
  }

  @Override
  public Set<String> names() {
    return fileOfTensor.keySet();
  }

  @Override
  public TensorInfo info(String name) {
    return file(name).info(name);
  }

  @Override
  public void readFloats(String name, FloatBuffer target) {
    file(name).readFloats(name, target);
  }

  @Override
  public ByteBuffer bytes(String name) {
    return file(name).bytes(name);
  }

  private SafetensorsFile file(String tensor) {
    SafetensorsFile file = files.get(fileOfTensor.getOrDefault(tensor, ""));
    if (file == null) {
      throw SafetensorsFile.unknown(folder, tensor, names());
    }
    return file;
  }

  @Override
  public void close() {
    files.values().forEach(SafetensorsFile::close);
  }
}
