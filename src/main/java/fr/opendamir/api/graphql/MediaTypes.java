package fr.opendamir.api.graphql;

import fr.opendamir.format.Negotiation;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;

/** In which media type a request is answered. */
enum MediaTypes {
  /** Refusals have the status that HTTP has for them. */
  GRAPHQL("graphql-response+json"),
  /** For older clients: whatever GraphQL itself refuses has the status 200. */
  JSON("json");

  private final String subtype;

  MediaTypes(String subtype) {
    this.subtype = subtype;
  }

  String header() {
    return "application/" + subtype + "; charset=utf-8";
  }

  /**
   * The status of an answer to a request that is well formed: older clients read errors only where
   * it is 200, unless the failure is ours or they ask too much.
   */
  int status(int status) {
    return this == GRAPHQL || status >= 500 || status == 429 ? status : 200;
  }

  /** The best one that a request accepts; empty where it accepts none. */
  static Optional<MediaTypes> of(RoutingContext context) {
    return Negotiation.best(
        context.request().getHeader(HttpHeaders.ACCEPT),
        List.of(values()),
        type -> List.of("application/" + type.subtype),
        MediaTypes::isUtf8);
  }

  private static boolean isUtf8(MediaType range) {
    return range.getParameters().getOrDefault("charset", "utf-8").equalsIgnoreCase("utf-8");
  }
}
