package fr.opendamir.api.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Redirects requests without TLS to the public address of the service. The HTTP server can redirect
 * too, but repeats any {@code Host} that was sent, and neither counts nor limits these requests;
 * its own setting is therefore rejected at start-up.
 */
@ApplicationScoped
class TlsRedirect {
  /** Runs after the request is counted, before any other handler that answers. */
  private static final int PRIORITY = 798;

  private final HttpConfig config;
  private final PublicAddress address;
  private final Optional<String> insecureRequests;

  TlsRedirect(
      HttpConfig config,
      PublicAddress address,
      @ConfigProperty(name = "quarkus.http.insecure-requests") Optional<String> insecureRequests) {
    this.config = config;
    this.address = address;
    this.insecureRequests = insecureRequests;
  }

  void register(@Observes Filters filters) {
    if (insecureRequests.filter("redirect"::equalsIgnoreCase).isPresent()) {
      throw new IllegalStateException(
          "quarkus.http.insecure-requests=redirect repeats the Host of each request; give"
              + " opendamir.http.redirect-to-tls=true and opendamir.http.public-url instead");
    }
    if (config.redirectToTls()) {
      String base = secured(address);
      filters.register(context -> handle(context, base), PRIORITY);
    }
  }

  /** The public address, which must have TLS. */
  static String secured(PublicAddress address) {
    return address
        .base()
        .filter(base -> base.startsWith("https://"))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "opendamir.http.redirect-to-tls needs opendamir.http.public-url, such as"
                        + " https://damir.example.org"));
  }

  private static void handle(RoutingContext context, String base) {
    HttpServerRequest request = context.request();
    if ("https".equals(request.scheme()) || LongAddress.isTooLong(request)) {
      context.next();
      return;
    }
    String path = request.path();
    String query = request.query();
    context
        .response()
        .setStatusCode(308) // a POST question remains a POST
        .putHeader(
            "Location",
            base + (path.startsWith("/") ? path : "/") + (query == null ? "" : "?" + query));
    var unused = context.response().end();
  }
}
