package fr.opendamir.api.http;

import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.RoutingContext;

/** The content type of bodies that doors read by themselves. */
public final class JsonBody {
  private JsonBody() {}

  /** Whether the body of a request is declared as JSON in UTF-8. */
  public static boolean isIn(RoutingContext context) {
    MIMEHeader type = context.parsedHeaders().contentType();
    String charset = type.parameter("charset"); // first: it parses the header
    return type.component().equalsIgnoreCase("application")
        && type.subComponent().equalsIgnoreCase("json")
        && (charset == null || charset.replace("\"", "").equalsIgnoreCase("utf-8"));
  }
}
