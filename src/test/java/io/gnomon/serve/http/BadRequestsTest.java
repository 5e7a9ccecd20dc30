package io.gnomon.serve.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each request that cannot be answered has its status, and says where, what and how to mend it. */
class BadRequestsTest {
  private static final String JSON = "application/json";
  private static final String EXAMPLE = "; send {\"text\": \"…\"} or {\"texts\": [\"…\"]}";
  private static final String MEND = "; mend it there, or have a library write it";
  private static final String LEAVE_OUT = "; mend it, or leave it out";
  private static final String QUOTES = "; put the text in quotes";
  private static final String POST = "; texts go to /tag, by POST";
  private static final String SEND_TYPE = "; send the header with the request";

  private static final TagServer SERVER =
      TagServer.start(
          new FakeModel(),
          new ServerOptions(
              "127.0.0.1", 0, Duration.ofMillis(1), 2, 7, new ServerOptions.Limits(5, 16, 1000)));

  private static final Client CLIENT = new Client(SERVER.address());

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  /** The message in a refusal; its parts must be those of the message. */
  static String message(HttpResponse<String> response) {
    JsonNode error = JsonMapper.shared().readTree(response.body()).path("error");
    assertEquals(response.statusCode(), error.path("status").asInt());
    String message = error.path("message").asString();
    assertEquals(
        message,
        "%s: expected %s, found %s; %s"
            .formatted(
                error.path("where").asString(),
                error.path("expected").asString(),
                error.path("found").asString(),
                error.path("fix").asString()));
    return message;
  }

