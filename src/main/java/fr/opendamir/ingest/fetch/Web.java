package fr.opendamir.ingest.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Requests, one at a time, with the cookies of a session. Redirections are followed by hand,
 * because the client would follow them to any host.
 */
final class Web {
  private static final int MOST_REDIRECTS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final FetchSettings settings;
  private final HttpClient client;

  Web(FetchSettings settings) {
    this.settings = settings;
    this.client =
        HttpClient.newBuilder()
            // A body of HTTP/1.1 says by itself whether it was cut, and one file needs no more.
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.timeout())
            .cookieHandler(new CookieManager())
            .build();
  }

  /**
   * Asks for an address. The caller closes the body.
   *
   * @throws IOException if there is no answer; another attempt may succeed
   * @throws FetchException if a redirection is not followed
   */
  HttpResponse<InputStream> get(URI address, Map<String, String> headers) throws IOException {
    URI next = address;
    for (int redirects = 0; ; redirects++) {
      HttpResponse<InputStream> response = send(next, headers);
      Optional<String> location = response.headers().firstValue("Location");
      if (!REDIRECTS.contains(response.statusCode()) || location.isEmpty()) {
        return response;
      }
      response.body().close();
      URI target = resolve(next, location.get());
      if (redirects == MOST_REDIRECTS || !mayLead(next, target)) {
        throw new FetchException(
            shown(address)
                + (redirects == MOST_REDIRECTS
                    ? " is redirected again and again"
                    : " is redirected to "
                        + shown(target)
                        + ", another host without TLS, which is not followed"));
      }
      next = target;
    }
  }

  private HttpResponse<InputStream> send(URI address, Map<String, String> headers)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(settings.timeout())
            .header("User-Agent", settings.userAgent())
            // A gzip file that a server compresses once more would be stored compressed twice.
            .header("Accept-Encoding", "identity");
    headers.forEach(request::header);
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FetchException("interrupted", e);
    }
  }

  private static URI resolve(URI base, String location) throws IOException {
    try {
      return base.resolve(new URI(location));
    } catch (URISyntaxException e) {
      throw new IOException("the redirection is not a valid address", e);
    }
  }

  /** Whether an answer of one address may lead to another one: the same host, or over TLS. */
  static boolean mayLead(URI from, URI to) {
    boolean isSameHost =
        "http".equalsIgnoreCase(from.getScheme())
            && "http".equalsIgnoreCase(to.getScheme())
            && String.valueOf(from.getRawAuthority()).equalsIgnoreCase(to.getRawAuthority());
    return to.getHost() != null && ("https".equalsIgnoreCase(to.getScheme()) || isSameHost);
  }

  /** Whether a text is an address of a web server without a user in it. */
  static boolean isWebAddress(String text) {
    try {
      URI address = new URI(text);
      return ("https".equalsIgnoreCase(address.getScheme())
              || "http".equalsIgnoreCase(address.getScheme()))
          && address.getHost() != null
          && address.getRawUserInfo() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** The part of an address that may be told: its query may hold a token. */
  static String shown(URI address) {
    String path = address.getRawPath() == null ? "" : address.getRawPath();
    return address.getScheme() + "://" + address.getRawAuthority() + path;
  }

  /** What a failed request means; messages of the client are often missing. */
  static String reason(IOException failure) {
    if (failure instanceof HttpTimeoutException) {
      return "no answer in time";
    }
    if (failure instanceof ConnectException) {
      return "the server cannot be reached";
    }
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
