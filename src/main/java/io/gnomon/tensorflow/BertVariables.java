package io.gnomon.tensorflow;

import io.gnomon.config.InputException;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The variables of a BERT in a bundle, by Google's names: a module of TensorFlow Hub puts {@code
 * module/} before each.
 *
 * @param scope what stands before each name
 */
record BertVariables(TensorBundle bundle, String scope) {
  private static final int SHOWN = 3;

  /**
   * Finds them.
   *
   * @throws InputException when there is no BERT in {@code bundle}
   */
  static BertVariables of(TensorBundle bundle) {
    Set<String> names = bundle.entries().keySet();
    return names.stream()
        .filter(name -> name.endsWith(BertNames.WORDS))
        .findFirst()
        .map(
            name ->
                new BertVariables(
                    bundle, name.substring(0, name.length() - BertNames.WORDS.length())))
        .orElseThrow(
            () ->
                new InputException(
                    "%s: expected a variable %s, found %s; take a BERT as Google released it"
                        .formatted(bundle.where(), BertNames.WORDS, listed(List.copyOf(names)))));
  }

  /** The first few of {@code names}, and how many more there are. */
  static String listed(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    int rest = names.size() - SHOWN;
    return names.isEmpty() ? "none" : first + (rest > 0 ? " and " + rest + " more" : "");
  }

  /** All names, without the scope. */
  List<String> names() {
    return bundle.entries().keySet().stream()
        .filter(name -> name.startsWith(scope))
        .map(name -> name.substring(scope.length()))
        .toList();
  }

  /** Whether there is a variable {@code name}. */
  boolean has(String name) {
    return bundle.entries().containsKey(scope + name);
  }

  /**
   * The variable {@code name}.
   *
   * @param shape what its shape is to be, for the message
   * @throws InputException when it is missing or no float32 tensor of so many dimensions
   */
  BundleEntry find(String name, int dimensions, String shape) {
    BundleEntry entry = bundle.entries().get(scope + name);
    if (entry == null || !entry.isFloat() || entry.dimensions().size() != dimensions) {
      throw wrong(name, shape, entry == null ? "none" : entry.described());
    }
    return entry;
  }

  /** As above, of this very shape. */
  BundleEntry find(String name, List<Long> shape) {
    BundleEntry entry = find(name, shape.size(), shape.toString());
    if (!entry.dimensions().equals(shape)) {
      throw wrong(name, shape.toString(), Objects.toString(entry.dimensions()));
    }
    return entry;
  }

  private InputException wrong(String name, String shape, String found) {
    return new InputException(
        "%s: variable %s%s: expected float32 of shape %s, found %s; take a whole BERT"
            .formatted(bundle.where(), scope, name, shape, found));
  }
}
