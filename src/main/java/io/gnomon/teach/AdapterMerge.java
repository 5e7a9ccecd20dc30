package io.gnomon.teach;

import io.gnomon.checkpoint.ElementSource;
import io.gnomon.checkpoint.FileProblem;
import io.gnomon.checkpoint.FolderLock;
import io.gnomon.checkpoint.SafetensorsFolder;
import io.gnomon.checkpoint.SafetensorsWriter;
import io.gnomon.checkpoint.Sha256;
import io.gnomon.checkpoint.StoredTensor;
import io.gnomon.checkpoint.StoredType;
import io.gnomon.checkpoint.TensorInfo;
import io.gnomon.checkpoint.TensorSource;
import io.gnomon.config.InputException;
import io.gnomon.teach.Adapter.Addition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A base model and a low-rank adapter made into one Hugging Face folder: W + α/r · B·A in float32
 * where the adapter has something to add, every other tensor as the base has it.
 */
public final class AdapterMerge {
  private static final String WEIGHTS = "model.safetensors";

  private AdapterMerge() {}

  /**
   * Makes {@code target} of both.
   *
   * @return matrices that were added to
   * @throws InputException when the adapter was made for another base, or does not fit it; when a
   *     file cannot be read or written; when {@code target} holds a model already
   */
  public static int run(Path adapter, Path base, Path target) {
    for (String name : List.of(WEIGHTS, WEIGHTS + ".index.json", "config.json")) {
      if (Files.exists(target.resolve(name))) {
        throw new InputException(
            target
                + ": expected a new or empty folder, found "
                + name
                + " in it; remove it, or choose another folder");
      }
    }
    try (FolderLock lock = FolderLock.acquire(target)) {
      return write(adapter, base, target);
    }
  }

  /** As {@link #run}, into a folder that is the caller's, over what is there. */
  static int write(Path adapter, Path base, Path target) {
    refuseSame(base, target);
    Adapter read = AdapterFolder.read(adapter);
    refuseOther(adapter, read.base(), base);
    try (SafetensorsFolder source = SafetensorsFolder.open(base)) {
      List<String> changed = new ArrayList<>(read.additions().keySet());
      changed.addAll(read.replaced().keySet());
      // Each must be there: the message has the nearest names.
      changed.forEach(source::info);
      Map<String, StoredTensor> tensors = new LinkedHashMap<>();
      source.names().forEach(name -> tensors.put(name, merged(name, source, read)));
      ModelFolder.copyTokenizer(base, target);
      ModelFolder.copyConfig(base, target);
      SafetensorsWriter.write(target.resolve(WEIGHTS), tensors, Map.of("format", "pt"));
    }
    return read.additions().size();
  }

  private static StoredTensor merged(String name, TensorSource source, Adapter adapter) {
    TensorInfo info = source.info(name);
    float[] replaced = adapter.replaced().get(name);
    if (replaced != null) {
      if (replaced.length != info.elements()) {
        throw new InputException(
            "%s: expected %d numbers in %s, found %d in the adapter; give the base that it was made for"
                .formatted(info.file(), info.elements(), name, replaced.length));
      }
      return new StoredTensor(StoredType.F32, info.shape(), replaced);
    }
    Addition addition = adapter.additions().get(name);
    if (addition == null) {
      return stored(info, info.type(), () -> source.floats(name));
    }
    source.require(name, addition.height(), addition.width());
    return stored(
        info,
        StoredType.F32,
        () -> {
          float[] weight = source.floats(name);
          addition.addTo(weight);
          return weight;
        });
  }

  private static StoredTensor stored(TensorInfo info, StoredType type, Supplier<float[]> values) {
    return new StoredTensor(type, info.shape(), new WhenAsked(values, info.elements()));
  }

  /** Values made when the first of them is written, and let go with the last. */
  private static final class WhenAsked implements ElementSource {
    private final Supplier<float[]> values;
    private final long count;
    private float @Nullable [] held;

    WhenAsked(Supplier<float[]> values, long count) {
      this.values = values;
      this.count = count;
    }

    @Override
    public void read(long from, float[] target, int at, int wanted) {
      float[] all = held == null ? values.get() : held;
      System.arraycopy(all, Math.toIntExact(from), target, at, wanted);
      held = from + wanted < count ? all : null;
    }
  }

  private static void refuseSame(Path base, Path target) {
    try {
      if (Files.exists(target) && Files.isSameFile(base, target)) {
        throw new InputException(
            target + ": expected another folder than the base's, found the same; choose another");
      }
    } catch (IOException e) {
      throw FileProblem.reading(target, e);
    }
  }

  private static void refuseOther(Path adapter, @Nullable String expected, Path base) {
    if (expected == null) {
      return;
    }
    String found = Sha256.ofWeights(base);
    if (!found.equals(expected)) {
      throw new InputException(
          "%s: expected the base whose weights have sha256 %s, found %s in %s; give the base that the adapter was made for"
              .formatted(adapter, expected, found, base));
    }
  }
}
