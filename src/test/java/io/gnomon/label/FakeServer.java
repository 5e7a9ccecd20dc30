package io.gnomon.label;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A language model's server that misbehaves as told, and speaks as OpenAI's and as Ollama does. It
 * can be started by hand, see {@link #main}.
 */
public final class FakeServer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** How a question about a text is met. */
  public interface Behaviour {
    /**
     * What to do.
     *
     * @param question its text, and what was said after it
     * @param time how often this text was asked about before
     */
    Act on(Asked question, int time) throws InterruptedException;
  }

  /**
   * A question as it came.
   *
   * @param text the post
   * @param system what was said before it
   * @param corrections how often its answer was refused before
   * @param schema of the answer; missing where none was sent
   * @param authorization header; empty where there is none
   */
  public record Asked(
      String text, String system, int corrections, JsonNode schema, String authorization) {}

  /** What the server does. */
  public sealed interface Act {
    /** Answers with a text of the model. */
    record Say(String answer) implements Act {}

    /** The same, late. */
    record Slow(String answer, long milliseconds) implements Act {}

    /** Refuses; the header Retry-After is left out where it is empty. */
    record Refuse(int status, String retryAfter, String body) implements Act {}

    /** Promises a body and sends the half of it. */
    record Cut(String answer) implements Act {}

    /** Sends something else than the interface has. */
    record Garbage(String body) implements Act {}
  }

  private final HttpServer server;
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final Behaviour behaviour;
  private final Map<String, Integer> times = new ConcurrentHashMap<>();
  private final List<Asked> asked = new ArrayList<>();
  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  private FakeServer(HttpServer server, Behaviour behaviour) {
    this.server = server;
    this.behaviour = behaviour;
  }

  /** A server on a free port of this machine. */
  public static FakeServer start(Behaviour behaviour) {
    return start(0, behaviour);
  }

  private static FakeServer start(int port, Behaviour behaviour) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      FakeServer fake = new FakeServer(server, behaviour);
      server.createContext("/", fake::handle);
      server.setExecutor(fake.pool);
      server.start();
      return fake;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@code --with} takes it. */
  public String openAi() {
    return "openai:fake-1@" + url() + "/v1";
  }

  /** The same for the other interface. */
  public String ollama() {
    return "ollama:fake:1b@" + url();
  }

  /** Its address. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** How often each text was asked about. */
  public synchronized Map<String, Integer> times() {
    Map<String, Integer> all = new TreeMap<>();
    asked.forEach(question -> all.merge(question.text(), 1, Integer::sum));
    return all;
  }

  /** All questions, in the order they came. */
  public synchronized List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** Most questions that were open at a time. */
  public int mostAtOnce() {
    return most.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    most.accumulateAndGet(now.incrementAndGet(), Math::max);
    try (exchange) {
      JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
      boolean ollama = exchange.getRequestURI().getPath().equals("/api/chat");
      Asked question = question(request, exchange);
      synchronized (this) {
        asked.add(question);
      }
      int time = times.merge(question.text(), 1, Integer::sum) - 1;
      act(exchange, behaviour.on(question, time), ollama);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Asked question(JsonNode request, HttpExchange exchange) {
    JsonNode messages = request.path("messages");
    JsonNode schema =
        request.has("format")
            ? request.path("format")
            : request.at("/response_format/json_schema/schema");
    int corrections = 0;
    for (JsonNode message : messages) {
      corrections += message.path("role").asString().equals("user") ? 1 : 0;
    }
    String key = exchange.getRequestHeaders().getFirst("Authorization");
    return new Asked(
        messages.path(1).path("content").asString(),
        messages.path(0).path("content").asString(),
        corrections - 1,
        schema,
        key == null ? "" : key);
  }

  private void act(HttpExchange exchange, Act act, boolean ollama) throws IOException {
    if (act instanceof Act.Say say) {
      send(exchange, 200, body(say.answer(), ollama));
    } else if (act instanceof Act.Slow slow) {
      try {
        Thread.sleep(slow.milliseconds());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      send(exchange, 200, body(slow.answer(), ollama));
    } else if (act instanceof Act.Refuse refusal) {
      if (!refusal.retryAfter().isEmpty()) {
        exchange.getResponseHeaders().set("Retry-After", refusal.retryAfter());
      }
      send(exchange, refusal.status(), refusal.body());
    } else if (act instanceof Act.Cut cut) {
      now.decrementAndGet();
      byte[] whole = body(cut.answer(), ollama).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, whole.length);
      exchange.getResponseBody().write(whole, 0, whole.length / 2);
      exchange.getResponseBody().flush();
    } else if (act instanceof Act.Garbage garbage) {
      send(exchange, 200, garbage.body());
    }
  }

  /** What the other side has heard of is not open any more. */
  private void send(HttpExchange exchange, int status, String body) throws IOException {
    now.decrementAndGet();
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** An answer of 11 tokens read and 5 written. */
  private static String body(String answer, boolean ollama) {
    ObjectNode root = JSON.createObjectNode();
    root.put("model", "fake-1");
    if (ollama) {
      root.put("created_at", "2026-01-01T00:00:00Z");
      root.putObject("message").put("role", "assistant").put("content", answer);
      root.put("done", true).put("done_reason", "stop");
      root.put("prompt_eval_count", 11).put("eval_count", 5);
      return root.toString();
    }
    root.put("id", "1").put("object", "chat.completion").put("created", 1);
    ObjectNode choice = root.putArray("choices").addObject();
    choice.put("index", 0).put("finish_reason", "stop");
    choice.putObject("message").put("role", "assistant").put("content", answer);
    root.putObject("usage")
        .put("prompt_tokens", 11)
        .put("completion_tokens", 5)
        .put("total_tokens", 16);
    return root.toString();
  }

  /** An answer as a model that obeys gives it: labels that a text's own hash chooses. */
  public static String obedient(Asked question) {
    JsonNode one = question.schema().path("properties").path("label").path("enum");
    if (one.isArray()) {
      int k = Math.floorMod(question.text().hashCode(), one.size());
      return "{\"label\":\"%s\"}".formatted(one.get(k).asString());
    }
    JsonNode set = question.schema().path("properties").path("labels");
    JsonNode all = set.path("items").path("enum");
    int least = set.path("minItems").asInt();
    int count =
        least + Math.floorMod(question.text().length(), set.path("maxItems").asInt() - least + 1);
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      labels.add(all.get(Math.floorMod(question.text().hashCode() + i, all.size())).asString());
    }
    return "{\"labels\":%s}".formatted(JSON.writeValueAsString(labels));
  }

  /**
   * Misbehaves in every way once in a while, and is right when asked again: of 10 texts one is met
   * with each of nine troubles at first.
   */
  public static Act trying(Asked question, int time) {
    return met(question, time, obedient(question));
  }

  /** The same with an answer of one's own. */
  public static Act met(Asked question, int time, String good) {
    if (time > 0) {
      return new Act.Say(good);
    }
    return switch (Math.floorMod(question.text().hashCode() / 7, 10)) {
      case 0 -> new Act.Slow(good, 300);
      case 1 -> new Act.Refuse(429, "", "{\"error\":\"slow down\"}");
      case 2 -> new Act.Refuse(429, "1", "{\"error\":\"slow down\"}");
      case 3 -> new Act.Refuse(500, "", "oops");
      case 4 -> new Act.Say(good.replaceFirst("\\w+\"(\\]|,|})", "invented\"$1"));
      case 5 -> new Act.Say("{\"label");
      case 6 -> new Act.Say("");
      case 7 -> new Act.Cut(good);
      case 8 -> new Act.Garbage("<html>");
      default -> new Act.Say(good);
    };
  }

  @Override
  public void close() {
    server.stop(0);
    pool.shutdownNow();
  }

  /**
   * Serves until it is killed, and tells under {@code /seen} what it was asked.
   *
   * @param args the port, 0 for any that is free; {@code kind} or {@code trying}, how it behaves; a
   *     file of texts and labels, tab between, of which it knows nine of ten; the milliseconds that
   *     an answer takes
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    boolean kind = args.length > 1 && args[1].equals("kind");
    Map<String, String> known = args.length > 2 ? known(Path.of(args[2])) : Map.of();
    long takes = args.length > 3 ? Long.parseLong(args[3]) : 0;
    Seen seen = new Seen();
    Behaviour behaviour =
        (question, time) -> {
          Thread.sleep(takes);
          String good = answer(question, known);
          return seen.note(
              question.text(), good, kind ? new Act.Say(good) : met(question, time, good));
        };
    FakeServer server = start(args.length == 0 ? 0 : Integer.parseInt(args[0]), behaviour);
    server.server.createContext("/seen", exchange -> server.tell(exchange, seen));
    System.out.println("--with " + server.openAi());
    Thread.currentThread().join();
  }

  private void tell(HttpExchange exchange, Seen seen) throws IOException {
    try (exchange) {
      now.incrementAndGet();
      send(exchange, 200, seen.json());
    }
  }

  private static Map<String, String> known(Path file) throws IOException {
    Map<String, String> known = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      int tab = line.lastIndexOf('\t');
      known.put(line.substring(0, tab).strip(), line.substring(tab + 1));
    }
    return known;
  }

  /** The label that is known, but for each tenth text, of which it says what comes to its mind. */
  private static String answer(Asked question, Map<String, String> known) {
    String label = known.get(question.text().strip());
    boolean wrong = Math.floorMod(question.text().hashCode() / 70, 10) == 0;
    return label == null || wrong ? obedient(question) : "{\"label\":\"%s\"}".formatted(label);
  }

  /** What was asked, and whether it had been answered well before. */
  private static final class Seen {
    private final Set<String> texts = new HashSet<>();
    private final Set<String> answered = new HashSet<>();
    private int questions;
    private int again;

    synchronized Act note(String text, String good, Act act) {
      questions++;
      texts.add(text);
      again += answered.contains(text) ? 1 : 0;
      boolean well = act.equals(new Act.Say(good)) || act instanceof Act.Slow;
      if (well) {
        answered.add(text);
      }
      return act;
    }

    synchronized String json() {
      return JSON.writeValueAsString(
          Map.of(
              "questions", questions, "texts", texts.size(), "asked_again_though_answered", again));
    }
  }
}
