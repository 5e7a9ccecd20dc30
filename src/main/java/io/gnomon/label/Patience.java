package io.gnomon.label;

import dev.langchain4j.data.message.ChatMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A question asked until it is answered, as long as there is hope. */
final class Patience {
  private static final Duration WORTH_TELLING = Duration.ofSeconds(10);

  private final ChatServer server;
  private final Backoff backoff;
  private final Pause pause;
  private final LabelListener listener;
  private final Tally tally;
  private final AtomicLong questions = new AtomicLong();

  Patience(ChatServer server, Backoff backoff, Pause pause, LabelListener listener, Tally tally) {
    this.server = server;
    this.backoff = backoff;
    this.pause = pause;
    this.listener = listener;
    this.tally = tally;
  }

  /**
   * Asks, and asks again.
   *
   * @throws AskingException what went wrong the last time
   */
  RawAnswer ask(List<ChatMessage> messages) throws AskingException {
    long question = questions.getAndIncrement();
    for (int attempt = 0; ; attempt++) {
      pause.pass();
      try {
        return server.ask(messages);
      } catch (AskingException e) {
        if (e.trouble().kind() != Trouble.Kind.PASSING || attempt == backoff.retries()) {
          throw e;
        }
        tally.countTrouble(e.trouble().name());
        await(e.trouble(), backoff.before(attempt, question));
      }
    }
  }

  /** What the server asks for holds for all questions; without that, each waits by itself. */
  private void await(Trouble trouble, Duration own) {
    Duration asked = trouble.retryAfter();
    if (asked != null) {
      if (asked.compareTo(WORTH_TELLING) >= 0) {
        listener.waiting(asked, trouble.cause());
      }
      pause.all(asked);
    }
    pause.alone(own);
  }
}
