package io.gnomon.serve.http;

import io.gnomon.serve.StudentFile;
import io.gnomon.serve.Tagging;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the server says, as JSON. */
final class Replies {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Replies() {}

  /** The one answer to a text, or {@code results} to texts. */
  static String answers(TagRequest request, List<Tagging> answers) {
    ObjectNode root = JSON.createObjectNode();
    if (request.single()) {
      put(root, answers.get(0));
    } else {
      ArrayNode results = root.putArray("results");
      answers.forEach(answer -> put(results.addObject(), answer));
    }
    return root.toString();
  }

  private static void put(ObjectNode node, Tagging answer) {
    answer.labels().forEach(node.putArray("labels")::add);
    ObjectNode probabilities = node.putObject("probabilities");
    // As the model has them, in single precision.
    answer.probabilities().forEach((label, p) -> probabilities.put(label, p.floatValue()));
  }

  /** What is served. */
  static String health(String status, ServedModel.Info info) {
    ObjectNode root = JSON.createObjectNode();
    root.put("status", status);
    root.put("task", info.task());
    root.put("type", info.multiLabel() ? StudentFile.MULTI_LABEL : StudentFile.SINGLE_LABEL);
    info.labels().forEach(root.putArray("labels")::add);
    root.put("max_length", info.maxLength());
    root.put("precision", info.precision());
    return root.toString();
  }
}
