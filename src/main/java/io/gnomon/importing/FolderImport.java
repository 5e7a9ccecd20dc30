package io.gnomon.importing;

import io.gnomon.checkpoint.Aside;
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
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The writing of a Hugging Face folder: the weights, a block at a time, then the small files, so
 * that a folder with a {@code config.json} is whole.
 *
 * <p>What a broken-off import finished is checked against its checksum and kept. The same source
 * gives the same bytes.
 */
public final class FolderImport {
  /** Up to so many bytes, one file holds all weights. */
  private static final long WHOLE = 2_000_000_000L;

  /** Bytes of one file among several: what a broken-off import may lose. */
  private static final long SHARD = 500_000_000L;

  private final Path source;
  private final Path folder;
  private final ImportListener listener;
  private final long whole;
  private final long shard;

  /** The import of {@code source} into {@code folder}, which is made when missing. */
  public FolderImport(Path source, Path folder, ImportListener listener) {
    this(source, folder, listener, WHOLE, SHARD);
  }

  /** As above, with other sizes of files. */
  public FolderImport(Path source, Path folder, ImportListener listener, long whole, long shard) {
    this.source = source;
    this.folder = folder;
    this.listener = listener;
    this.whole = whole;
    this.shard = shard;
  }

  /**
   * Writes {@code model}, or goes on where an import of it was broken off.
   *
   * @param checksum gives SHA-256 of the source; asked once the folder is ours
   * @throws InputException when the folder holds something else or cannot be written
   */
  public ImportOutcome write(ImportedModel model, Supplier<String> checksum) {
    ShardPlan plan = ShardPlan.of(model.tensors(), whole, shard);
    Map<String, String> texts = new LinkedHashMap<>(model.texts());
    if (plan.indexed()) {
      texts.put(ShardPlan.INDEX, ImportedModel.json(plan.index()));
    }
    refuseOthers(plan, texts);
    listener.note(
        String.format(
            Locale.ROOT,
            "%s: %s, %d layers; %.1f MB to write",
            source.getFileName(),
            model.family(),
            model.layers(),
            plan.total() / 1e6));
    FolderLock lock = FolderLock.acquire(folder);
    try (lock) {
      // Before the room is looked at, of which a file broken off may take much.
      names(plan, texts).forEach(name -> Aside.removeAll(folder.resolve(name)));
      return write(model, plan, texts, checksum.get());
    }
  }

  /** Only an import of this source, whole or broken off, may stand where it is to be written. */
  private void refuseOthers(ShardPlan plan, Map<String, String> texts) {
    Set<String> ours = names(plan, texts);
    List<String> found = contents();
    boolean begun = found.contains(ImportManifest.NAME);
    List<String> others =
        found.stream()
            .filter(name -> !name.equals(".lock"))
            .filter(name -> !begun || !ours.contains(Aside.target(name)))
            .filter(
                name ->
                    name.equals(ImportManifest.NAME)
                        || !Aside.target(name).equals(ImportManifest.NAME))
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

  private static Set<String> names(ShardPlan plan, Map<String, String> texts) {
    Set<String> names = new LinkedHashSet<>(plan.shards().keySet());
    names.addAll(texts.keySet());
    names.add(ImportManifest.NAME);
    return names;
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

  private ImportOutcome write(
      ImportedModel model, ShardPlan plan, Map<String, String> texts, String sha256) {
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
    int written = finished ? plan.shards().size() - kept.size() : 0;
    return new ImportOutcome(finished, model.family(), model.parameters(), kept.size(), written);
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
