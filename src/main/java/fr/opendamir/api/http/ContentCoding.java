package fr.opendamir.api.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;

/** Which content coding a reader takes. */
public final class ContentCoding {
  private static final Pattern GZIP =
      Pattern.compile(
          "(?i)(?:^|[,\\s])(?:x-)?gzip\\s*(?:;\\s*q\\s*=\\s*(?:1|0?\\.0*[1-9])[0-9.]*\\s*)?(?:,|$)");

  private ContentCoding() {}

  /** Whether the answer may be compressed; what is not understood is taken as no. */
  public static boolean acceptsGzip(HttpServerRequest request) {
    String accepted = request.getHeader("Accept-Encoding");
    return accepted != null && GZIP.matcher(accepted).find();
  }
}
