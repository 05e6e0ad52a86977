package fr.opendamir.api.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything in a request that the response with a cached answer depends on. Requests with a header
 * that is not listed here have no key and take the usual way through the filters.
 *
 * @param scheme decides whether {@code Strict-Transport-Security} is sent
 * @param uri path and query as sent; an address in another than its normal form never matches,
 *     because responses are recorded after it was rewritten
 * @param unchanged all {@code If-None-Match} headers, which decide between 200 and 304
 */
record ReplayKey(
    String scheme, String uri, String accept, String language, String coding, String unchanged) {
  /** The headers that are part of the key. */
  private static final List<String> COMPARED =
      List.of("Accept", "Accept-Language", "Accept-Encoding", "If-None-Match");

  /** What the names of the headers begin with that {@link HeaderRules} joins if repeated. */
  private static final String ACCEPT = "Accept";

  /** Headers that a replayed response takes into account, or that change no response to GET. */
  private static final List<String> OTHERS =
      List.of(
          // of the caller and the request
          "X-API-Key",
          "Authorization",
          RequestId.HEADER,
          "Forwarded",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-Port",
          "X-Forwarded-Proto",
          "X-Real-IP",
          // without effect
          "Host",
          "Connection",
          "User-Agent",
          "Cache-Control",
          "Pragma",
          "Cookie",
          "DNT",
          "Origin",
          "Priority",
          "Referer",
          "Sec-CH-UA",
          "Sec-CH-UA-Mobile",
          "Sec-CH-UA-Platform",
          "Sec-Fetch-Dest",
          "Sec-Fetch-Mode",
          "Sec-Fetch-Site",
          "Sec-Fetch-User",
          "Sec-GPC",
          "Upgrade-Insecure-Requests");

  private static final MultiMap KNOWN = MultiMap.caseInsensitiveMultiMap();

  static {
    COMPARED.forEach(name -> KNOWN.add(name, ""));
    OTHERS.forEach(name -> KNOWN.add(name, ""));
  }

  /** The key of a request; empty if its response must not be replayed. */
  static Optional<ReplayKey> of(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (!request.method().equals(HttpMethod.GET)
        || HeadRequest.is(context)
        || LongAddress.isTooLong(request)
        || !hasKnownHeaders(request.headers())) {
      return Optional.empty();
    }
    MultiMap headers = request.headers();
    return Optional.of(
        new ReplayKey(
            request.scheme(),
            request.uri(),
            headers.get("Accept"),
            headers.get("Accept-Language"),
            headers.get("Accept-Encoding"),
            unchanged(headers)));
  }

  private static String unchanged(MultiMap headers) {
    return headers.contains("If-None-Match")
        ? String.join(",", headers.getAll("If-None-Match"))
        : null;
  }

  /** Whether {@link HeaderRules} would do nothing, and every header is listed. */
  private static boolean hasKnownHeaders(MultiMap headers) {
    int characters = 0;
    int hosts = 0;
    int accepts = 0;
    for (Map.Entry<String, String> header : headers) {
      String name = header.getKey();
      if (!KNOWN.contains(name)) {
        return false;
      }
      characters += header.getValue().length();
      if (name.equalsIgnoreCase("Host")) {
        hosts++;
      } else if (name.regionMatches(true, 0, ACCEPT, 0, ACCEPT.length())) {
        accepts++;
      }
    }
    return characters <= HeaderRules.LONGEST && hosts <= 1 && accepts == distinctAccepts(headers);
  }

  private static int distinctAccepts(MultiMap headers) {
    return (headers.contains("Accept") ? 1 : 0)
        + (headers.contains("Accept-Language") ? 1 : 0)
        + (headers.contains("Accept-Encoding") ? 1 : 0);
  }

  /** Characters of the key, for the bound of the memory that keys take. */
  int length() {
    return uri.length() + length(accept) + length(language) + length(coding) + length(unchanged);
  }

  private static int length(String text) {
    return text == null ? 0 : text.length();
  }
}
