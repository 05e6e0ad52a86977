package fr.opendamir.api.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;

/** Content codings that a client accepts. */
public final class ContentCoding {
  private static final Pattern GZIP =
      Pattern.compile(
          "(?i)(?:^|[,\\s])(?:x-)?gzip\\s*(?:;\\s*q\\s*=\\s*(?:1|0?\\.0*[1-9])[0-9.]*\\s*)?(?:,|$)");

  private ContentCoding() {}

  /** Whether the response may be compressed with gzip. Unrecognized values count as no. */
  public static boolean acceptsGzip(HttpServerRequest request) {
    String accepted = request.getHeader("Accept-Encoding");
    return accepted != null && GZIP.matcher(accepted).find();
  }
}
