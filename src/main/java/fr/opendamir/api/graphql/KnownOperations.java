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

/** Cache of operations: one that is sent again is not parsed and validated again. */
@ApplicationScoped
class KnownOperations {
  /** To be raised whenever the same operation is answered with other bytes. */
  private static final String REPRESENTATION = "graphql-2";

  private static final long MOST_CHARACTERS = 4_000_000;
  private static final int LONGEST = 8_000;

  /** A digest of an operation with its language and media type. */
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
     * The key of its answer while these releases are served: it depends on the newest, and where it
     * lists releases or names some, on all of them. Empty where nothing is published.
     */
    Optional<AnswerKey> key(ServedReleases served) {
      return served.newest().map(newest -> key(served.ids(), newest));
    }

    private AnswerKey key(List<String> ids, Release newest) {
      Keyed keyed = last;
      if (!keyed.ids().equals(ids)) {
        // What is pinned may be of several releases, or of older ones.
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

    /** The release that its answer names; absent where the question names it itself. */
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

  /** An operation that was sent before in the same words. */
  Optional<Known> find(SentOperation sent) {
    return Optional.ofNullable(known.getIfPresent(sent));
  }

  /** Remembers an operation, unless it is very long. */
  Known remember(SentOperation sent, Operation operation) {
    Known meaning = new Known(sent, operation);
    if (sent.text().length() <= LONGEST) {
      known.put(sent, meaning);
    }
    return meaning;
  }
}
