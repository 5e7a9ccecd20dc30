package io.gnomon.serve.http;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Why a request has no answer. The message is one line: where, what was expected, what was found
 * and how to mend it.
 */
public final class Refusal extends RuntimeException {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final int status;
  private final String where;
  private final String expected;
  private final String found;
  private final String fix;

  /** A refusal with this status of the response. */
  public Refusal(int status, String where, String expected, String found, String fix) {
    // Without a stack trace: under overload there are thousands a second.
    super(
        "%s: expected %s, found %s; %s".formatted(where, expected, found, fix), null, false, false);
    this.status = status;
    this.where = where;
    this.expected = expected;
    this.found = found;
    this.fix = fix;
  }

  /** The status of the response. */
  public int status() {
    return status;
  }

  /** Whether the same request may do better a little later. */
  boolean passes() {
    return status == 429 || status == 503;
  }

  /** The body of the response. */
  public String json() {
    ObjectNode root = JSON.createObjectNode();
    root.putObject("error")
        .put("status", status)
        .put("message", getMessage())
        .put("where", where)
        .put("expected", expected)
        .put("found", found)
        .put("fix", fix);
    return root.toString();
  }
}
