package fr.opendamir.api.graphql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.opendamir.answer.AnswerCache;
import fr.opendamir.answer.EncodedAnswer;
import fr.opendamir.api.http.AnswerSource;
import fr.opendamir.api.http.CacheHeaders;
import fr.opendamir.api.http.EntityTag;
import fr.opendamir.api.http.RequestLanguage;
import fr.opendamir.api.http.Visit;
import fr.opendamir.catalog.Language;
import fr.opendamir.query.Release;
import fr.opendamir.query.ServedReleases;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Encoded answers: known requests from memory, others worked out once for all who ask at once. */
@ApplicationScoped
class GraphqlAnswers {
  /** To be raised whenever the same operation is answered with other bytes. */
  private static final String REPRESENTATION = "graphql-2";

  private static final long MOST_CHARACTERS = 4_000_000;
  private static final int LONGEST = 8_000;

  private static final String LICENCE =
      "<https://www.etalab.gouv.fr/licence-ouverte-open-licence>; rel=\"license\"";

  /**
   * Everything of a request that its answer depends on, as it was sent.
   *
   * @param text the parameters of the address, or the body
   */
  record Sent(boolean isPost, String text, MediaTypes type, Language language) {}

  /** What a request means: a digest of the operation with its language and media type. */
  static final class Known {
    private final String digest;
    private final boolean pinned;
    private volatile Tagged last = new Tagged(List.of(), "");

    private record Tagged(List<String> ids, String tag) {}

    Known(Operation operation, MediaTypes type, Language language) {
      this.digest =
          EntityTag.of(REPRESENTATION, type.name(), language.name(), operation.canonical());
      this.pinned = operation.isPinned();
    }

    /**
     * The tag of its answer while these releases are served: it depends on the newest, and where it
     * lists releases or names some, on all of them.
     */
    String tag(ServedReleases served) {
      Tagged tagged = last;
      if (!tagged.ids().equals(served.ids())) {
        tagged = new Tagged(served.ids(), EntityTag.of(digest, String.join(",", served.ids())));
        last = tagged;
      }
      return tagged.tag();
    }

    /**
     * How long its answer may be kept; what is pinned may be of several releases, or of older ones.
     */
    List<Map.Entry<String, String>> cacheHeaders(Release newest) {
      return pinned ? CacheHeaders.ofPinned() : CacheHeaders.of(newest, false);
    }

    /** The release that its answer names; absent where the question names it itself. */
    Optional<String> release(Release newest) {
      return pinned ? Optional.empty() : Optional.of(newest.id());
    }
  }

  /** An answer with errors: told to those who asked, and not kept. */
  static final class NotKeptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient GraphqlEngine.Outcome outcome;

    NotKeptException(GraphqlEngine.Outcome outcome) {
      super("answer with errors", null, false, false); // no failure of ours: no stack trace
      this.outcome = outcome;
    }

    GraphqlEngine.Outcome outcome() {
      return outcome;
    }
  }

  private final Cache<Sent, Known> known =
      Caffeine.newBuilder()
          .maximumWeight(MOST_CHARACTERS)
          .weigher((Sent sent, Known meaning) -> sent.text().length() + 200)
          .executor(Runnable::run)
          .build();
  private final GraphqlEngine engine;
  private final AnswerCache cache;

  GraphqlAnswers(GraphqlEngine engine, AnswerCache cache) {
    this.engine = engine;
    this.cache = cache;
  }

  /** What a request means, if it was understood before. */
  Optional<Known> known(Sent sent) {
    return Optional.ofNullable(known.getIfPresent(sent));
  }

  /** Remembers what a request means. */
  Known remember(Sent sent, Operation operation) {
    Known meaning = new Known(operation, sent.type(), sent.language());
    if (sent.text().length() <= LONGEST) {
      known.put(sent, meaning);
    }
    return meaning;
  }

  /** The answer of a tag, if it is kept; never waits. */
  Optional<EncodedAnswer> find(String tag) {
    return cache.find(tag);
  }

  /**
   * The answer to an operation, computed, or waited for where another request computes it. The
   * request that computes it pays field by field, also where its client leaves meanwhile; one that
   * waits for it pays for all of it when it is there. A refusal of the other request concerns its
   * caller only: then those who waited try again.
   *
   * @return fails with {@link NotKeptException} where there are errors to tell
   */
  Uni<EncodedAnswer> answer(
      String tag, Known meaning, Operation operation, Sent sent, Release release, Asked asked) {
    Visit visit = asked.visit();
    AtomicBoolean isOwn = new AtomicBoolean();
    AtomicBoolean hasLeft = new AtomicBoolean();
    return cache
        .get(
            tag,
            () -> {
              isOwn.set(true);
              return engine
                  .execute(operation, asked)
                  .map(outcome -> encode(outcome, tag, meaning, sent, release))
                  .onTermination()
                  .invoke(() -> settleWhoLeft(hasLeft.get(), asked));
            })
        .onCancellation()
        .invoke(() -> hasLeft.set(true))
        .onFailure(failure -> !isOwn.get() && isPersonal(failure))
        .retry()
        .indefinitely()
        .call(answer -> isOwn.get() ? Uni.createFrom().voidItem() : shared(answer, visit))
        .onFailure(failure -> !isOwn.get() && units(failure) > 0)
        .recoverWithUni(
            failure -> visit.pay(units(failure)).chain(() -> Uni.createFrom().failure(failure)));
  }

  /** Others wait for the work of a client that left, and pay for what comes of it. */
  private static void settleWhoLeft(boolean hasLeft, Asked asked) {
    if (hasLeft) {
      asked.left();
    }
  }

  private static Uni<Void> shared(EncodedAnswer answer, Visit visit) {
    visit.isFrom(AnswerSource.SHARED);
    return visit.pay(answer.units());
  }

  private static boolean isPersonal(Throwable failure) {
    return notKept(failure).map(GraphqlEngine.Outcome::isPersonal).orElse(false);
  }

  private static long units(Throwable failure) {
    return notKept(failure).map(GraphqlEngine.Outcome::units).orElse(0L);
  }

  private static Optional<GraphqlEngine.Outcome> notKept(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof NotKeptException notKept
        ? Optional.of(notKept.outcome())
        : Optional.empty();
  }

  /** What comes of an operation, without keeping it. */
  Uni<GraphqlEngine.Outcome> answerNow(Operation operation, Asked asked) {
    return engine.execute(operation, asked);
  }

  private static EncodedAnswer encode(
      GraphqlEngine.Outcome outcome, String tag, Known meaning, Sent sent, Release release) {
    if (outcome.hasErrors()) {
      throw new NotKeptException(outcome);
    }
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    headers.add(Map.entry("Content-Type", sent.type().header()));
    headers.add(Map.entry("Content-Language", RequestLanguage.tag(sent.language())));
    meaning.release(release).ifPresent(id -> headers.add(Map.entry("X-Release", id)));
    headers.add(Map.entry("Link", LICENCE));
    headers.add(Map.entry("Vary", CacheHeaders.VARY));
    headers.addAll(meaning.cacheHeaders(release));
    return EncodedAnswer.of(tag, headers, outcome.body().getBytes(), outcome.units());
  }
}
