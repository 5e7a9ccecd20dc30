package io.gnomon.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.config.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReviewServerTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir Path root;

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(ReviewServer server, String path) {
    return HttpRequest.newBuilder(URI.create(server.address() + path));
  }

  private static JsonNode get(ReviewServer server, String path)
      throws IOException, InterruptedException {
    HttpResponse<String> response = send(request(server, path));
    assertEquals(200, response.statusCode(), response.body());
    return JsonMapper.shared().readTree(response.body());
  }

  private static HttpResponse<String> post(ReviewServer server, String path, String body)
      throws IOException, InterruptedException {
    return send(
        request(server, path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  @Test
  void decisionsAreOnDiskWhenAnswered() throws IOException, InterruptedException {
    Reviewed set = new Reviewed(root);
    try (ReviewServer server = set.start(true)) {
      assertEquals("[2,1,0]", get(server, "/queue").path("items").toString());
      assertEquals(
          "{\"rows\":3,\"decided\":1,\"changed\":1}",
          post(server, "/decide", "{\"id\": 2, \"labels\": [\"weather\", \"money\"]}").body());
      assertEquals(
          List.of(
              "{\"row\":7,\"text\":\"a storm hits the markets\",\"id\":\"z\",\"labels\":[\"money\",\"weather\"],\"by\":\"person\"}"),
          set.gold());
      assertEquals("[1,0]", get(server, "/queue?filter=undecided").path("items").toString());
      assertEquals("[2]", get(server, "/queue?filter=changed").path("items").toString());
      assertEquals("[2]", get(server, "/queue?filter=reason:unsure").path("items").toString());
      JsonNode item = get(server, "/item?id=2");
      assertEquals("[\"money\",\"weather\"]", item.path("decided").toString());
      assertEquals("[\"money\"]", item.path("other").toString());
      assertEquals("openai:m", item.path("by").asString());
    }
  }

  @Test
  void aRestartGoesOnAndUndoes() throws IOException, InterruptedException {
    Reviewed set = new Reviewed(root);
    try (ReviewServer server = set.start(true)) {
      assertEquals(
          200, post(server, "/decide", "{\"id\":0,\"labels\":[\"weather\"]}").statusCode());
      assertEquals(200, post(server, "/decide", "{\"id\":1,\"labels\":[\"health\"]}").statusCode());
    }
    try (ReviewServer server = set.start(true)) {
      assertEquals(2, server.decided());
      assertEquals(1, get(server, "/review").path("progress").path("changed").asInt());
      assertEquals(
          "{\"id\":1,\"progress\":{\"rows\":3,\"decided\":1,\"changed\":0}}",
          post(server, "/undo", "{}").body());
      assertEquals(1, set.gold().size());
    }
  }

  @Test
  void refusesWhatCannotBeLabels() throws IOException, InterruptedException {
    Reviewed set = new Reviewed(root);
    try (ReviewServer server = set.start(false)) {
      for (String body :
          List.of(
              "{\"id\":0,\"labels\":[]}",
              "{\"id\":0,\"labels\":[\"weather\",\"money\"]}",
              "{\"id\":0,\"labels\":[\"snow\"]}",
              "{\"id\":3,\"labels\":[\"money\"]}",
              "{\"id\":\"0\",\"labels\":[\"money\"]}",
              "[]")) {
        assertEquals(422, post(server, "/decide", body).statusCode(), body);
      }
      assertEquals(400, post(server, "/decide", "{").statusCode());
      assertEquals(422, send(request(server, "/queue?filter=none")).statusCode());
      assertEquals(404, send(request(server, "/none")).statusCode());
      assertEquals(List.of(), set.gold());
    }
  }

  /** A form of another site can send no JSON; a page of another site has another origin. */
  @Test
  void refusesOtherSites() throws IOException, InterruptedException {
    Reviewed set = new Reviewed(root);
    try (ReviewServer server = set.start(true)) {
      String body = "{\"id\":0,\"labels\":[\"weather\"]}";
      for (String type : List.of("text/plain", "application/x-www-form-urlencoded")) {
        HttpRequest.Builder form = request(server, "/decide").header("Content-Type", type);
        assertEquals(415, send(form.POST(BodyPublishers.ofString(body))).statusCode(), type);
      }
      HttpRequest.Builder foreign =
          request(server, "/decide")
              .header("Content-Type", "application/json")
              .header("Origin", "http://evil.example");
      assertEquals(403, send(foreign.POST(BodyPublishers.ofString(body))).statusCode());
      assertEquals("HTTP/1.1 403 Forbidden", underAnotherName(server));
      HttpResponse<String> page = send(request(server, "/"));
      assertTrue(
          page.headers().firstValue("Content-Security-Policy").orElse("").contains("'none'"));
      assertFalse(page.headers().map().containsKey("access-control-allow-origin"));
      assertEquals(List.of(), set.gold());
    }
  }

  private static String underAnotherName(ReviewServer server) throws IOException {
    URI address = URI.create(server.address());
    try (Socket socket = new Socket(address.getHost(), address.getPort());
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      String request = "GET /review HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return in.readLine();
    }
  }

  @Test
  void aGoldSetGrowsOverSeveralLabelledSets() throws IOException, InterruptedException {
    Reviewed set = new Reviewed(root);
    String other = "{\"row\":4,\"text\":\"snow all day\",\"labels\":[\"snow\"],\"by\":\"person\"}";
    String moved = "{\"row\":9,\"text\":\"rain all day\",\"labels\":[\"money\"],\"by\":\"person\"}";
    Files.write(set.gold, List.of(other, moved));
    try (ReviewServer server = set.start(true)) {
      assertEquals(1, server.decided());
      assertEquals("[\"money\"]", get(server, "/item?id=0").path("decided").toString());
      assertEquals(
          200, post(server, "/decide", "{\"id\":0,\"labels\":[\"weather\"]}").statusCode());
    }
    assertEquals(2, set.gold().size());
    assertEquals(other, set.gold().get(0));
    assertTrue(set.gold().get(1).contains("\"weather\""));
  }

  @Test
  void refusesAGoldFileWithOtherLabels() throws IOException {
    Reviewed set = new Reviewed(root);
    Files.writeString(
        set.gold,
        "{\"row\":4,\"text\":\"rain all day\",\"labels\":[\"snow\"],\"by\":\"person\"}\n");
    assertEquals(
        set.gold
            + ":1: expected labels out of health, money, weather, found 'snow'; mend or drop the"
            + " line, or give another --gold",
        assertThrows(InputException.class, () -> set.start(true)).getMessage());
  }
}
