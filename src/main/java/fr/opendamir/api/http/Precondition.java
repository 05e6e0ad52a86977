package fr.opendamir.api.http;

import fr.opendamir.answer.AnswerKey;
import fr.opendamir.answer.EntityTag;
import io.netty.handler.codec.DateFormatter;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;

/** Evaluates {@code If-None-Match} and {@code If-Modified-Since}. */
public final class Precondition {
  private Precondition() {}

  /**
   * Whether the client already has the answer. A tag takes precedence over a date; unreadable dates
   * are ignored.
   *
   * <p>For an answer that follows the newest release, the date must match exactly: after a rollback
   * the newest release is older than the withdrawn one. Answers that name their release never
   * change.
   */
  static boolean isUnchanged(HttpServerRequest request, AnswerKey key) {
    if (request.headers().contains("If-None-Match")) {
      return EntityTag.isIn(String.join(",", request.headers().getAll("If-None-Match")), key.tag());
    }
    String since = request.getHeader("If-Modified-Since");
    if (since == null) {
      return false;
    }
    Optional<Instant> known = date(since);
    Optional<Instant> modified =
        key.caching().stream()
            .filter(header -> header.getKey().equals("Last-Modified"))
            .findFirst()
            .flatMap(header -> date(header.getValue()));
    if (known.isEmpty() || modified.isEmpty()) {
      return false;
    }
    int order = known.get().compareTo(modified.get());
    return order == 0 || (order > 0 && CacheHeaders.areOfPinned(key.caching()));
  }

  /** Parses a date in any of the three HTTP formats. */
  private static Optional<Instant> date(String text) {
    try {
      return Optional.ofNullable(DateFormatter.parseHttpDate(text.strip())).map(Date::toInstant);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
