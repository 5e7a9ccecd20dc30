package io.gnomon.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.config.InputException;
import io.gnomon.label.FakeServer.Act;
import io.gnomon.serve.bulk.Answer;
import io.gnomon.serve.bulk.Refusal;
import io.gnomon.serve.bulk.Reply;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a server may do wrong, and what becomes of the texts then. */
class MisbehavingServerTest {
  private static final String GLAD = "{\"label\": \"glad\"}";

  @TempDir Path folder;

  private static List<String> labels(Reply reply) {
    return ((Answer) reply).tagging().labels();
  }

  private static String cause(Reply reply) {
    return ((Refusal) reply).cause();
  }

  private List<JsonNode> kept(Labelling labelling) throws IOException {
    return Files.readAllLines(labelling.answers()).stream()
        .skip(1)
        .map(JsonMapper.shared()::readTree)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bothInterfacesAreSpoken(boolean openAi) throws IOException {
    try (FakeServer server =
        FakeServer.start((question, time) -> new Act.Say(FakeServer.obedient(question)))) {
      Labelling labelling =
          Labelling.of(folder, openAi ? server.openAi() : server.ollama()).secret("k-17");
      List<Reply> replies = labelling.label("one", "two", "one", "three");
      assertEquals(4, replies.size());
      assertEquals(replies.get(0), replies.get(2));
      assertEquals(Map.of("one", 1, "three", 1, "two", 1), server.times());
      FakeServer.Asked asked = server.asked().get(0);
      assertEquals("Bearer k-17", asked.authorization());
      assertEquals(
          "{\"type\":\"string\",\"enum\":[\"glad\",\"sad\",\"Mixed Up\"]}",
          asked.schema().at("/properties/label").toString());
      assertTrue(
          asked.system().contains("- glad: happy, merry\n- sad\n- Mixed Up: both\n"),
          asked::system);
      Answer first = (Answer) replies.get(0);
      assertEquals(openAi ? "openai:fake-1" : "ollama:fake:1b", first.by());
      assertEquals(33, labelling.tally().tokensIn());
      assertEquals(15, labelling.tally().tokensOut());
      JsonNode line = kept(labelling).get(0);
      assertEquals("fake-1", line.path("model").asString());
      assertEquals(1, line.path("labels").size());
    }
  }

  /** Every trouble at once, several texts at a time: each text has its labels, in its place. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nothingIsLost(boolean several) {
    String[] texts = IntStream.range(0, 60).mapToObj(i -> "post " + i * 31).toArray(String[]::new);
    LabelList list = several ? Labelling.topics() : Labelling.moods();
    List<Reply> expected;
    try (FakeServer kind =
        FakeServer.start((question, time) -> new Act.Say(FakeServer.obedient(question)))) {
      expected = Labelling.of(folder.resolve("kind"), kind.openAi()).list(list).label(texts);
    }
    try (FakeServer server = FakeServer.start(FakeServer::trying)) {
      Labelling labelling = Labelling.of(folder, server.openAi()).list(list).parallel(7).retries(5);
      List<Reply> replies = labelling.label(texts);
      assertEquals(expected, replies);
      assertTrue(server.mostAtOnce() <= 7, () -> "at once: " + server.mostAtOnce());
      assertTrue(server.mostAtOnce() > 1, () -> "at once: " + server.mostAtOnce());
      assertTrue(
          labelling
              .tally()
              .troubles()
              .keySet()
              .containsAll(List.of("429", "500", "connection", "unreadable")),
          () -> labelling.tally().troubles().toString());
      assertTrue(server.times().values().stream().allMatch(times -> times <= 2));
      assertTrue(labelling.tally().answers() > 60, "no answer was asked for again");
    }
  }

  @Test
  void retryAfterIsHeeded() {
    long[] at = new long[2];
    try (FakeServer server =
        FakeServer.start(
            (question, time) -> {
              at[time] = System.nanoTime();
              return time > 0 ? new Act.Say(GLAD) : new Act.Refuse(429, "1", "");
            })) {
      List<Reply> replies = Labelling.of(folder, server.openAi()).label("a");
      assertEquals(List.of("glad"), labels(replies.get(0)));
      assertTrue(at[1] - at[0] >= 1_000_000_000L, "asked again too soon");
    }
  }

  @Test
  void anInventedLabelIsAskedAgainThenSetAside() throws IOException {
    try (FakeServer server =
        FakeServer.start(
            (question, time) ->
                new Act.Say(
                    question.text().equals("good") && question.corrections() == 1
                        ? "```json\n{\"label\": \" mixed up\"}\n```"
                        : "{\"label\": \"odd\"}"))) {
      Labelling labelling = Labelling.of(folder, server.openAi()).parallel(1);
      List<Reply> replies = labelling.label("good", "bad", " ");
      assertEquals(List.of("Mixed Up"), labels(replies.get(0)));
      assertEquals(
          "expected labels of the list, found 'odd', in the last of 3 answers",
          cause(replies.get(1)));
      assertEquals("expected a text, found an empty one", cause(replies.get(2)));
      assertEquals(Map.of("bad", 3, "good", 2), server.times());
      assertEquals(5, kept(labelling).size());
      assertEquals("{\"label\": \"odd\"}", kept(labelling).get(0).path("answer").asString());
      assertEquals(
          "expected labels of the list, found 'odd'",
          kept(labelling).get(0).path("refused").asString());
      // One that goes on counts those three, one that begins anew does not; neither asks of 'good'.
      labelling.resumed().label("good", "bad");
      assertEquals(Map.of("bad", 3, "good", 2), server.times());
      Labelling.of(folder, server.openAi()).label("good", "bad");
      assertEquals(Map.of("bad", 6, "good", 2), server.times());
    }
  }

  @Test
  void theNumberOfLabelsIsHeld() {
    try (FakeServer server =
        FakeServer.start(
            (question, time) ->
                new Act.Say(
                    switch (question.corrections()) {
                      case 0 -> "{\"labels\": [\"art\", \"art\"]}";
                      case 1 -> "{\"labels\": [\"art\", \"food\", \"music\", \"sports\"]}";
                      default -> "<think>{art}?</think> {\"labels\": [\"sports\", \"art\"]}";
                    }))) {
      Labelling labelling = Labelling.of(folder, server.ollama()).list(Labelling.topics());
      assertEquals(List.of("sports", "art"), labels(labelling.label("x").get(0)));
      assertEquals(
          "{\"type\":\"array\",\"items\":{\"type\":\"string\",\"enum\":[\"art\",\"food\",\"health\","
              + "\"music\",\"sports\"]},\"minItems\":2,\"maxItems\":3}",
          server.asked().get(0).schema().at("/properties/labels").toString());
    }
  }

  @Test
  void aServerWithoutSchemasIsAskedInWords() {
    try (FakeServer server =
        FakeServer.start(
            (question, time) ->
                question.schema().isMissingNode()
                    ? new Act.Say("The answer: " + GLAD)
                    : new Act.Refuse(400, "", "response_format is not supported"))) {
      Labelling labelling = Labelling.of(folder, server.openAi()).parallel(1);
      List<Reply> replies = labelling.label("a", "b", "c");
      assertTrue(replies.stream().allMatch(reply -> labels(reply).equals(List.of("glad"))));
      assertEquals(Map.of("a", 2, "b", 1, "c", 1), server.times());
      assertEquals(
          List.of(
              "the server refuses a JSON schema, and is asked in words alone from here on: 400"
                  + " response_format is not supported"),
          labelling.notes());
    }
  }

  @Test
  void aTextThatIsRefusedForGoodIsSetAside() {
    try (FakeServer server =
        FakeServer.start(
            (question, time) ->
                switch (question.text()) {
                  case "long" -> new Act.Refuse(413, "", "too long");
                  case "broken" -> new Act.Refuse(503, "", "crash");
                  default -> new Act.Say(GLAD);
                })) {
      List<Reply> replies =
          Labelling.of(folder, server.openAi()).parallel(1).label("long", "broken", "c");
      assertEquals("expected an answer, found 413 too long", cause(replies.get(0)));
      assertEquals("expected an answer, found 503 crash", cause(replies.get(1)));
      assertEquals(List.of("glad"), labels(replies.get(2)));
      assertEquals(Map.of("broken", 3, "c", 1, "long", 1), server.times());
    }
  }

  /** However many they are, and wherever they stand. */
  @ParameterizedTest
  @CsvSource({"400, 1", "413, 3", "422, 3"})
  void textsThatAreRefusedForGoodDoNotEndTheJob(int status, int parallel) {
    try (FakeServer server =
        FakeServer.start(
            (question, time) ->
                question.text().startsWith("bad")
                    ? new Act.Refuse(status, "", "content filter")
                    : new Act.Say(GLAD))) {
      String[] texts = {"bad 1", "bad 2", "bad 3", "bad 4", "bad 5", "c", "d"};
      Labelling labelling = Labelling.of(folder, server.openAi()).parallel(parallel);
      assertSetAside(status, labelling.label(texts));
      assertEquals(5, labelling.tally().aside());
      assertSetAside(status, labelling.resumed().label(texts));
      assertSetAside(status, Labelling.of(folder, server.openAi()).label(texts));
      assertEquals(1, server.times().get("c"));
      // asked about once at most, to see that it is the texts: an answer from before says so too
      assertTrue(server.times().getOrDefault("Good morning.", 0) <= 1, server.times()::toString);
    }
  }

  private static void assertSetAside(int status, List<Reply> replies) {
    for (Reply reply : replies.subList(0, 5)) {
      assertEquals("expected an answer, found " + status + " content filter", cause(reply));
    }
    assertEquals(List.of("glad"), labels(replies.get(5)));
    assertEquals(List.of("glad"), labels(replies.get(6)));
  }

  @Test
  void aServerThatRefusesWhateverItIsAskedEndsTheJob() {
    try (FakeServer server =
        FakeServer.start((question, time) -> new Act.Refuse(422, "", "no such option"))) {
      Labelling labelling = Labelling.of(folder, server.openAi()).parallel(1);
      InputException ended =
          assertThrows(InputException.class, () -> labelling.label("a", "b", "c", "d", "e"));
      String message = String.valueOf(ended.getMessage());
      assertTrue(message.contains("found 422 no such option"), message);
      assertEquals(Set.of("Good morning.", "a", "b", "c"), server.times().keySet());
    }
  }

  @Test
  void anAccountWithoutCreditEndsTheJob() {
    try (FakeServer server =
        FakeServer.start((question, time) -> new Act.Refuse(402, "", "no credit"))) {
      Labelling labelling = Labelling.of(folder, server.openAi()).parallel(1);
      InputException ended = assertThrows(InputException.class, () -> labelling.label("a", "b"));
      assertEquals(
          "openai:fake-1 at %s/v1: expected an answer, found 402 no credit; give the account credit, then the same command with --resume goes on"
              .formatted(server.url()),
          ended.getMessage());
      assertEquals(Map.of("a", 1), server.times());
    }
  }

  @Test
  void aSlowServerIsTimedOut() {
    try (FakeServer server =
        FakeServer.start(
            (question, time) -> time == 0 ? new Act.Slow(GLAD, 60_000) : new Act.Say(GLAD))) {
      // A machine that is busy may miss it more than once.
      Labelling labelling =
          Labelling.of(folder, server.openAi()).timeout(Duration.ofSeconds(1)).retries(20);
      assertEquals(List.of("glad"), labels(labelling.label("a").get(0)));
      assertEquals(Set.of("timeout"), labelling.tally().troubles().keySet());
    }
  }

  @Test
  void aServerThatIsGoneEndsTheJobAndItGoesOnLater() {
    boolean[] gone = {false};
    try (FakeServer server =
        FakeServer.start(
            (question, time) -> gone[0] ? new Act.Refuse(500, "", "down") : new Act.Say(GLAD))) {
      Labelling labelling = Labelling.of(folder, server.openAi()).parallel(1);
      labelling.label("a", "b");
      gone[0] = true;
      InputException ended =
          assertThrows(
              InputException.class, () -> labelling.label("a", "b", "c", "d", "e", "f", "g"));
      assertEquals(
          "openai:fake-1 at %s/v1: expected an answer, found 500 down; see that the server runs and speaks this interface, then the same command with --resume goes on"
              .formatted(server.url()),
          ended.getMessage());
      assertFalse(server.times().containsKey("f"));
      gone[0] = false;
      assertEquals(7, labelling.label("a", "b", "c", "d", "e", "f", "g").size());
      assertEquals(1, server.times().get("a"));
      assertEquals(1, server.times().get("f"));
    }
  }

  @Test
  void aKeyIsWrittenNowhere() throws IOException {
    String key = "sk-verysecret-29";
    try (FakeServer server =
        FakeServer.start(
            (question, time) ->
                question.text().equals("stop")
                    ? new Act.Refuse(401, "", "wrong key: " + question.authorization())
                    : new Act.Say("{\"label\": \"glad\", \"by\": \"" + key + "\"}"))) {
      Labelling labelling = Labelling.of(folder, server.openAi()).secret(key).parallel(1);
      InputException refused =
          assertThrows(InputException.class, () -> labelling.label("a", "stop", "b"));
      assertEquals(
          "openai:fake-1 at %s/v1: expected an answer, found 401 wrong key: Bearer ***; give the right key in the variable that --key-from names, then the same command with --resume goes on"
              .formatted(server.url()),
          refused.getMessage());
      assertEquals(Map.of("a", 1, "stop", 1), server.times());
      StringWriter trace = new StringWriter(); // as --debug prints it
      refused.printStackTrace(new PrintWriter(trace, true));
      assertFalse(trace.toString().contains(key), trace::toString);
      assertTrue(trace.toString().contains("HttpRefusal: wrong key: Bearer ***"), trace::toString);
      String file = Files.readString(labelling.answers());
      assertFalse(file.contains(key), file);
      assertTrue(file.contains("***"), file);
    }
  }

  @Test
  void aJobThatIsStoppedKeepsItsAnswers() {
    try (FakeServer server =
        FakeServer.start((question, time) -> new Act.Slow(FakeServer.obedient(question), 20))) {
      String[] texts = IntStream.range(0, 40).mapToObj(i -> "post " + i).toArray(String[]::new);
      Labelling labelling = Labelling.of(folder, server.openAi()).stopAfter(5);
      assertThrows(CancellationException.class, () -> labelling.label(texts));
      assertTrue(server.times().size() < 12, () -> "asked " + server.times().size());
      Labelling.of(folder, server.openAi()).resumed().label(texts);
      assertEquals(40, server.times().size());
      assertTrue(server.times().values().stream().allMatch(times -> times == 1));
    }
  }

  @Test
  void anotherQuestionIsNotMixedIn() throws IOException {
    try (FakeServer server = FakeServer.start((question, time) -> new Act.Say(GLAD))) {
      Labelling labelling = Labelling.of(folder, server.openAi());
      labelling.label("a");
      InputException mixed =
          assertThrows(InputException.class, () -> labelling.list(Labelling.topics()).label("a"));
      assertEquals(
          labelling.answers()
              + ": expected answers to the same question, found labels: glad, sad, Mixed Up, where"
              + " art, food, health, music, sports is asked for; give another --out, or move the"
              + " file away to ask anew",
          mixed.getMessage());
      Files.writeString(labelling.answers(), "a diary");
      InputException foreign = assertThrows(InputException.class, () -> labelling.label("a"));
      assertEquals(
          labelling.answers()
              + ":1: expected a line of kept answers, found another; mend or drop the line, or move"
              + " the file away to ask anew",
          foreign.getMessage());
      assertEquals("a diary", Files.readString(labelling.answers()));
    }
  }

  /** What a process killed while it wrote a line leaves behind is no answer. */
  @Test
  void aTornLineIsCutOff() throws IOException {
    try (FakeServer server = FakeServer.start((question, time) -> new Act.Say(GLAD))) {
      Labelling labelling = Labelling.of(folder, server.openAi()).parallel(1);
      labelling.label("a", "b");
      byte[] whole = Files.readAllBytes(labelling.answers());
      Files.write(labelling.answers(), Arrays.copyOf(whole, whole.length - 9));
      assertEquals(2, labelling.label("a", "b").size());
      assertEquals(Map.of("a", 1, "b", 2), server.times());
      assertEquals(3, Files.readAllLines(labelling.answers()).size());
    }
  }
}
