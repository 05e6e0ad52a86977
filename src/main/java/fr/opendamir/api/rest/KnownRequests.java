package fr.opendamir.api.rest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.opendamir.api.http.ContentCoding;
import fr.opendamir.query.Release;
import fr.opendamir.question.Question;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What requests mean that were answered before: one that is repeated is not parsed again. */
@ApplicationScoped
class KnownRequests {
  private static final long MOST_BYTES = 16L * 1024 * 1024;
  private static final int LONGEST = 2_000;

  /**
   * Bytes that a parsed question takes, at most, for each character that it was read from: a filter
   * of one-digit codes is the worst, a text object for every two characters.
   */
  private static final int BYTES_PER_CHARACTER = 40;

  private static final int BYTES_PER_ENTRY = 800;

  /** Everything of a request that its answer depends on. */
  private record Key(String query, String accept, String language, String encoding) {
    int length() {
      return length(query) + length(accept) + length(language) + length(encoding);
    }

    /** Bytes, with those of the question. */
    int weight() {
      return BYTES_PER_ENTRY + BYTES_PER_CHARACTER * length();
    }

    private static int length(String text) {
      return text == null ? 0 : text.length();
    }
  }

  /** A question, and the tag of its answer from the release it was last asked of. */
  static final class Known {
    private final Question query;
    private final AnswerFormat format;
    private final boolean compressed;
    private volatile Tagged last = new Tagged("", "");

    private record Tagged(String release, String tag) {}

    private Known(Question query, AnswerFormat format, boolean compressed) {
      this.query = query;
      this.format = format;
      this.compressed = compressed;
    }

    Question query() {
      return query;
    }

    boolean isCompressed() {
      return compressed;
    }

    String tag(Release release) {
      Tagged tagged = last;
      if (!tagged.release().equals(release.id())) {
        tagged = new Tagged(release.id(), AnswerWriter.tag(query, release, format));
        last = tagged;
      }
      return tagged.tag();
    }
  }

  private final Cache<Key, Known> known =
      Caffeine.newBuilder()
          .maximumWeight(MOST_BYTES)
          .weigher((Key key, Known meaning) -> key.weight())
          .executor(Runnable::run)
          .build();

  Optional<Known> find(HttpServerRequest request) {
    return Optional.ofNullable(known.getIfPresent(key(request)));
  }

  /** Remembers a request that was answered, with figures that were paid for. */
  void remember(HttpServerRequest request, Question query, AnswerFormat format) {
    Key key = key(request);
    if (key.length() <= LONGEST) {
      known.put(key, new Known(query, format, ContentCoding.acceptsGzip(request)));
    }
  }

  private static Key key(HttpServerRequest request) {
    return new Key(
        request.query(),
        request.getHeader("Accept"),
        request.getHeader("Accept-Language"),
        request.getHeader("Accept-Encoding"));
  }
}
