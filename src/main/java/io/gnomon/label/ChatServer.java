package io.gnomon.label;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A remote model: one question, one answer. Tries nothing twice but the schema. */
final class ChatServer {
  /** What is known of the server's schemas. */
  private enum Schema {
    UNTRIED,
    TAKEN,
    REFUSED
  }

  private final ChatModel model;
  private final ResponseFormat format;
  private final Secret secret;
  private final LabelListener listener;
  private final AtomicReference<Schema> schema = new AtomicReference<>(Schema.UNTRIED);

  private ChatServer(
      ChatModel model, ResponseFormat format, Secret secret, LabelListener listener) {
    this.model = model;
    this.format = format;
    this.secret = secret;
    this.listener = listener;
  }

  static ChatServer open(
      Source.Remote source,
      ResponseFormat format,
      ServerSettings settings,
      LabelListener listener) {
    ChatModel model =
        switch (source.api()) {
          case OPENAI -> openAi(source, settings);
          case OLLAMA -> ollama(source, settings);
        };
    return new ChatServer(model, format, settings.secret(), listener);
  }

  private static ChatModel openAi(Source.Remote source, ServerSettings settings) {
    OpenAiChatModel.OpenAiChatModelBuilder builder =
        OpenAiChatModel.builder()
            .httpClientBuilder(new JdkHttpBuilder())
            .baseUrl(source.url().toString())
            .modelName(source.model())
            .strictJsonSchema(true)
            .timeout(settings.timeout())
            .maxRetries(0); // here it is heard how long to wait
    settings.secret().reveal().ifPresent(builder::apiKey);
    if (settings.temperature() != null) {
      builder.temperature(settings.temperature());
    }
    return builder.build();
  }

  private static ChatModel ollama(Source.Remote source, ServerSettings settings) {
    OllamaChatModel.OllamaChatModelBuilder builder =
        OllamaChatModel.builder()
            .httpClientBuilder(new JdkHttpBuilder())
            .baseUrl(source.url().toString())
            .modelName(source.model())
            .timeout(settings.timeout())
            .maxRetries(0);
    settings
        .secret()
        .reveal()
        .ifPresent(key -> builder.customHeaders(Map.of("Authorization", "Bearer " + key)));
    if (settings.temperature() != null) {
      builder.temperature(settings.temperature());
    }
    return builder.build();
  }

  /**
   * Asks once.
   *
   * @throws AskingException when there is no answer
   */
  RawAnswer ask(List<ChatMessage> messages) throws AskingException {
    boolean strict = schema.get() != Schema.REFUSED;
    try {
      RawAnswer answer = ask(messages, strict ? format : null);
      if (strict) {
        schema.compareAndSet(Schema.UNTRIED, Schema.TAKEN);
      }
      return answer;
    } catch (AskingException e) {
      if (!strict
          || e.trouble().kind() != Trouble.Kind.OF_REQUEST
          || schema.get() == Schema.TAKEN) {
        throw e;
      }
      RawAnswer answer = ask(messages, null); // it was the schema if this goes well
      if (schema.compareAndSet(Schema.UNTRIED, Schema.REFUSED)) {
        listener.note(
            "the server refuses a JSON schema, and is asked in words alone from here on: "
                + e.trouble().cause());
      }
      return answer;
    }
  }

  private RawAnswer ask(List<ChatMessage> messages, @Nullable ResponseFormat strict)
      throws AskingException {
    ChatRequest.Builder request = ChatRequest.builder().messages(messages);
    if (strict != null) {
      request.responseFormat(strict);
    }
    long start = System.nanoTime();
    try {
      ChatResponse response = model.chat(request.build());
      return answer(response, (System.nanoTime() - start) / 1e9);
    } catch (RuntimeException e) {
      throw new AskingException(Trouble.of(e, secret), Retold.of(e, secret::hide));
    }
  }

  private RawAnswer answer(ChatResponse response, double seconds) {
    TokenUsage usage = response.tokenUsage();
    String text = Objects.requireNonNullElse(response.aiMessage().text(), "");
    return new RawAnswer(
        secret.hide(text),
        response.modelName(),
        usage == null ? 0 : count(usage.inputTokenCount()),
        usage == null ? 0 : count(usage.outputTokenCount()),
        seconds);
  }

  private static long count(@Nullable Integer tokens) {
    return tokens == null ? 0 : tokens;
  }
}
