package io.gnomon.cli;

import io.gnomon.config.InputException;
import io.gnomon.serve.Tagger;
import io.gnomon.serve.TaggerOptions;
import io.gnomon.serve.http.ServedModel;
import io.gnomon.serve.http.ServerOptions;
import io.gnomon.serve.http.TagServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gnomon serve}: an exported model behind HTTP. */
@Command(
    name = "serve",
    description = "Tag texts over HTTP with an exported model, and show a page to try it.",
    footer = {
      "",
      "POST /tag takes {\"text\": \"…\"} or {\"texts\": [\"…\"]}, with top_k and threshold if wanted."
          + " /health and /metrics are for machines, / is for people. What the queue has no room for"
          + " is refused with 429.",
      "Prints its address when it listens. Ctrl-C or SIGTERM ends it once all that is queued is"
          + " answered.",
      "",
      "Example: gnomon serve results/quickstart/seed-1/export/onnx-fp32 --port 8080"
    })
final class ServeCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "MODEL", description = "A folder that 'gnomon export --to onnx' made.")
  private Path model = Path.of("");

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description = "Address to listen on; ${DEFAULT-VALUE}, this machine alone, unless given.")
  private String host = "";

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Port to listen on; ${DEFAULT-VALUE} unless given, 0 takes any that is free.")
  private int port;

  @Option(
      names = "--window",
      paramLabel = "MS",
      defaultValue = "2",
      description = "How long a request may wait for others to be run with; ${DEFAULT-VALUE} ms.")
  private int window;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "64",
      description = "Texts run together; ${DEFAULT-VALUE} unless given.")
  private int batch;

  @Option(
      names = "--queue",
      paramLabel = "N",
      defaultValue = "1024",
      description = "Texts that may wait; ${DEFAULT-VALUE} unless given. More are refused.")
  private int queue;

  @Option(
      names = "--max-texts",
      paramLabel = "N",
      defaultValue = "256",
      description = "Texts of one request; ${DEFAULT-VALUE} unless given.")
  private int maxTexts;

  @Option(
      names = "--max-characters",
      paramLabel = "N",
      defaultValue = "20000",
      description = "Characters of one text; ${DEFAULT-VALUE} unless given.")
  private int maxCharacters;

  @Option(
      names = "--max-bytes",
      paramLabel = "N",
      defaultValue = "1048576",
      description = "Bytes of one request; ${DEFAULT-VALUE} unless given.")
  private int maxBytes;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Threads of the model; 0, unless given, takes all cores. 1 is faster on busy ones.")
  private int threads;

  ServeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    ServerOptions options = options();
    StopSignal stop = StopSignal.install();
    try (Tagger tagger = Tagger.load(model, TaggerOptions.defaults().withThreads(threads));
        TagServer server = TagServer.start(ServedModel.of(tagger), options)) {
      say("serves " + tagger.task() + " (" + String.join(", ", tagger.labels()) + ")" + threads());
      warnBeyondThisMachine();
      console.out().println(server.address());
      console.flush();
      stop.await();
      say("stops when what is queued is answered");
    }
    return ExitCode.OK;
  }

  private ServerOptions options() {
    if (threads < 0) {
      throw new InputException(
          "--threads: expected 0 or more, found " + threads + "; give 0 for all cores");
    }
    ServerOptions.Limits limits = new ServerOptions.Limits(maxTexts, maxCharacters, maxBytes);
    return new ServerOptions(host, port, Duration.ofMillis(window), batch, queue, limits);
  }

  private void warnBeyondThisMachine() {
    try {
      if (!InetAddress.getByName(host).isLoopbackAddress()) {
        say("other machines reach " + host + ", and nobody is asked for a password");
      }
    } catch (UnknownHostException e) {
      throw new IllegalStateException("listens on a host that is not known: " + host, e);
    }
  }

  private String threads() {
    return ", threads: " + (threads == 0 ? "all cores" : threads);
  }

  private void say(String line) {
    console.err().println("gnomon: " + line);
  }
}
