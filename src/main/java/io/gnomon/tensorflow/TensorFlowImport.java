package io.gnomon.tensorflow;

import io.gnomon.config.InputException;
import io.gnomon.importing.FolderImport;
import io.gnomon.importing.ImportListener;
import io.gnomon.importing.ImportOutcome;
import io.gnomon.importing.ImportedModel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A BERT of TensorFlow as a Hugging Face folder: config.json, the weights in float32 as they are,
 * and, where the source has its vocabulary, vocab.txt and tokenizer.json.
 *
 * <p>All variables are checked against their checksums before anything is written.
 */
public final class TensorFlowImport {
  private static final String FAMILY = "bert";

  private final Path source;
  private final Path folder;
  private final ImportListener listener;

  /**
   * The import of {@code source} into {@code folder}, which is made when missing.
   *
   * @param source a checkpoint's or SavedModel's folder, a zip or jar of one, or its {@code .index}
   */
  public TensorFlowImport(Path source, Path folder, ImportListener listener) {
    this.source = source;
    this.folder = folder;
    this.listener = listener;
  }

  /** Whether {@code source} is of a kind that is read here: a folder, an archive, an index. */
  public static boolean reads(Path source) {
    return Checkpoint.isOne(source);
  }

  /**
   * Imports, or goes on where an import was broken off.
   *
   * @throws InputException when the source is damaged or no BERT, or the folder holds something
   *     else or cannot be written
   */
  public ImportOutcome run() {
    try (Checkpoint checkpoint = Checkpoint.find(source)) {
      TensorBundle bundle = TensorBundle.open(checkpoint);
      BertVariables variables = BertVariables.of(bundle);
      BertShape shape = BertShape.of(variables);
      BertTensors tensors = BertTensors.of(variables, shape);
      ImportedModel model =
          new ImportedModel(
              FAMILY, shape.layers(), tensors.stored(), texts(checkpoint, shape, tensors));
      if (!checked(bundle, tensors.entries())) {
        return new ImportOutcome(false, FAMILY, 0, 0, 0);
      }
      return new FolderImport(source, folder, listener).write(model, bundle::sha256);
    }
  }

  /** The small files, made before anything is written: what is wrong with them is said first. */
  private Map<String, String> texts(Checkpoint checkpoint, BertShape shape, BertTensors tensors) {
    BertSettings settings = BertSettings.of(checkpoint, shape.hidden());
    if (!settings.told()) {
      listener.note(
          "no bert_config.json: %d heads of 64 and GELU, as in all of Google's BERT models"
              .formatted(settings.heads()));
    }
    List<String> leftOut = tensors.leftOut();
    if (!leftOut.isEmpty()) {
      listener.note("left out, for BERT has no such: " + BertVariables.listed(leftOut));
    }
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("config.json", ImportedModel.json(shape.config(settings, tensors.implementation())));
    checkpoint
        .text(BertVocabulary.FILE)
        .map(file -> BertVocabulary.read(file, shape.vocabulary()))
        .ifPresentOrElse(
            vocabulary -> add(texts, vocabulary, shape),
            () -> listener.note("no vocab.txt: the folder will have no tokenizer"));
    return texts;
  }

  private static void add(Map<String, String> texts, BertVocabulary vocabulary, BertShape shape) {
    texts.put(BertVocabulary.FILE, vocabulary.text());
    texts.put("tokenizer.json", ImportedModel.json(vocabulary.tree()));
    texts.put("tokenizer_config.json", ImportedModel.json(vocabulary.config(shape.positions())));
  }

  /** Reads every variable once; false when the listener stopped it. */
  private boolean checked(TensorBundle bundle, List<BundleEntry> entries) {
    long bytes = entries.stream().mapToLong(BundleEntry::size).sum();
    listener.note(
        String.format(Locale.ROOT, "checking %.1f MB against their checksums", bytes / 1e6));
    for (BundleEntry entry : entries) {
      if (listener.stop()) {
        return false;
      }
      bundle.floats(entry);
    }
    return true;
  }
}
