package fr.opendamir.api.graphql;

import static java.util.stream.Collectors.joining;

import fr.opendamir.format.Negotiation;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Media types of responses. */
enum MediaTypes {
  /** Errors use their HTTP status. */
  GRAPHQL("graphql-response+json"),
  /** For older clients: errors of a GraphQL document have status 200. */
  JSON("json");

  private final String subtype;

  MediaTypes(String subtype) {
    this.subtype = subtype;
  }

  String header() {
    return "application/" + subtype + "; charset=utf-8";
  }

  /**
   * The status of the response to a well-formed request. Older clients read errors only with status
   * 200, so {@link #JSON} keeps only server errors and 429.
   */
  int status(int status) {
    return this == GRAPHQL || status >= 500 || status == 429 ? status : 200;
  }

  /** The best media type that a request accepts; empty if none. */
  static Optional<MediaTypes> of(RoutingContext context) {
    return Negotiation.best(
        readable(context.request().getHeader(HttpHeaders.ACCEPT)),
        List.of(values()),
        type -> List.of("application/" + type.subtype),
        MediaTypes::isUtf8);
  }

  /** Leaves out what is no media range: clients of GraphQL send lists of many libraries. */
  private static String readable(String accept) {
    if (accept == null) {
      return null;
    }
    String readable =
        Arrays.stream(accept.split(",")).filter(Negotiation::isMediaRange).collect(joining(","));
    return readable.isEmpty() ? accept : readable;
  }

  private static boolean isUtf8(MediaType range) {
    return range.getParameters().getOrDefault("charset", "utf-8").equalsIgnoreCase("utf-8");
  }
}
