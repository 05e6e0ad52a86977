package fr.opendamir.api.http;

import io.netty.util.NetUtil;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Guards the management port. Browser pages have no access: a page that reaches the port by DNS
 * rebinding is recognized by its {@code Host}, and no other page can read the response.
 */
@ApplicationScoped
class ManagementDoor {
  private static final List<String> OF_CORS =
      List.of(
          "Access-Control-Allow-Credentials",
          "Access-Control-Allow-Headers",
          "Access-Control-Allow-Methods",
          "Access-Control-Allow-Origin",
          "Access-Control-Expose-Headers",
          "Access-Control-Max-Age");

  private final Set<String> hosts;

  ManagementDoor(HttpConfig config) {
    this.hosts =
        config.managementHosts().orElse(List.of()).stream()
            .map(host -> host.strip().toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  void register(@Observes ManagementInterface management) {
    management.router().route().order(Integer.MIN_VALUE).handler(this::handle);
  }

  private void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.headers().getAll("Host").size() > 1 || !isExpected(request)) {
      refuse(
          context,
          421,
          "Misdirected request",
          "the management port answers to addresses, localhost and the names of"
              + " opendamir.http.management-hosts");
      return;
    }
    if (request.method().equals(HttpMethod.OPTIONS)) { // only cross-origin pages send OPTIONS
      refuse(context, 405, "Method not allowed", "there are no preflights here");
      return;
    }
    // The libraries behind this handler allow every origin. Without Origin they see no cross-origin
    // request; CORS headers that they set anyway are removed.
    request.headers().remove("Origin");
    MultiMap answered = context.response().headers();
    context.addHeadersEndHandler(ignored -> OF_CORS.forEach(answered::remove));
    context.next();
  }

  private static void refuse(RoutingContext context, int status, String title, String detail) {
    var unused =
        context
            .response()
            .setStatusCode(status)
            .putHeader("Content-Type", ProblemMappers.MEDIA_TYPE)
            .putHeader("Cache-Control", "no-store")
            .end(
                new JsonObject()
                    .put("type", "about:blank")
                    .put("title", title)
                    .put("status", status)
                    .put("detail", detail)
                    .toBuffer());
  }

  /** Accepts HTTP/1.0 probes, which send no {@code Host}. */
  private boolean isExpected(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    if (authority == null) {
      // a Host header that is present but unreadable is rejected
      return !request.headers().contains("Host");
    }
    String host = authority.host().toLowerCase(Locale.ROOT);
    String plain =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    return host.equals("localhost")
        || NetUtil.isValidIpV4Address(plain)
        || NetUtil.isValidIpV6Address(plain)
        || hosts.contains(host);
  }
}
