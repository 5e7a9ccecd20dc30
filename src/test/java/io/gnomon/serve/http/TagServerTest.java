package io.gnomon.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.Messages;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TagServerTest {
  private final FakeModel model = new FakeModel();
  private final TagServer server = TagServer.start(model, options(0, 2, 7));
  private final Client client = new Client(server.address());

  private static ServerOptions options(int port, int batch, int queue) {
    ServerOptions.Limits limits = new ServerOptions.Limits(5, 16, 1000);
    return new ServerOptions("127.0.0.1", port, Duration.ofMillis(1), batch, queue, limits);
  }

  @AfterEach
  void stop() {
    model.goOn();
    server.close();
  }

  private HttpResponse<String> tag(String json) {
    return client.tag(json).join();
  }

  private String tagged(String json) {
    HttpResponse<String> response = tag(json);
    assertEquals(200, response.statusCode(), response::body);
    assertEquals("application/json", response.headers().firstValue("Content-Type").orElse(""));
    return response.body();
  }

  @Test
  void oneTextHasOneAnswer() {
    assertEquals(
        "{\"labels\":[\"long\",\"dull\"],\"probabilities\":{\"long\":0.8125}}",
        tagged("{\"text\": \"as long as it\"}"));
    assertEquals(
        "{\"labels\":[\"dull\"],\"probabilities\":{\"long\":0.0}}", tagged("{\"text\": \"\"}"));
  }

  @Test
  void manyTextsAreAnsweredInTheirOrder() {
    assertEquals(
        "{\"results\":[{\"labels\":[\"dull\"],\"probabilities\":{\"long\":0.125}},"
            + "{\"labels\":[\"long\",\"dull\"],\"probabilities\":{\"long\":0.5}},"
            + "{\"labels\":[\"dull\"],\"probabilities\":{\"long\":0.0625}}]}",
        tagged("{\"texts\": [\"ab\", \"abcdefgh\", \"é\"]}"));
  }

  @Test
  void aRequestHasOptionsOfItsOwn() {
    assertTrue(
        tagged("{\"text\": \"abcdefgh\", \"top_k\": 1}").startsWith("{\"labels\":[\"long\"],"));
    assertTrue(tagged("{\"text\": \"ab\", \"threshold\": 0.51}").startsWith("{\"labels\":[],"));
    assertTrue(
        tagged("{\"text\": \"ab\", \"threshold\": {\"long\": 0.125, \"odd\": 0}, \"top_k\": 9}")
            .startsWith("{\"labels\":[\"long\",\"dull\",\"odd\"],"));
  }

  @Test
  void overloadIsRefusedAndWhatWasTakenIsAnswered() {
    CompletableFuture<HttpResponse<String>> busy = client.tag("{\"text\": \"wait\"}");
    model.awaitWork();
    List<CompletableFuture<HttpResponse<String>>> rest =
        IntStream.range(0, 9).mapToObj(i -> client.tag("{\"text\": \"a\"}")).toList();
    HttpResponse<String> refused = firstDone(rest);
    assertEquals(429, refused.statusCode());
    assertEquals("1", refused.headers().firstValue("Retry-After").orElse(""));
    assertEquals(
        "queue: expected room for 1 of 7 texts, found others waiting; send it again in a second, or"
            + " fewer at once",
        BadRequestsTest.message(refused));
    await("gnomon_queue_texts 7");
    model.goOn();
    assertEquals(200, busy.join().statusCode());
    List<Integer> statuses = rest.stream().map(call -> call.join().statusCode()).sorted().toList();
    assertEquals(List.of(200, 200, 200, 200, 200, 200, 200, 429, 429), statuses);
    assertTrue(metrics().contains("gnomon_requests_total{path=\"/tag\",status=\"429\"} 2\n"));
    assertTrue(metrics().contains("gnomon_queue_texts 0\n"));
  }

  private static <T> T firstDone(List<CompletableFuture<T>> calls) {
    while (calls.stream().noneMatch(CompletableFuture::isDone)) {
      Thread.onSpinWait();
    }
    return calls.stream().filter(CompletableFuture::isDone).findFirst().orElseThrow().join();
  }

  private String metrics() {
    return client.get("/metrics").body();
  }

  /** Comes back when the metrics have a line. */
  private void await(String line) {
    while (!metrics().contains(line + "\n")) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aFailureOfTheModelFailsItsRequestsAlone() {
    HttpResponse<String> failed = tag("{\"text\": \"fail\"}");
    assertEquals(500, failed.statusCode());
    assertEquals(
        "/tag: expected an answer, found a failure in the server; see what the server printed",
        BadRequestsTest.message(failed));
    assertEquals(200, tag("{\"text\": \"a\"}").statusCode());
  }

  @Test
  void stoppingAnswersWhatIsQueuedAndTakesNoMore() {
    CompletableFuture<HttpResponse<String>> working = client.tag("{\"text\": \"wait\"}");
    model.awaitWork();
    CompletableFuture<HttpResponse<String>> queued = client.tag("{\"texts\": [\"a\", \"b\"]}");
    await("gnomon_queue_texts 2");
    CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
    while (client.get("/health").statusCode() == 200) {
      Thread.onSpinWait();
    }
    assertTrue(client.get("/health").body().startsWith("{\"status\":\"stopping\","));
    HttpResponse<String> late = tag("{\"text\": \"a\"}");
    assertEquals(503, late.statusCode());
    assertEquals(
        "/tag: expected a server at work, found one that is stopping; ask another",
        BadRequestsTest.message(late));
    assertFalse(closing.isDone());
    model.goOn();
    closing.join();
    assertEquals(200, working.join().statusCode());
    assertEquals(200, queued.join().statusCode());
    Throwable gone = assertThrows(CompletionException.class, () -> client.get("/health"));
    assertInstanceOf(IOException.class, gone.getCause());
  }

  @Test
  void healthSaysWhatIsServed() {
    HttpResponse<String> health = client.get("/health");
    assertEquals(200, health.statusCode());
    assertEquals(
        "{\"status\":\"ok\",\"task\":\"lengths\",\"type\":\"multi-label\","
            + "\"labels\":[\"long\",\"dull\",\"odd\"],\"max_length\":23,\"precision\":\"fp32\"}",
        health.body());
  }

  @Test
  void metricsCountWhatWasAsked() {
    tagged("{\"texts\": [\"a\", \"b\", \"c\"]}");
    tag("{\"text\": 5}");
    client.get("/nowhere");
    HttpResponse<String> metrics = client.get("/metrics");
    assertEquals(
        "text/plain; version=0.0.4; charset=utf-8",
        metrics.headers().firstValue("Content-Type").orElse("").replaceAll("; *", "; "));
    List<String> lines = metrics.body().lines().toList();
    for (String line :
        List.of(
            "gnomon_requests_total{path=\"/tag\",status=\"200\"} 1",
            "gnomon_requests_total{path=\"/tag\",status=\"422\"} 1",
            "gnomon_requests_total{path=\"other\",status=\"404\"} 1",
            "gnomon_texts_total 3",
            "gnomon_queue_limit_texts 7",
            "gnomon_batch_texts_sum 3.0",
            "gnomon_request_seconds_count 2")) {
      assertTrue(lines.contains(line), () -> line + " is not in " + metrics.body());
    }
  }

  @Test
  void thePageNeedsNothingElse() {
    HttpResponse<String> page = client.get("/");
    assertEquals(200, page.statusCode());
    assertTrue(page.body().startsWith("<!doctype html>"));
    assertTrue(
        page.headers()
            .firstValue("Content-Security-Policy")
            .orElse("")
            .startsWith("default-src 'none';"));
    assertFalse(page.body().contains("://"), "names another place");
  }

  @Test
  void aPortInUseIsNamed() {
    int port = Integer.parseInt(server.address().replaceAll(".*:", ""));
    assertEquals(
        "127.0.0.1:"
            + port
            + ": expected an address and a free port of this machine, found: Address already in use;"
            + " give another --port (0 takes any that is free), or mend --host",
        Messages.of(InputException.class, () -> TagServer.start(model, options(port, 2, 7))));
  }

  @Test
  void optionsOutOfRangeAreNamed() {
    assertEquals(
        "--port: expected 0 to 65535, found 65536; give 0 for any that is free",
        Messages.of(InputException.class, () -> options(65536, 2, 7)));
    assertEquals(
        "--batch: expected 1 or more, found 0; give 64",
        Messages.of(InputException.class, () -> options(0, 0, 7)));
    assertEquals(
        "--queue: expected at least the 5 texts of --max-texts, found 3; give more, or lower"
            + " --max-texts",
        Messages.of(InputException.class, () -> options(0, 2, 3)));
  }
}
