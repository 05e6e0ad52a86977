package fr.opendamir.api.graphql;

import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.RoutingContext;
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
    List<MIMEHeader> accepted = context.parsedHeaders().accept();
    if (accepted.isEmpty()) {
      return Optional.of(GRAPHQL);
    }
    for (MIMEHeader range : accepted) { // best first
      if (range.weight() > 0 && isCompatible(range)) {
        for (MediaTypes type : values()) {
          if (type.isNamedBy(range) || (isAny(range) && !type.isRuledOutBy(accepted))) {
            return Optional.of(type);
          }
        }
      }
    }
    return Optional.empty();
  }

  private boolean isNamedBy(MIMEHeader range) {
    return range.subComponent().equalsIgnoreCase(subtype);
  }

  private static boolean isAny(MIMEHeader range) {
    return range.subComponent().equals("*");
  }

  /** Whether it is named as what is not wanted, whatever wider ranges say. */
  private boolean isRuledOutBy(List<MIMEHeader> accepted) {
    return accepted.stream().anyMatch(range -> range.weight() == 0 && isNamedBy(range));
  }

  private static boolean isCompatible(MIMEHeader range) {
    String charset = range.parameter("charset");
    return (range.component().equalsIgnoreCase("application") || range.component().equals("*"))
        && (charset == null || charset.replace("\"", "").equalsIgnoreCase("utf-8"));
  }
}
