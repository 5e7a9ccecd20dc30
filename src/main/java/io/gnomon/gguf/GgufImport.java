package io.gnomon.gguf;

import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.FileProblem;
import io.gnomon.checkpoint.FolderLock;
import io.gnomon.checkpoint.SafetensorsWriter;
import io.gnomon.checkpoint.Sha256;
import io.gnomon.checkpoint.StoredTensor;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A GGUF file as a Hugging Face folder: config.json, tokenizer.json, tokenizer_config.json and the
 * weights in bfloat16, dequantized while they are written, a block at a time.
 *
 * <p>What a broken-off import finished is checked against its checksum and kept. The same file
 * gives the same bytes.
 */
public final class GgufImport {
  /** Up to so many bytes, one file holds all weights. */
  private static final long WHOLE = 2_000_000_000L;

  /** Bytes of one file among several: what a broken-off import may lose. */
  private static final long SHARD = 500_000_000L;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path source;
  private final Path folder;
  private final ImportListener listener;
  private final long whole;
  private final long shard;

  /** The import of the file {@code source} into {@code folder}, which is made when missing. */
  public GgufImport(Path source, Path folder, ImportListener listener) {
    this(source, folder, listener, WHOLE, SHARD);
  }

  /** As above, with other sizes of files. */
  GgufImport(Path source, Path folder, ImportListener listener, long whole, long shard) {
    this.source = source;
    this.folder = folder;
    this.listener = listener;
    this.whole = whole;
    this.shard = shard;
  }

  /**
   * How an import ended.
   *
   * @param finished false when the listener stopped it
   * @param family {@code model_type} of the model
   * @param parameters weights in it
   * @param kept files of an earlier import that were right already
   * @param written files written
   */
  public record Outcome(boolean finished, String family, long parameters, int kept, int written) {}

  /**
   * Imports, or goes on where an import was broken off.
   *
   * @throws InputException when the file cannot be read or is of a kind that is not, or the folder
   *     holds something else or cannot be written
   */
  public Outcome run() {
    try (GgufFile file = GgufFile.open(source)) {
      ModelShape shape = ModelShape.of(file);
      ShardPlan plan = ShardPlan.of(TensorPlan.of(file, shape), whole, shard);
      Map<String, String> texts = texts(file, shape, plan);
      refuseOthers(plan, texts);
      listener.note(
          String.format(
              Locale.ROOT,
              "%s: %s, %d layers; %.1f MB to write",
              source.getFileName(),
              shape.family(),
              shape.layers(),
              plan.total() / 1e6));
      FolderLock lock = FolderLock.acquire(folder);
      try (lock) {
        return write(shape, plan, texts);
      }
    }
  }

  /** The small files, made before anything is written: what is wrong with them is said first. */
  private static Map<String, String> texts(GgufFile file, ModelShape shape, ShardPlan plan) {
    TokenizerJson tokenizer =
        TokenizerJson.of(GgufVocabulary.of(file.metadata(), shape.vocabulary()));
    @Nullable Map<String, Object> scaling = RopeScaling.of(file, shape);
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("config.json", json(shape.config(scaling, file.metadata())));
    texts.put("tokenizer.json", json(tokenizer.tree()));
    texts.put("tokenizer_config.json", json(tokenizer.config(shape.positions())));
    if (plan.indexed()) {
      texts.put(ShardPlan.INDEX, json(plan.index()));
    }
    return texts;
  }

  private static String json(Object tree) {
    return JSON.writeValueAsString(tree) + "\n";
  }

  /** Only an import of this file, whole or broken off, may stand where it is to be written. */
  private void refuseOthers(ShardPlan plan, Map<String, String> texts) {
    Set<String> ours = new LinkedHashSet<>(plan.shards().keySet());
    ours.addAll(texts.keySet());
    ours.add(ImportManifest.NAME);
    List<String> found = contents();
    boolean begun = found.contains(ImportManifest.NAME);
    List<String> others =
        found.stream()
            .filter(name -> !name.equals(".lock"))
            .filter(name -> !begun || !ours.contains(name.replaceAll("\\.tmp$", "")))
            .filter(name -> !name.equals(ImportManifest.NAME + ".tmp"))
            .toList();
    if (!others.isEmpty()) {
      throw new InputException(
          "%s: expected an empty folder or an import of %s, found %s; give another folder to --to"
              .formatted(
                  folder,
                  source.getFileName(),
                  others.size() == 1
                      ? others.get(0)
                      : others.get(0) + " and " + (others.size() - 1) + " more"));
    }
  }

  private List<String> contents() {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw FileProblem.reading(folder, e);
    }
  }

  private Outcome write(ModelShape shape, ShardPlan plan, Map<String, String> texts) {
    String sha256 = Sha256.of(source);
    ImportManifest manifest = ImportManifest.open(folder, sha256);
    Set<String> kept = kept(plan, manifest);
    requireRoom(plan, kept);
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt");
    metadata.put("source", source.getFileName().toString());
    metadata.put("source_sha256", sha256);
    ImportWatch watch = new ImportWatch(listener, plan.total());
    boolean finished = true;
    try {
      for (Map.Entry<String, Map<String, StoredTensor>> entry : plan.shards().entrySet()) {
        String name = entry.getKey();
        if (kept.contains(name)) {
          watch.add(plan.bytes(name));
          continue;
        }
        Path target = folder.resolve(name);
        SafetensorsWriter.write(target, watch.over(entry.getValue()), metadata);
        manifest.add(name, Sha256.of(target));
      }
      texts.forEach((name, text) -> AtomicFiles.writeString(folder.resolve(name), text));
    } catch (CancellationException stopped) {
      finished = false;
    }
    long parameters =
        plan.shards().values().stream()
            .flatMap(tensors -> tensors.values().stream())
            .mapToLong(tensor -> tensor.length() / tensor.type().bytes())
            .sum();
    int written = finished ? plan.shards().size() - kept.size() : 0;
    return new Outcome(finished, shape.family(), parameters, kept.size(), written);
  }

  /** Files that an earlier import finished and that still are as it left them. */
  private Set<String> kept(ShardPlan plan, ImportManifest manifest) {
    Set<String> kept = new LinkedHashSet<>();
    for (String name : plan.shards().keySet()) {
      Path file = folder.resolve(name);
      if (manifest.names(name) && Files.isRegularFile(file)) {
        listener.note(name + ": checking what is there");
        if (manifest.has(name, Sha256.of(file))) {
          kept.add(name);
        } else {
          listener.note(name + ": damaged since, written anew");
        }
      }
    }
    return kept;
  }

  private void requireRoom(ShardPlan plan, Set<String> kept) {
    long needed = plan.total() - kept.stream().mapToLong(plan::bytes).sum();
    try {
      long room = Files.getFileStore(folder).getUsableSpace();
      if (room < needed) {
        throw new InputException(
            "%s: expected %d MB of free space, found %d MB; free some, or choose another disk"
                .formatted(folder, needed / 1_000_000, room / 1_000_000));
      }
    } catch (IOException e) {
      throw FileProblem.reading(folder, e);
    }
  }
}
