package io.gnomon.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.checkpoint.WholeLines;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelPartsTest {
  @TempDir Path folder;

  @Test
  void sourcesAreRead() {
    assertEquals(
        new Source.Remote(Source.Api.OLLAMA, "llama3.2:3b", URI.create("http://localhost:11434")),
        Source.of("ollama:llama3.2:3b"));
    assertEquals(
        new Source.Remote(Source.Api.OPENAI, "org/m@2", URI.create("https://h.example:8/v1")),
        Source.of("openai:org/m@2@https://h.example:8/v1"));
    assertEquals(new Source.InProcess("teachers/pocket"), Source.of("teacher:teachers/pocket"));
    assertTrue(((Source.Remote) Source.of("openai:gpt")).paid());
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "ollama:", "gpt:4", ""})
  void whatIsNoSourceIsRefused(String given) {
    InputException refused = assertThrows(InputException.class, () -> Source.of(given));
    assertEquals(
        "--with: expected ollama:MODEL, openai:MODEL@URL or teacher:PATH, found '%s'; give --with ollama:llama3.2"
            .formatted(given),
        refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openai:m@https://me:secret@h/v1",
        "openai:m@https://h/v1?key=secret",
        "openai:m@http://",
        "openai:@http://h/v1",
        "openai:m@httpx://h/v1",
        "openai:m@ftp://h/v1",
        "openai:m@http://h/ v1"
      })
  void anAddressWithMoreInItIsRefused(String given) {
    InputException refused = assertThrows(InputException.class, () -> Source.of(given));
    assertEquals(
        "--with: expected openai:MODEL@URL with an address such as http://localhost:8000/v1, without"
            + " user, query or fragment, found another; keys come from the environment, see"
            + " --key-from",
        refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "7, 7",
    "0, 0",
    "'Fri, 31 Dec 1999 23:59:59 GMT', 59",
    "'Fri, 31 Dec 1999 23:58:00 GMT', 0",
    "'Fri, 31 Dec 9999 23:59:59 GMT', 86400",
    "86401, 86400",
    "99999999999999999999, 86400"
  })
  void retryAfterIsSecondsOrADate(String header, long seconds) {
    Instant now = Instant.parse("1999-12-31T23:59:00Z");
    assertEquals(Optional.of(Duration.ofSeconds(seconds)), RetryAfter.of(header, now));
  }

  @Test
  void retryAfterMayBeNeither() {
    assertEquals(Optional.empty(), RetryAfter.of("soon", Instant.EPOCH));
  }

  /** A disk that is full takes the half of a line. */
  @Test
  void aLineThatCannotBeWrittenLeavesNoHalf() throws IOException {
    Path file = Files.writeString(folder.resolve("lines"), "one\n");
    AtomicBoolean full = new AtomicBoolean();
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, StandardOpenOption.WRITE).position(4)) {
      SeekableByteChannel disk =
          (SeekableByteChannel)
              Proxy.newProxyInstance(
                  getClass().getClassLoader(),
                  new Class<?>[] {SeekableByteChannel.class},
                  (proxy, method, arguments) -> {
                    if (full.get() && method.getName().equals("write")) {
                      channel.write(((ByteBuffer) arguments[0]).slice(0, 3));
                      throw new IOException("No space left on device");
                    }
                    return method.invoke(channel, arguments);
                  });
      WholeLines lines = new WholeLines(file, disk);
      full.set(true);
      assertThrows(InputException.class, () -> lines.append("two and more\n"));
      full.set(false);
      lines.append("three\n");
    }
    assertEquals("one\nthree\n", Files.readString(file));
  }

  @Test
  void backingOffDoublesUpToAMinute() {
    Backoff backoff = new Backoff(6, Duration.ofSeconds(1));
    for (int attempt = 0; attempt < 40; attempt++) {
      long whole = Math.min(60_000, 1000L << Math.min(attempt, 10));
      for (int question = 0; question < 5; question++) {
        long wait = backoff.before(attempt, question).toMillis();
        assertTrue(wait >= whole / 2 && wait <= whole, wait + " ms for attempt " + attempt);
      }
    }
    assertTrue(!backoff.before(3, 1).equals(backoff.before(3, 2)), "no random part");
  }

  @Test
  void aPauseHoldsForAllAndEndsWithTheJob() {
    AtomicBoolean stop = new AtomicBoolean();
    Pause pause = new Pause(stop::get);
    pause.pass();
    long start = System.nanoTime();
    pause.all(Duration.ofMillis(130));
    pause.all(Duration.ofMillis(7));
    pause.pass();
    assertTrue(System.nanoTime() - start >= 130_000_000L, "did not wait");
    pause.all(Duration.ofHours(1));
    stop.set(true);
    assertThrows(CancellationException.class, pause::pass);
    assertThrows(CancellationException.class, () -> pause.alone(Duration.ofHours(1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "''#expected JSON, found an empty answer",
        "glad#expected JSON, found glad",
        "{\"label\": glad}#expected JSON, found {\"label\": glad}",
        "{\"label\"#expected JSON, found {\"label\"",
        "{\"mood\": \"glad\"}#expected an object with 'label', found {\"mood\": \"glad\"}",
        "{\"label\": 3}#expected an object with 'label', found {\"label\": 3}",
        "{\"label\": []}#'expected one label, found 0'",
        "{\"label\": [\"sad\", \"glad\"]}#'expected one label, found 2'",
        "{\"label\": \"gladly\"}#'expected labels of the list, found ''gladly'''"
      })
  void whatIsNoAnswerIsToldWhy(String answer, String cause) {
    assertEquals(new Verdict.Outside(cause), new AnswerParser(Labelling.moods()).of(answer));
  }

  @Test
  void numbersOfLabelsFitTheTask() {
    LabelList topics = Labelling.topics();
    LabelList any = LabelList.of(Labelling.task(topics), null, null);
    assertEquals(1, any.least());
    assertEquals(5, any.most());
    assertEquals(topics, LabelList.of(Labelling.task(topics), 2, 3));
    assertEquals(
        "--least, --most: expected 1 or more, and no more than the 5 labels of task t, found 3 and"
            + " 2; give --least 1 --most 5",
        assertThrows(InputException.class, () -> LabelList.of(Labelling.task(topics), 3, 2))
            .getMessage());
    assertEquals(
        "--least, --most: expected 1 or more, and no more than the one label that a text of task t"
            + " has, found 1 and 2; give neither",
        assertThrows(
                InputException.class,
                () -> LabelList.of(Labelling.task(Labelling.moods()), null, 2))
            .getMessage());
  }
}
