package io.gnomon.notebook;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes what is printed, a part for each change between the two streams. */
final class Capture implements AutoCloseable {
  private record Part(String name, ByteArrayOutputStream bytes) {}

  private final ProcessStreams own;
  private final List<Part> parts = new ArrayList<>();

  private Capture(ProcessStreams own) {
    this.own = own;
  }

  /** Captures until it is closed, which gives {@code own} back to the process. */
  static Capture start(ProcessStreams own) {
    Capture capture = new Capture(own);
    System.setOut(capture.stream("stdout"));
    System.setErr(capture.stream("stderr"));
    return capture;
  }

  private PrintStream stream(String name) {
    OutputStream sink =
        new OutputStream() {
          @Override
          public void write(int value) {
            part(name, new byte[] {(byte) value}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            part(name, bytes, offset, length);
          }
        };
    return new PrintStream(sink, true, StandardCharsets.UTF_8);
  }

  private synchronized void part(String name, byte[] bytes, int offset, int length) {
    Part last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
    if (last == null || !last.name().equals(name)) {
      last = new Part(name, new ByteArrayOutputStream());
      parts.add(last);
    }
    last.bytes().write(bytes, offset, length);
  }

  /** What was printed since the last call. */
  synchronized List<Output> take() {
    List<Output> taken = new ArrayList<>();
    for (Part part : parts) {
      String text = part.bytes().toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
      if (!text.isEmpty()) {
        taken.add(new Output.Stream(part.name(), text));
      }
    }
    parts.clear();
    return taken;
  }

  @Override
  public void close() {
    own.restore();
  }
}
