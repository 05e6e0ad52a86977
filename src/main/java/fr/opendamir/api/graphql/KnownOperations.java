package fr.opendamir.api.graphql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.opendamir.answer.AnswerKey;
import fr.opendamir.answer.EntityTag;
import fr.opendamir.api.http.CacheHeaders;
import fr.opendamir.query.Release;
import fr.opendamir.query.ServedReleases;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * Cache of parsed operations by request text, so that a repeated request is neither parsed nor
 * validated again.
 */
@ApplicationScoped
class KnownOperations {
  /**
   * Version of the representation. Must be raised whenever the same operation gets different bytes.
   */
  private static final String REPRESENTATION = "graphql-3";

  private static final long MOST_CHARACTERS = 4_000_000;
  private static final int LONGEST = 8_000;

  /**
   * A cached operation, identified by a digest of the operation, its language and its media type.
   */
  static final class Known {
    private final String digest;
    private final boolean pinned;
    private volatile Keyed last = new Keyed(List.of(), null);

    private record Keyed(List<String> ids, AnswerKey key) {}

    private Known(SentOperation sent, Operation operation) {
      this.digest =
          EntityTag.of(
              REPRESENTATION, sent.type().name(), sent.language().name(), operation.canonical());
      this.pinned = operation.isPinned();
    }

    /**
     * The cache key of the answer while the given releases are served. It depends on all of them,
     * because an operation may list releases or name some. Empty if nothing is published.
     */
    Optional<AnswerKey> key(ServedReleases served) {
      return served.newest().map(newest -> key(served.ids(), newest));
    }

    private AnswerKey key(List<String> ids, Release newest) {
      Keyed keyed = last;
      if (!keyed.ids().equals(ids)) {
        // A pinned operation may name several releases, or older ones.
        keyed =
            new Keyed(
                ids,
                new AnswerKey(
                    EntityTag.of(digest, String.join(",", ids)),
                    pinned ? CacheHeaders.ofPinned() : CacheHeaders.of(newest, false)));
        last = keyed;
      }
      return keyed.key();
    }

    /** The release for {@code X-Release}; empty if the question names its release. */
    Optional<String> release(ServedReleases served) {
      return pinned ? Optional.empty() : served.newest().map(Release::id);
    }
  }

  private final Cache<SentOperation, Known> known =
      Caffeine.newBuilder()
          .maximumWeight(MOST_CHARACTERS)
          .weigher((SentOperation sent, Known meaning) -> sent.text().length() + 200)
          .executor(Runnable::run)
          .build();

  /** Finds an operation by its exact request text. */
  Optional<Known> find(SentOperation sent) {
    return Optional.ofNullable(known.getIfPresent(sent));
  }

  /** Adds an operation to the cache, unless its text is too long. */
  Known remember(SentOperation sent, Operation operation) {
    Known meaning = new Known(sent, operation);
    if (sent.text().length() <= LONGEST) {
      known.put(sent, meaning);
    }
    return meaning;
  }
}
