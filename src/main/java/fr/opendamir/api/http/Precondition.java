package fr.opendamir.api.http;

import fr.opendamir.answer.AnswerKey;
import fr.opendamir.answer.EntityTag;
import io.netty.handler.codec.DateFormatter;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;

/** Whether a client has an answer already: {@code If-None-Match} and {@code If-Modified-Since}. */
public final class Precondition {
  private Precondition() {}

  /**
   * Whether an answer is the one that the client has. The tag decides where the client sends one;
   * dates that cannot be read are ignored.
   *
   * <p>An answer that follows the newest release is unchanged only since the exact date that it
   * named: a release that was withdrawn was newer than the one that is the newest again. Answers
   * that name their release never change.
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

  /** In any of the three forms of HTTP. */
  private static Optional<Instant> date(String text) {
    try {
      return Optional.ofNullable(DateFormatter.parseHttpDate(text.strip())).map(Date::toInstant);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
