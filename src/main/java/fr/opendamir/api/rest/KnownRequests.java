package fr.opendamir.api.rest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.opendamir.api.http.ContentCoding;
import fr.opendamir.query.AggregateQuery;
import fr.opendamir.query.Release;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What requests that were understood once mean: whoever repeats one is not parsed again. */
@ApplicationScoped
class KnownRequests {
  private static final long MOST = 10_000;
  private static final int LONGEST = 2_000;

  /** Everything of a request that its answer depends on. */
  private record Key(String query, String accept, String language, String encoding) {}

  /** A question, and the tag of its answer from the release it was last asked of. */
  static final class Known {
    private final AggregateQuery query;
    private final AnswerFormat format;
    private final boolean compressed;
    private volatile Tagged last = new Tagged("", "");

    private record Tagged(String release, String tag) {}

    private Known(AggregateQuery query, AnswerFormat format, boolean compressed) {
      this.query = query;
      this.format = format;
      this.compressed = compressed;
    }

    AggregateQuery query() {
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
      Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

  Optional<Known> find(HttpServerRequest request) {
    return Optional.ofNullable(known.getIfPresent(key(request)));
  }

  void remember(HttpServerRequest request, AggregateQuery query, AnswerFormat format) {
    Key key = key(request);
    if (key.toString().length() <= LONGEST) {
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
