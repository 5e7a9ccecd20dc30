package io.gnomon.label;

import io.gnomon.config.InputException;
import io.gnomon.serve.bulk.Refusal;
import io.gnomon.serve.bulk.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Asks a remote model, several texts at a time. A failure that may pass is met with patience; a
 * text that stays without an answer is left aside with the cause. The job ends, to go on later,
 * where the server is gone, or refuses whatever it is asked: a text that nobody minds tells that
 * apart from texts that it refuses.
 */
public final class RemoteAsker implements Asker {
  /** Texts left aside one after the other, no answer between, that mean the server is gone. */
  private static final int GONE = 3;

  private static final String HARMLESS = "Good morning.";

  private final Source.Remote source;
  private final Conversation conversation;
  private final AnswerStore store;
  private final LabelListener listener;
  private final ExecutorService pool;
  private final Tally tally;
  private final AtomicInteger unanswered = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile boolean halted;

  /**
   * Makes ready to ask; nothing is sent yet.
   *
   * @param instruction what the labels are about
   * @param store keeps the answers
   * @param tally counts them
   */
  public RemoteAsker(
      Source.Remote source,
      LabelList list,
      String instruction,
      ServerSettings settings,
      AnswerStore store,
      LabelListener listener,
      Tally tally) {
    this.source = source;
    this.store = store;
    this.listener = listener;
    this.tally = tally;
    Question question = new Question(list, instruction);
    this.conversation =
        new Conversation(
            question,
            new AnswerParser(list),
            new Patience(
                ChatServer.open(source, question.format(), settings, listener),
                settings.backoff(),
                new Pause(() -> halted || listener.stop()),
                listener,
                tally),
            store,
            tally,
            settings.again());
    this.pool = Executors.newFixedThreadPool(settings.parallel());
  }

  /** All that decides an answer beside the text, in words. */
  public static Map<String, String> asked(
      Source.Remote source, LabelList list, String instruction, ServerSettings settings) {
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put("source", source.name());
    asked.put("url", source.url().toString());
    asked.put("labels", String.join(", ", list.labels()));
    asked.put("count", list.count());
    asked.put("question", new Question(list, instruction).system());
    asked.put("temperature", Objects.toString(settings.temperature(), "the server's"));
    return asked;
  }

  @Override
  public Map<String, Reply> ask(List<String> texts) {
    Map<String, Future<Reply>> asked = new LinkedHashMap<>();
    for (String text : texts) {
      asked.put(text, pool.submit(() -> reply(text)));
    }
    Map<String, Reply> replies = new LinkedHashMap<>();
    List<RuntimeException> failures = new ArrayList<>();
    asked.forEach(
        (text, future) -> {
          try {
            replies.put(text, future.get());
          } catch (ExecutionException e) {
            failures.add(unchecked(e.getCause()));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failures.add(new CancellationException("interrupted"));
          }
        });
    if (!failures.isEmpty()) {
      throw worst(failures);
    }
    return replies;
  }

  /** What halted the others, not that they were halted. */
  private static RuntimeException worst(List<RuntimeException> failures) {
    return failures.stream()
        .filter(failure -> !(failure instanceof CancellationException))
        .findFirst()
        .orElse(failures.get(0));
  }

  private static RuntimeException unchecked(@Nullable Throwable failure) {
    return failure instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(failure);
  }

  /** Those already waiting for an answer get it, and keep it, when one ends the job. */
  private Reply reply(String text) {
    try {
      Reply reply = replyOrCause(text);
      listener.done();
      return reply;
    } catch (RuntimeException e) {
      halted = true;
      throw e;
    }
  }

  private Reply replyOrCause(String text) {
    String key = AnswerStore.key(text);
    try {
      Reply reply =
          conversation
              .about(text, key, source.name())
              .orElseGet(() -> new Refusal(conversation.cause(store.failed(key))));
      unanswered.set(0);
      return reply;
    } catch (AskingException e) {
      Trouble trouble = e.trouble();
      tally.countTrouble(trouble.name());
      if (ends(trouble.kind())) {
        throw new InputException(ended(trouble), e);
      }
      tally.countAside();
      return new Refusal("expected an answer, found " + trouble.cause());
    }
  }

  /** Whether nothing more will be answered. */
  private boolean ends(Trouble.Kind kind) {
    return switch (kind) {
      case OF_JOB -> true;
      case PASSING -> unanswered.incrementAndGet() >= GONE;
      case OF_TEXT, OF_REQUEST ->
          !answered() && refused.incrementAndGet() >= GONE && !answersHarmless();
    };
  }

  /** Whether it ever answered, in this process or before. */
  private boolean answered() {
    return tally.answers() + store.before().answers() > 0;
  }

  private synchronized boolean answersHarmless() {
    if (answered()) { // another thread has asked meanwhile
      return true;
    }
    try {
      conversation.ask(HARMLESS, AnswerStore.key(HARMLESS), List.of());
      return true;
    } catch (AskingException e) {
      tally.countTrouble(e.trouble().name());
      return false;
    }
  }

  private String ended(Trouble trouble) {
    return "%s at %s: expected an answer, found %s; %s, then %s goes on"
        .formatted(
            source.name(), source.url(), trouble.cause(), remedy(trouble), listener.goesOn());
  }

  private static String remedy(Trouble trouble) {
    return switch (trouble.name()) {
      case "401", "403" -> "give the right key in the variable that --key-from names";
      case "402" -> "give the account credit";
      case "404" -> "mend model or address";
      case "429" -> "wait, or lower --parallel";
      case "timeout" -> "raise --timeout, or lower --parallel";
      default -> "see that the server runs and speaks this interface";
    };
  }

  @Override
  public boolean graded() {
    return false;
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
