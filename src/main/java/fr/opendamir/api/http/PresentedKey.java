package fr.opendamir.api.http;

import io.vertx.core.MultiMap;
import java.util.Optional;

/** What a request presents as its key: {@code X-API-Key}, or {@code Authorization: Bearer}. */
final class PresentedKey {
  private static final String BEARER = "Bearer ";

  /** What no key can be. */
  private static final String NONE = "";

  private PresentedKey() {}

  /**
   * What is presented; absent where nothing is. Whatever else is in these headers is no key, and so
   * is refused: its caller meant to be somebody.
   */
  static Optional<String> find(MultiMap headers) {
    String key = headers.get("X-API-Key");
    String authorization = headers.get("Authorization");
    if (authorization == null) {
      return key == null ? Optional.empty() : Optional.of(key.strip());
    }
    String bearer =
        authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
            ? authorization.substring(BEARER.length()).strip()
            : NONE;
    return Optional.of(key == null || key.strip().equals(bearer) ? bearer : NONE);
  }
}
