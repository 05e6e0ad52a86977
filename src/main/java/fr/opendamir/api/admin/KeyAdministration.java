package fr.opendamir.api.admin;

import fr.opendamir.access.Callers;
import fr.opendamir.access.Grant;
import fr.opendamir.access.KeyRecord;
import fr.opendamir.access.KeyRefusedException;
import fr.opendamir.access.KeyRegistry;
import fr.opendamir.access.WrongKeys;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.vertx.http.ManagementInterface;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** {@code /admin/keys} on the management port; not there unless a token is configured. */
@ApplicationScoped
class KeyAdministration {
  private static final Logger LOG = Logger.getLogger(KeyAdministration.class);
  private static final String KEYS = "/admin/keys";
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final KeyRegistry registry;
  private final AdminConfig config;
  private final Callers callers;
  private final WrongKeys wrongTokens;

  KeyAdministration(
      KeyRegistry registry, AdminConfig config, Callers callers, WrongKeys wrongTokens) {
    this.registry = registry;
    this.config = config;
    this.callers = callers;
    this.wrongTokens = wrongTokens;
  }

  void register(@Observes ManagementInterface management) {
    AdminToken.configured(config).ifPresent(token -> register(management.router(), token));
  }

  private void register(Router router, AdminToken token) {
    router.route("/admin/*").handler(context -> admit(context, token));
    router.post(KEYS).handler(context -> answer(context, 201, this::create));
    router.get(KEYS).handler(context -> answer(context, 200, ignored -> list()));
    router
        .delete(KEYS + "/:id")
        .handler(
            context ->
                answer(
                    context,
                    200,
                    ignored -> registry.revoke(context.pathParam("id")).map(KeyJson::of)));
    router.post(KEYS + "/:id/rotate").handler(context -> answer(context, 201, rotate(context)));
  }

  private void admit(RoutingContext context, AdminToken token) {
    String network = network(context);
    Optional<Grant> refusal = wrongTokens.refusal(network);
    if (refusal.isPresent()) {
      context
          .response()
          .putHeader("Retry-After", String.valueOf(refusal.get().retryAfterSeconds()));
      refuse(context, 429, "Too many wrong tokens", "no token is checked for a while");
    } else if (token.isIn(context.request().getHeader("Authorization"))) {
      context.next();
    } else {
      wrongTokens.add(network);
      context.response().putHeader("WWW-Authenticate", "Bearer");
      refuse(context, 401, "Unauthorized", "the bearer token of administrators is needed");
    }
  }

  /** The peer's: headers of proxies are not believed here. Apart from wrong keys of readers. */
  private String network(RoutingContext context) {
    SocketAddress peer = context.request().remoteAddress();
    return "admin:"
        + callers.networkHash(peer == null ? null : peer.hostAddress(), name -> List.of());
  }

  private Uni<JsonObject> create(JsonObject body) {
    return registry
        .create(
            body.getString("owner", ""),
            body.getString("plan", "registered"),
            Optional.ofNullable(body.getString("expires_at")).map(Instant::parse))
        .map(KeyJson::of);
  }

  private Uni<JsonObject> list() {
    return registry
        .list()
        .map(
            keys ->
                new JsonObject()
                    .put(
                        "data",
                        new JsonArray(keys.stream().map(KeyAdministration::member).toList())));
  }

  private static Object member(KeyRecord key) {
    return KeyJson.of(key);
  }

  private Function<JsonObject, Uni<JsonObject>> rotate(RoutingContext context) {
    return body ->
        registry
            .rotate(
                context.pathParam("id"),
                Optional.ofNullable(body.getString("grace"))
                    .map(DurationConverter::parseDuration)
                    .orElse(KeyRegistry.DEFAULT_GRACE))
            .map(KeyJson::of);
  }

  private static void answer(
      RoutingContext context, int status, Function<JsonObject, Uni<JsonObject>> work) {
    var unused =
        Uni.createFrom()
            .deferred(() -> work.apply(body(context)))
            .ifNoItem()
            .after(PATIENCE)
            .fail()
            .subscribe()
            .with(
                answer -> send(context, status, "application/json", answer),
                failure -> refuse(context, failure));
  }

  private static JsonObject body(RoutingContext context) {
    JsonObject body = context.body().asJsonObject();
    return body == null ? new JsonObject() : body;
  }

  private static void refuse(RoutingContext context, Throwable failure) {
    if (failure instanceof KeyRefusedException refused) {
      switch (refused.reason()) {
        case UNKNOWN -> refuse(context, 404, "Not found", refused.getMessage());
        case AMBIGUOUS, CONFLICT -> refuse(context, 409, "Conflict", refused.getMessage());
        case INVALID -> refuse(context, 422, "Not possible", refused.getMessage());
      }
    } else if (failure instanceof DecodeException
        || failure instanceof ClassCastException
        || failure instanceof DateTimeParseException
        || failure instanceof IllegalArgumentException) {
      refuse(
          context,
          400,
          "Malformed request",
          "the body must be a JSON object; expires_at is a moment such as 2027-01-01T00:00:00Z,"
              + " grace a duration such as 7d");
    } else {
      LOG.warnf("administration of keys failed: %s", failure.getMessage());
      refuse(context, 503, "Unavailable", "the database does not answer; try again later");
    }
  }

  private static void refuse(RoutingContext context, int status, String title, String detail) {
    send(
        context,
        status,
        "application/problem+json",
        new JsonObject()
            .put("type", "about:blank")
            .put("title", title)
            .put("status", status)
            .put("detail", detail));
  }

  /** Never cached: it may hold a secret. */
  private static void send(RoutingContext context, int status, String type, JsonObject body) {
    var unused =
        context
            .response()
            .setStatusCode(status)
            .putHeader("Content-Type", type)
            .putHeader("Cache-Control", "no-store")
            .end(body.toBuffer());
  }
}
