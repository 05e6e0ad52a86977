package fr.opendamir.api.http;

import fr.opendamir.answer.Answer;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;

/** Content codings that a client accepts. */
public final class ContentCoding {
  private static final Pattern GZIP =
      Pattern.compile(
          "(?i)(?:^|[,\\s])(?:x-)?gzip\\s*(?:;\\s*q\\s*=\\s*(?:1|0?\\.0*[1-9])[0-9.]*\\s*)?(?:,|$)");

  private ContentCoding() {}

  /** Whether an answer is compressed for a client. */
  public static boolean isGzip(HttpServerRequest request, Answer answer) {
    return answer.isCompressible() && acceptsGzip(request);
  }

  /** Whether the response may be compressed with gzip. Unrecognized values count as no. */
  public static boolean acceptsGzip(HttpServerRequest request) {
    String accepted = request.getHeader("Accept-Encoding");
    return accepted != null && GZIP.matcher(accepted).find();
  }
}
