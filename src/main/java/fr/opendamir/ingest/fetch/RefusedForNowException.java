package fr.opendamir.ingest.fetch;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A server cannot answer at the moment. */
final class RefusedForNowException extends IOException {
  private static final long serialVersionUID = 1L;

  /** A server that asks for a longer wait does not want to be asked again today. */
  private static final long LONGEST_SECONDS = 600;

  /** How long the server wants not to be asked. */
  final Duration wait;

  RefusedForNowException(HttpResponse<?> response) {
    super("the server answers " + response.statusCode());
    String seconds = response.headers().firstValue("Retry-After").orElse("");
    // The other form, a date, is left to our own waits.
    this.wait =
        seconds.matches("\\d{1,9}")
            ? Duration.ofSeconds(Math.min(Long.parseLong(seconds), LONGEST_SECONDS))
            : Duration.ZERO;
  }

  static boolean isFor(int status) {
    return status == 408 || status == 429 || status >= 500;
  }
}
