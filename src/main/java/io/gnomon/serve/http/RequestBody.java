package io.gnomon.serve.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a request's body as text: JSON by its header, in UTF-8, of a size that is allowed. */
public final class RequestBody {
  /** What is read of a body that is too large, so that its sender comes to read the answer. */
  private static final int PATIENCE = 1 << 24;

  private static final String JSON = "application/json";

  private RequestBody() {}

  /**
   * The body.
   *
   * @throws Refusal when it is of another kind, larger than {@code most} bytes or not in UTF-8
   */
  public static String read(Context context, int most) {
    requireJson(context.header("Content-Type"));
    String encoding = context.header("Content-Encoding");
    if (encoding != null) {
      throw new Refusal(
          415, "Content-Encoding", "none", Shown.of(encoding), "send the body as it is");
    }
    return decode(bytes(context, most));
  }

  private static void requireJson(@Nullable String type) {
    if (type == null) {
      throw wrongType("none");
    }
    List<String> parts = List.of(type.toLowerCase(Locale.ROOT).replace("\"", "").split(";", -1));
    boolean utf8 =
        parts.stream()
            .map(String::strip)
            .allMatch(part -> !part.startsWith("charset=") || part.equals("charset=utf-8"));
    if (!parts.get(0).strip().equals(JSON) || !utf8) {
      throw wrongType(Shown.of(type));
    }
  }

  private static Refusal wrongType(String found) {
    return new Refusal(
        415, "Content-Type", JSON + " in UTF-8", found, "send the header with the request");
  }

  private static byte[] bytes(Context context, int most) {
    try {
      InputStream in = context.bodyInputStream();
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        in.skip(PATIENCE);
        throw new Refusal(
            413, "body", "at most " + most + " bytes", "more", "send fewer texts a request");
      }
      return bytes;
    } catch (IOException e) {
      throw new Refusal(400, "body", "all of it", "an end before that", "send it again");
    }
  }

  private static String decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(in).toString();
    } catch (CharacterCodingException e) {
      throw new Refusal(
          400,
          "body, byte " + (in.position() + 1),
          "UTF-8",
          "another encoding",
          "send the body in UTF-8");
    }
  }
}
