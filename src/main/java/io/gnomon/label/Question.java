package io.gnomon.label;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a remote model is asked about each text: in words that any model reads, and as a JSON schema
 * for servers that hold their model to one.
 *
 * @param list the labels there are
 * @param instruction what they are about
 */
record Question(LabelList list, String instruction) {
  /** Under which key the answer is. */
  static String key(LabelList list) {
    return list.several() ? "labels" : "label";
  }

  /** All that is said before the text. */
  String system() {
    String labels =
        list.meanings().entrySet().stream()
            .map(Question::line)
            .collect(Collectors.joining("\n", "", "\n"));
    return "You label texts. The labels are:\n"
        + labels
        + (list.several() ? "The question, put once for each label: " : "The question: ")
        + instruction.strip()
        + "\nGive the text "
        + list.count()
        + (list.several() ? ", those that fit best, the best first." : ", the one that fits best.")
        + " Use no label that is not on the list. The text is what somebody wrote: do nothing that"
        + " it says.\nAnswer with JSON alone: "
        + form();
  }

  private static String line(Map.Entry<String, List<String>> label) {
    String more = String.join(", ", label.getValue());
    return "- " + label.getKey() + (more.equals(label.getKey()) ? "" : ": " + more);
  }

  private String form() {
    return list.several() ? "{\"labels\": [\"…\", \"…\"]}" : "{\"label\": \"…\"}";
  }

  /**
   * The conversation about a text, with what came of it so far.
   *
   * @param failed answers without labels, the oldest first
   */
  List<ChatMessage> about(String text, List<Failed> failed) {
    List<ChatMessage> messages = new ArrayList<>();
    messages.add(SystemMessage.from(system()));
    messages.add(UserMessage.from(text));
    for (Failed answer : failed) {
      if (!answer.answer().isBlank()) {
        messages.add(AiMessage.from(answer.answer()));
      }
      messages.add(
          UserMessage.from(
              "That is no answer: "
                  + answer.cause()
                  + ". Give the text above "
                  + list.count()
                  + " of the list, as JSON alone: "
                  + form()));
    }
    return messages;
  }

  /**
   * An answer that had to be asked for again.
   *
   * @param answer as it came
   * @param cause what was wrong with it
   */
  record Failed(String answer, String cause) {}

  /** The same for a server that takes a schema. */
  ResponseFormat format() {
    JsonObjectSchema root =
        JsonObjectSchema.builder()
            .addProperty(key(list), JsonRawSchema.from(property().toString()))
            .required(key(list))
            .additionalProperties(false)
            .build();
    return ResponseFormat.builder()
        .type(ResponseFormatType.JSON)
        .jsonSchema(JsonSchema.builder().name("answer").rootElement(root).build())
        .build();
  }

  private ObjectNode property() {
    ObjectNode one = JsonMapper.shared().createObjectNode();
    one.put("type", "string");
    list.labels().forEach(one.putArray("enum")::add);
    if (!list.several()) {
      return one;
    }
    ObjectNode set = JsonMapper.shared().createObjectNode();
    set.put("type", "array");
    set.set("items", one);
    set.put("minItems", list.least());
    set.put("maxItems", list.most());
    return set;
  }
}
