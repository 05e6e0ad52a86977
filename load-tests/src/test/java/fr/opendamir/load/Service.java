package fr.opendamir.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** The service as it is asked beside the load: before it, and by those who look on. */
final class Service {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final String baseUrl;
  private final List<String> keys;

  Service(String baseUrl, List<String> keys) {
    this.baseUrl = baseUrl;
    this.keys = keys;
  }

  /** The body of an answer, not compressed; anything but 200 ends the run. */
  String get(String path) {
    return answer(path).body();
  }

  HttpResponse<String> answer(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(baseUrl + path)).timeout(PATIENCE);
    if (!keys.isEmpty()) {
      request.header("X-API-Key", keys.get(0));
    }
    try {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(
            path + " is answered by " + answer.statusCode() + ": " + answer.body());
      }
      return answer;
    } catch (IOException e) {
      throw new IllegalStateException("no service at " + baseUrl, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** The release that is served. */
  String release() {
    return answer("/v1/aggregates?group_by=year&labels=id")
        .headers()
        .firstValue("X-Release")
        .orElseThrow();
  }
}