  private static void check(int status, String message, HttpResponse<String> response) {
    assertEquals(message, message(response));
    assertEquals(status, response.statusCode());
    assertEquals(JSON, response.headers().firstValue("Content-Type").orElse(""));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /tag, 405, '/tag: expected POST, found GET', POST",
    "PUT, /tag, 405, '/tag: expected POST, found PUT', POST",
    "DELETE, /tag, 405, '/tag: expected POST, found DELETE', POST",
    "OPTIONS, /tag, 405, '/tag: expected POST, found OPTIONS', POST",
    "POST, /, 405, '/: expected GET, found POST', GET",
    "POST, /metrics, 405, '/metrics: expected GET, found POST', GET",
    "POST, /tags, 404, 'path: expected /tag, /health, /metrics or /, found /tags', ''",
    "POST, /tag/, 404, 'path: expected /tag, /health, /metrics or /, found /tag/', ''",
    "GET, /a%0Ab, 404, 'path: expected /tag, /health, /metrics or /, found /a%0Ab', ''",
  })
  void methodsAndPaths(String method, String path, int status, String message, String allowed) {
    HttpResponse<String> response =
        CLIENT.send(method, path, JSON, BodyPublishers.ofString("{\"text\": \"a\"}"));
    check(status, message + POST, response);
    assertEquals(allowed, response.headers().firstValue("Allow").orElse(""));
  }

  @ParameterizedTest
  @CsvSource({
    "'', none",
    "text/plain, text/plain",
    "application/x-www-form-urlencoded, application/x-www-form-urlencoded",
    "application/jsonx, application/jsonx",
    "application/json; charset=latin1, application/json; charset=latin1",
  })
  void contentTypes(String type, String found) {
    check(
        415,
        "Content-Type: expected application/json in UTF-8, found " + found + SEND_TYPE,
        CLIENT.send("POST", "/tag", type, BodyPublishers.ofString("{\"text\": \"a\"}")));
  }

  @ParameterizedTest
  @CsvSource({"application/json; charset=utf-8", "Application/JSON;charset=\"UTF-8\""})
  void otherSpellingsOfTheRightTypeWillDo(String type) {
    assertEquals(
        200,
        CLIENT
            .send("POST", "/tag", type, BodyPublishers.ofString("{\"text\": \"a\"}"))
            .statusCode());
  }

  @Test
  void aCompressedBody() {
    HttpRequest request =
        CLIENT
            .request("/tag")
            .header("Content-Type", JSON)
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(new byte[] {31, -117}))
            .build();
    check(
        415,
        "Content-Encoding: expected none, found gzip; send the body as it is",
        CLIENT.send(request).join());
  }

  /** Body, status, message. */
  static Stream<Arguments> bodies() {
    return Stream.of(
        Arguments.of("", 400, "body: expected a JSON object, found nothing" + EXAMPLE),
        Arguments.of("  \n", 400, "body: expected a JSON object, found nothing" + EXAMPLE),
        broken("{\"text\": \"a\"", 13, "unexpected end-of-input"),
        broken("{\"text\": a}", 10, "unrecognized token 'a'"),
        broken("{'text': \"a\"}", 2, "unexpected character (''' (code 39))"),
        broken("{\"text\": \"a\",}", 14, "unexpected character ('}' (code 125))"),
        broken("{\"text\":\"a\"} x", 14, "unrecognized token 'x'"),
        broken("{\"text\":\"a\"}{}", 13, "trailing token (`JsonToken.START_OBJECT`)…"),
        broken("{\"text\":\"a\",\"text\":\"b\"}", 19, "duplicate Object property \"text\""),
        broken("text=hello", 1, "unrecognized token 'text'"),
        invalid("[\"a\"]", "body: expected an object, found a list" + EXAMPLE),
        invalid("\"a\"", "body: expected an object, found \"a\"" + EXAMPLE),
        invalid("null", "body: expected an object, found null" + EXAMPLE),
        invalid("{}", "body: expected text or texts, found neither" + EXAMPLE),
        invalid("{\"top_k\": 2}", "body: expected text or texts, found neither" + EXAMPLE),
        invalid(
            "{\"text\": \"a\", \"texts\": [\"b\"]}",
            "body: expected text or texts, found both" + EXAMPLE),
        invalid(
            "{\"tekst\": \"a\"}",
            "tekst: expected one of the keys text, texts, top_k, threshold, found another"
                + LEAVE_OUT),
        invalid("{\"text\": 5}", "text: expected a string, found 5" + QUOTES),
        invalid("{\"text\": null}", "text: expected a string, found null" + QUOTES),
        invalid("{\"text\": {\"a\": 1}}", "text: expected a string, found an object" + QUOTES),
        invalid(
            "{\"text\": \"\\ud83d\"}",
            "text: expected Unicode text, found half a surrogate pair; send whole characters"),
        Arguments.of(
            "{\"text\": \"12345678901234567\"}",
            413,
            "text: expected at most 16 characters, found 17; cut it: only its beginning is read"),
        invalid(
            "{\"texts\": \"a\"}",
            "texts: expected a list of strings, found \"a\"; put it in [ ], or call it text"),
        invalid("{\"texts\": []}", "texts: expected at least one string, found none" + EXAMPLE),
        invalid("{\"texts\": [\"a\", true]}", "texts[1]: expected a string, found true" + QUOTES),
        Arguments.of(
            "{\"texts\": [\"a\", \"b\", \"12345678901234567\"]}",
            413,
            "texts[2]: expected at most 16 characters, found 17; cut it: only its beginning is"
                + " read"),
        Arguments.of(
            "{\"texts\": [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\"]}",
            413,
            "texts: expected at most 5, found 6; send them in several requests"),
        top("0", "0"),
        top("-3", "-3"),
        top("1.5", "1.5"),
        top("\"2\"", "\"2\""),
        top("3000000000", "3000000000"),
        threshold("-0.1", "-0.1"),
        threshold("1.5", "1.5"),
        threshold("\"high\"", "\"high\""),
        threshold("[0.5]", "a list"),
        invalid(
            "{\"text\": \"a\", \"threshold\": {\"joy\": 0.5}}",
            "threshold.joy: expected one of the labels long, dull, odd, found another" + LEAVE_OUT),
        invalid(
            "{\"text\": \"a\", \"threshold\": {\"odd\": 2}}",
            "threshold.odd: expected a probability from 0 to 1, found 2" + LEAVE_OUT));
  }

  private static Arguments broken(String body, int column, String found) {
    return Arguments.of(
        body, 400, "body, line 1, column " + column + ": expected JSON, found " + found + MEND);
  }

  private static Arguments invalid(String body, String message) {
    return Arguments.of(body, 422, message);
  }

  private static Arguments top(String value, String found) {
    return invalid(
        "{\"text\": \"a\", \"top_k\": " + value + "}",
        "top_k: expected a whole number of at least 1, found " + found + LEAVE_OUT);
  }

  private static Arguments threshold(String value, String found) {
    return invalid(
        "{\"text\": \"a\", \"threshold\": " + value + "}",
        "threshold: expected a probability from 0 to 1, or an object of label and probability,"
            + " found "
            + found
            + LEAVE_OUT);
  }

  @ParameterizedTest
  @MethodSource
  void bodies(String body, int status, String message) {
    check(status, message, CLIENT.send("POST", "/tag", JSON, BodyPublishers.ofString(body)));
  }

  @Test
  void aBodyInAnotherEncoding() {
    byte[] latin = "{\"text\": \"café\"}".getBytes(ISO_8859_1);
    check(
        400,
        "body, byte 14: expected UTF-8, found another encoding; send the body in UTF-8",
        CLIENT.send("POST", "/tag", JSON, BodyPublishers.ofByteArray(latin)));
  }

  /** With its length said before, and without. */
  @Test
  void aBodyThatIsTooLarge() {
    byte[] large = "{\"text\": \"%s\"}".formatted("a".repeat(3_000_000)).getBytes(ISO_8859_1);
    String message = "body: expected at most 1000 bytes, found more; send fewer texts a request";
    check(413, message, CLIENT.send("POST", "/tag", JSON, BodyPublishers.ofByteArray(large)));
    check(
        413,
        message,
        CLIENT.send(
            "POST",
            "/tag",
            JSON,
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))));
  }
}
