package io.gnomon;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A headless Chromium with one page of a phone's width, spoken to by its DevTools protocol. */
public final class Browser implements AutoCloseable {
  private static final List<String> PROGRAMS =
      List.of("chromium", "chromium-browser", "google-chrome");

  /** Without those on networking it asks for its makers' hosts at each start. */
  private static final List<String> OPTIONS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--disable-sync",
          "--disable-background-networking",
          "--disable-component-update",
          "--no-first-run",
          "--window-size=375,720",
          "--remote-debugging-port=0");

  private static final int CTRL = 2;

  private final Process process;
  private final WebSocket socket;
  private final BlockingQueue<String> messages;
  private int calls;

  private Browser(Process process, WebSocket socket, BlockingQueue<String> messages) {
    this.process = process;
    this.socket = socket;
    this.messages = messages;
  }

  /** The program, where this machine has it. */
  public static Optional<Path> program() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .flatMap(folder -> PROGRAMS.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Opens a page.
   *
   * @param profile an empty folder
   */
  public static Browser open(Path program, Path profile, String page)
      throws IOException, InterruptedException {
    Stream<String> own = Stream.of("--user-data-dir=" + profile, page);
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.of(Stream.of(program.toString()), OPTIONS.stream(), own)
                .flatMap(words -> words)
                .toList());
    builder.environment().put("TMPDIR", profile.toString());
    Process process =
        builder
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      BlockingQueue<String> messages = new LinkedBlockingQueue<>();
      WebSocket socket =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .buildAsync(socketOf(port(profile)), new Listener(messages))
              .join();
      return new Browser(process, socket, messages);
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.destroy();
      throw e;
    }
  }

  private static int port(Path profile) throws IOException, InterruptedException {
    Path file = profile.resolve("DevToolsActivePort");
    while (!Files.exists(file) || Files.readAllLines(file).size() < 2) {
      Thread.sleep(20);
    }
    return Integer.parseInt(Files.readAllLines(file).get(0));
  }

  private static URI socketOf(int port) throws IOException, InterruptedException {
    HttpRequest list =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list")).build();
    while (true) {
      String pages = HttpClient.newHttpClient().send(list, BodyHandlers.ofString()).body();
      for (JsonNode page : JsonMapper.shared().readTree(pages)) {
        if (page.path("type").asString().equals("page")) {
          return URI.create(page.path("webSocketDebuggerUrl").asString());
        }
      }
      Thread.sleep(20);
    }
  }

  /** Collects whole messages. */
  private record Listener(BlockingQueue<String> messages, StringBuilder part)
      implements WebSocket.Listener {
    Listener(BlockingQueue<String> messages) {
      this(messages, new StringBuilder());
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        messages.add(part.toString());
        part.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }

  private JsonNode call(String method, ObjectNode parameters) throws InterruptedException {
    ObjectNode call = JsonMapper.shared().createObjectNode();
    call.put("id", ++calls).put("method", method).set("params", parameters);
    socket.sendText(call.toString(), true).join();
    while (true) {
      JsonNode answer = JsonMapper.shared().readTree(messages.take());
      if (answer.path("id").asInt(0) == calls) {
        return answer.path("result");
      }
    }
  }

  private static ObjectNode with(String key, String value) {
    return JsonMapper.shared().createObjectNode().put(key, value);
  }

  /** The value of an expression in the page, as text. */
  public String value(String expression) throws InterruptedException {
    JsonNode answer = call("Runtime.evaluate", with("expression", "String(" + expression + ")"));
    return answer.path("result").path("value").asString();
  }

  /** Comes back when an expression is true. */
  public void await(String expression) throws InterruptedException {
    while (!value(expression).equals("true")) {
      Thread.sleep(20);
    }
  }

  /** Shows the page in a window of this size, in light or dark colours. */
  public void show(int width, int height, boolean dark) throws InterruptedException {
    ObjectNode size = JsonMapper.shared().createObjectNode();
    size.put("width", width).put("height", height).put("deviceScaleFactor", 1);
    JsonNode unused = call("Emulation.setDeviceMetricsOverride", size.put("mobile", width < 500));
    ObjectNode media = JsonMapper.shared().createObjectNode();
    media
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", dark ? "dark" : "light");
    unused = call("Emulation.setEmulatedMedia", media);
  }

  /** The whole page as a PNG. */
  public byte[] picture() throws InterruptedException {
    ObjectNode how = with("format", "png").put("captureBeyondViewport", true);
    return Base64.getDecoder().decode(call("Page.captureScreenshot", how).path("data").asString());
  }

  /** Types a text where the focus is. */
  public void type(String text) throws InterruptedException {
    JsonNode unused = call("Input.insertText", with("text", text));
  }

  public void pressEnter() throws InterruptedException {
    press("Enter", 13, 0);
  }

  public void pressCtrlEnter() throws InterruptedException {
    press("Enter", 13, CTRL);
  }

  public void pressTab() throws InterruptedException {
    press("Tab", 9, 0);
  }

  /** Presses a key that means a character. */
  public void pressKey(String character) throws InterruptedException {
    for (String type : Arrays.asList("keyDown", "keyUp")) {
      ObjectNode event = with("type", type).put("key", character);
      JsonNode unused = call("Input.dispatchKeyEvent", event);
    }
  }

  /** Drags the mouse from one place of the window to another. */
  public void drag(int fromX, int fromY, int toX, int toY) throws InterruptedException {
    mouse("mousePressed", fromX, fromY);
    mouse("mouseMoved", (fromX + toX) / 2, (fromY + toY) / 2);
    mouse("mouseMoved", toX, toY);
    mouse("mouseReleased", toX, toY);
  }

  private void mouse(String type, int x, int y) throws InterruptedException {
    ObjectNode event = with("type", type).put("x", x).put("y", y).put("button", "left");
    event.put("buttons", type.equals("mouseReleased") ? 0 : 1).put("clickCount", 1);
    JsonNode unused = call("Input.dispatchMouseEvent", event);
  }

  private void press(String key, int code, int modifiers) throws InterruptedException {
    for (String type : Arrays.asList("keyDown", "keyUp")) {
      ObjectNode event = with("type", type).put("key", key).put("code", key);
      event.put("windowsVirtualKeyCode", code).put("modifiers", modifiers);
      if (type.equals("keyDown") && code == 13) {
        event.put("text", "\r");
      }
      JsonNode unused = call("Input.dispatchKeyEvent", event);
    }
  }

  /** Comes back when all its processes are gone, and write no more. */
  @Override
  public void close() {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    process.destroy();
    all.forEach(one -> one.onExit().orTimeout(30, TimeUnit.SECONDS).join());
  }
}
