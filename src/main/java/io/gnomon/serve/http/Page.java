package io.gnomon.serve.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** A page that has all it needs within, and may ask nobody but its own server. */
public final class Page {
  /** The page may do what it does itself, and ask this server. */
  private static final String POLICY =
      "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline';"
          + " connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final byte[] html;

  private Page(byte[] html) {
    this.html = html;
  }

  /** The page that lies beside a class. */
  public static Page of(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      return new Page(Objects.requireNonNull(in).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers with it. */
  public void show(Context context) {
    context.header("Content-Security-Policy", POLICY);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
    context.contentType("text/html; charset=utf-8").result(html);
  }
}
