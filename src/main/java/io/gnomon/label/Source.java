package io.gnomon.label;

import io.gnomon.config.InputException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who is asked: {@code ollama:MODEL}, {@code openai:MODEL} or {@code teacher:PATH}. */
public sealed interface Source {
  /** As rows name it. */
  String name();

  /**
   * A model behind HTTP.
   *
   * @param api how it is spoken to
   * @param model its name there
   * @param url of the server
   */
  record Remote(Api api, String model, URI url) implements Source {
    @Override
    public String name() {
      return api.key() + ":" + model;
    }

    /** Whether it is OpenAI's own server, which answers nobody without a key. */
    public boolean paid() {
      return url.getHost().equals(Api.OPENAI.usual().getHost());
    }
  }

  /**
   * A teacher in this process.
   *
   * @param path a Hugging Face folder, something embedded, or a file of configs/teachers
   */
  record InProcess(String path) implements Source {
    @Override
    public String name() {
      return "teacher:" + path;
    }
  }

  /** How a server is spoken to. */
  enum Api {
    /** Ollama's own. */
    OLLAMA("ollama", "http://localhost:11434"),
    /** OpenAI's, which most servers speak. */
    OPENAI("openai", "https://api.openai.com/v1");

    private final String key;
    private final String url;

    Api(String key, String url) {
      this.key = key;
      this.url = url;
    }

    String key() {
      return key;
    }

    /** Where it is unless said. */
    URI usual() {
      return URI.create(url);
    }
  }

  /**
   * Reads the value of {@code --with}.
   *
   * @throws InputException when it is none
   */
  static Source of(String given) {
    int colon = given.indexOf(':');
    String kind = colon < 0 ? given : given.substring(0, colon);
    String rest = colon < 0 ? "" : given.substring(colon + 1);
    Optional<Source> found =
        rest.isBlank()
            ? Optional.empty()
            : switch (kind) {
              case "teacher" -> Optional.of(new InProcess(rest));
              case "ollama" -> Optional.of(remote(Api.OLLAMA, rest));
              case "openai" -> Optional.of(remote(Api.OPENAI, rest));
              default -> Optional.empty();
            };
    return found.orElseThrow(
        () ->
            new InputException(
                "--with: expected ollama:MODEL, openai:MODEL@URL or teacher:PATH, found '%s'; give --with ollama:llama3.2"
                    .formatted(given)));
  }

  private static Source remote(Api api, String rest) {
    int at = Address.at(rest);
    String model = at < 0 ? rest : rest.substring(0, at);
    @Nullable URI url = at < 0 ? api.usual() : Address.of(rest.substring(at + 1));
    if (model.isBlank() || url == null) {
      throw new InputException(
          "--with: expected %s:MODEL@URL with an address such as http://localhost:8000/v1, without"
                  .formatted(api.key())
              + " user, query or fragment, found another; keys come from the environment, see"
              + " --key-from");
    }
    return new Remote(api, model, url);
  }
}
