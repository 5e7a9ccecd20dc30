package io.gnomon.config;

import io.gnomon.config.Value.Entry;
import io.gnomon.config.Value.Mapping;
import io.gnomon.config.Value.Origin;
import io.gnomon.config.Value.Scalar;
import io.gnomon.config.Value.ScalarType;
import io.gnomon.config.Value.Sequence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads YAML 1.2 into {@link Value}s that know their lines. */
final class YamlReader {
  private static final String YAML = "one YAML 1.2 document";
  private static final Map<Tag, ScalarType> TYPES =
      Map.of(
          Tag.NULL, ScalarType.NULL,
          Tag.BOOL, ScalarType.BOOLEAN,
          Tag.INT, ScalarType.INTEGER,
          Tag.FLOAT, ScalarType.FLOAT,
          Tag.STR, ScalarType.TEXT);

  private final IntFunction<Origin> origins;
  private final Problems problems;
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());

  private YamlReader(IntFunction<Origin> origins, Problems problems) {
    this.origins = origins;
    this.problems = problems;
  }

  /**
   * The document in {@code text}; null when it cannot be read, which is then among the problems.
   *
   * @param origins the origin of a line, counted from 1
   * @param path where the value stands in the configuration
   */
  static @Nullable Value read(
      String text, IntFunction<Origin> origins, String path, Problems problems) {
    YamlReader reader = new YamlReader(origins, problems);
    try {
      LoadSettings settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
      Node root = new Compose(settings).composeString(text).orElse(null);
      if (root != null) {
        return reader.convert(root, reader.origin(root), path);
      }
      problems.add(origins.apply(1).text(), path, "nothing but comments", YAML, null);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
      String found = "not YAML: " + e.getProblem();
      problems.add(origins.apply(line).text(), path, found, YAML, null);
    } catch (YamlEngineException e) {
      problems.add(origins.apply(1).text(), path, "not YAML: " + e.getMessage(), YAML, null);
    } catch (StackOverflowError e) {
      problems.add(origins.apply(1).text(), path, "lists or maps nested too deep", YAML, null);
    }
    return null;
  }

  private Origin origin(Node node) {
    return origins.apply(node.getStartMark().map(Mark::getLine).orElse(0) + 1);
  }

  /** Converts a node; a map or list takes the line of its key, which is where one looks for it. */
  private Value convert(Node node, Origin key, String path) {
    if (node instanceof ScalarNode scalar) {
      ScalarType type = TYPES.getOrDefault(scalar.getTag(), ScalarType.TEXT);
      return new Scalar(type, scalar.getValue(), origin(node));
    }
    if (!open.add(node)) {
      problems.add(origin(node).text(), path, "an alias inside its own anchor", "a tree", null);
      return new Scalar(ScalarType.NULL, "", key);
    }
    Value value =
        node instanceof MappingNode map
            ? mapping(map, key, path)
            : sequence((SequenceNode) node, key, path);
    open.remove(node);
    return value;
  }

  private Sequence sequence(SequenceNode node, Origin key, String path) {
    List<Value> items = new ArrayList<>();
    for (Node item : node.getValue()) {
      items.add(convert(item, origin(item), join(path, Integer.toString(items.size()))));
    }
    return new Sequence(items, key);
  }

  private Mapping mapping(MappingNode node, Origin at, String path) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      Origin key = origin(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
        problems.add(key.text(), path, "a key that is a map or a list", "keys of text", null);
        continue;
      }
      String name = scalar.getValue();
      String below = join(path, name);
      Entry entry = new Entry(key, convert(tuple.getValueNode(), key, below));
      Entry first = entries.putIfAbsent(name, entry);
      if (first != null) {
        String found = "key given twice, first at " + first.key().text();
        problems.add(key.text(), below, found, "each key once", null);
      }
    }
    return new Mapping(entries, at);
  }

  /** The path of {@code key} below {@code path}. */
  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
