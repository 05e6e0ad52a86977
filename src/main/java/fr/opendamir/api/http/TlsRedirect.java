package fr.opendamir.api.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Sends requests without TLS to the public address of the service. The server below can do so as
 * well, but repeats whatever {@code Host} was sent, and its requests are neither counted nor
 * limited: that setting stops the start.
 */
@ApplicationScoped
class TlsRedirect {
  /** After the request is counted, before all else that may answer it. */
  private static final int PRIORITY = 798;

  private final HttpConfig config;
  private final Optional<String> insecureRequests;

  TlsRedirect(
      HttpConfig config,
      @ConfigProperty(name = "quarkus.http.insecure-requests") Optional<String> insecureRequests) {
    this.config = config;
    this.insecureRequests = insecureRequests;
  }

  void register(@Observes Filters filters) {
    if (insecureRequests.filter("redirect"::equalsIgnoreCase).isPresent()) {
      throw new IllegalStateException(
          "quarkus.http.insecure-requests=redirect repeats the Host of each request; give"
              + " opendamir.http.redirect-to-tls=true and opendamir.http.public-url instead");
    }
    if (config.redirectToTls()) {
      String address = address(config.publicUrl());
      filters.register(context -> handle(context, address), PRIORITY);
    }
  }

  /** Without the slash at its end. */
  static String address(Optional<URI> publicUrl) {
    return publicUrl
        .filter(url -> "https".equalsIgnoreCase(url.getScheme()) && url.getHost() != null)
        .map(url -> url.toString().replaceAll("/+$", ""))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "opendamir.http.redirect-to-tls needs opendamir.http.public-url, such as"
                        + " https://damir.example.org"));
  }

  private static void handle(RoutingContext context, String address) {
    HttpServerRequest request = context.request();
    if ("https".equals(request.scheme()) || LongAddress.isTooLong(request)) {
      context.next();
      return;
    }
    String path = request.path();
    String query = request.query();
    context
        .response()
        .setStatusCode(308) // a question by POST stays one
        .putHeader(
            "Location",
            address + (path.startsWith("/") ? path : "/") + (query == null ? "" : "?" + query));
    var unused = context.response().end();
  }
}
