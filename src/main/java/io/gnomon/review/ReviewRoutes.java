package io.gnomon.review;

import io.gnomon.config.InputException;
import io.gnomon.serve.http.Page;
import io.gnomon.serve.http.Refusal;
import io.gnomon.serve.http.RequestBody;
import io.gnomon.serve.http.Shown;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the page asks of its server. */
final class ReviewRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(ReviewRoutes.class);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String TYPE = "application/json";
  private static final int MOST_BYTES = 1 << 16;
  private static final Page PAGE = Page.of(ReviewRoutes.class, "page.html");

  /** By which a browser on this machine calls it; another name is another site's trick. */
  private static final Set<String> HOSTS = Set.of("127.0.0.1", "localhost");

  private final Review review;
  private final String gold;

  ReviewRoutes(Review review, String gold) {
    this.review = review;
    this.gold = gold;
  }

  void addTo(JavalinConfig config) {
    RoutesConfig routes = config.routes;
    routes.before(ReviewRoutes::refuseOtherSites);
    routes.get("/", PAGE::show);
    routes.get("/review", this::review);
    routes.get("/queue", this::queue);
    routes.get("/item", this::item);
    routes.post("/decide", this::decide);
    routes.post("/undo", this::undo);
    routes.exception(Refusal.class, (refusal, context) -> refuse(context, refusal));
    routes.exception(
        HttpResponseException.class, (e, context) -> refuse(context, unknown(e, context)));
    routes.exception(InputException.class, (e, context) -> refuse(context, unwritten(e)));
    routes.exception(Exception.class, (e, context) -> refuse(context, failure(e, context)));
  }

  /**
   * A page of another site can neither send JSON here nor read an answer, as long as this server is
   * not known to the browser under that site's name: hence the look at the host.
   */
  private static void refuseOtherSites(Context context) {
    String host = context.header("Host");
    String name = host == null ? "" : host.replaceAll(":\\d+$", "");
    if (!HOSTS.contains(name)) {
      throw new Refusal(
          403, "Host", "127.0.0.1 or localhost", Shown.of(name), "open the address printed");
    }
    String origin = context.header("Origin");
    if (origin != null && !origin.equals("http://" + host)) {
      throw new Refusal(
          403, "Origin", "this server's own page", Shown.of(origin), "open the address printed");
    }
  }

  private void review(Context context) {
    ObjectNode root = JSON.createObjectNode();
    root.put("name", review.set().name()).put("gold", gold).put("several", review.set().several());
    review.set().names().choices().forEach(root.putArray("labels")::add);
    root.set("progress", JSON.valueToTree(review.progress()));
    root.set("filters", JSON.valueToTree(review.filters()));
    answer(context, root);
  }

  private void queue(Context context) {
    String filter = context.queryParam("filter");
    List<Integer> items = review.queue(filter == null ? "all" : filter);
    answer(context, JSON.valueToTree(Map.of("items", items)));
  }

  private void item(Context context) {
    String id = context.queryParam("id");
    if (id == null || !id.matches("\\d{1,9}")) {
      throw new Refusal(422, "id", "a number", Shown.of("" + id), "ask /queue for them");
    }
    answer(context, JSON.valueToTree(review.item(Integer.parseInt(id))));
  }

  private void decide(Context context) {
    JsonNode body = body(context);
    JsonNode labels = body.path("labels");
    if (!body.path("id").isInt() || !labels.isArray()) {
      throw new Refusal(
          422, "body", "an id and a list of labels", Shown.of(body), "send {\"id\": 0, …}");
    }
    List<String> names = labels.valueStream().map(label -> label.asString("")).toList();
    answer(context, JSON.valueToTree(review.decide(body.path("id").asInt(), names)));
  }

  private void undo(Context context) {
    body(context);
    ObjectNode root = JSON.createObjectNode();
    review.undo().ifPresent(id -> root.put("id", id));
    root.set("progress", JSON.valueToTree(review.progress()));
    answer(context, root);
  }

  private static JsonNode body(Context context) {
    try {
      JsonNode body = JSON.readTree(RequestBody.read(context, MOST_BYTES));
      if (body.isObject()) {
        return body;
      }
      throw new Refusal(422, "body", "an object", Shown.of(body), "send {…}");
    } catch (JacksonException e) {
      throw new Refusal(400, "body", "JSON", "another text", "mend it");
    }
  }

  private static void answer(Context context, JsonNode body) {
    context.header("Cache-Control", "no-store").contentType(TYPE).result(body.toString());
  }

  private static void refuse(Context context, Refusal refusal) {
    context.status(refusal.status()).contentType(TYPE).result(refusal.json());
  }

  private static Refusal unknown(HttpResponseException cause, Context context) {
    return new Refusal(
        cause.getStatus(),
        "path",
        "a path and method of the page",
        context.method().name() + " " + Shown.of(context.path()),
        "open /");
  }

  /** The disk is full, or the file is gone: the person must know that nothing was kept. */
  private static Refusal unwritten(InputException cause) {
    LOG.error("not saved: {}", cause.getMessage());
    return new Refusal(
        507,
        "gold file",
        "room for a decision",
        Shown.of("" + cause.getMessage()),
        "mend it, then try again");
  }

  private static Refusal failure(Exception cause, Context context) {
    LOG.error("{} failed: {}", context.path(), cause.toString(), cause);
    return new Refusal(
        500, context.path(), "an answer", "a failure in the server", "see what the server printed");
  }
}
