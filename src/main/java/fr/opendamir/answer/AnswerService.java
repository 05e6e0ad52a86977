package fr.opendamir.answer;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The pipeline that answers REST and GraphQL requests. The client already has the answer (304), or
 * it is in the cache, or another request is computing it, or it is computed now, once for all
 * waiting requests. A 304 response and HEAD of a cached answer are free; a cached answer is paid
 * for when it is served.
 */
@ApplicationScoped
public class AnswerService {
  private final AnswerCache cache;

  public AnswerService(AnswerCache cache) {
    this.cache = cache;
  }

  /** Whether an answer is in the cache. Never waits. */
  public boolean isCached(AnswerKey key) {
    return cache.find(key.tag()).isPresent();
  }

  /**
   * Finds an answer that needs no computation.
   *
   * @return the answer; empty if it must be computed. The {@code Uni} fails with {@link
   *     QuotaExceededException} if the price is not granted
   */
  public Optional<Uni<Answer>> ready(AnswerRequest request, AnswerKey key) {
    if (request.isUnchanged().test(key)) {
      return Optional.of(Uni.createFrom().item(new Answer.NotModified(key)));
    }
    return cache.find(key.tag()).map(answer -> served(request, answer));
  }

  private static Uni<Answer> served(AnswerRequest request, EncodedAnswer answer) {
    note(request, AnswerSource.KEPT, answer);
    return request.account().pay(request.isHeadOnly() ? 0 : answer.units()).replaceWith(answer);
  }

  /** Records the source of figures; an answer without a price has no figures. */
  private static void note(AnswerRequest request, AnswerSource source, EncodedAnswer answer) {
    if (answer.units() > 0) {
      request.account().isFrom(source);
    }
  }

  /**
   * Answers a request.
   *
   * @param work called only if the answer must be computed
   * @return fails as the work does, and with {@link QuotaExceededException} if the price is not
   *     granted
   */
  public Uni<Answer> answer(AnswerRequest request, AnswerKey key, Supplier<Work> work) {
    return ready(request, key).orElseGet(() -> computed(request, key, work.get()));
  }

  /**
   * Gets an answer that is not ready: computes it now, or waits for another request that computes
   * it.
   */
  public Uni<Answer> computed(AnswerRequest request, AnswerKey key, Work work) {
    return encoded(request, key, work).map(answer -> answer);
  }

  private Uni<EncodedAnswer> encoded(AnswerRequest request, AnswerKey key, Work work) {
    if (work instanceof Work.Priced priced) {
      return request
          .charge(priced.most(), priced.least())
          .paid(
              EncodedAnswer::units,
              charge ->
                  new Computation(request, key, () -> priced.compute().apply(charge), true)
                      .result());
    }
    Work.Metered metered = (Work.Metered) work;
    return new Computation(request, key, metered.compute(), false).result();
  }

  /**
   * The part of one request in a single-flight computation. A failure that concerns only the caller
   * of the computing request is not passed on: the waiting requests try again, and one of them
   * computes. Every such failure ends one request, so the number of attempts is finite.
   */
  private final class Computation {
    private final AnswerRequest request;
    private final AnswerKey key;
    private final Supplier<Uni<EncodedAnswer>> compute;
    private final boolean isPaid;
    private final AtomicBoolean isOwn = new AtomicBoolean();

    Computation(
        AnswerRequest request,
        AnswerKey key,
        Supplier<Uni<EncodedAnswer>> compute,
        boolean isPaid) {
      this.request = request;
      this.key = key;
      this.compute = compute;
      this.isPaid = isPaid;
    }

    Uni<EncodedAnswer> result() {
      return cache
          .get(
              key.tag(),
              () -> {
                isOwn.set(true);
                return compute.get();
              })
          .onFailure(failure -> !isOwn.get() && isPersonal(failure))
          .retry()
          .indefinitely()
          .call(answer -> isOwn.get() ? Uni.createFrom().voidItem() : shared(answer))
          .onFailure(failure -> !isOwn.get() && units(failure) > 0)
          .recoverWithUni(
              failure ->
                  request
                      .account()
                      .pay(owed(units(failure)))
                      .chain(() -> Uni.createFrom().failure(failure)));
    }

    /** The units that a waiting request pays for the result. */
    private long owed(long units) {
      return isPaid ? 0 : units;
    }

    private Uni<Void> shared(EncodedAnswer answer) {
      note(request, AnswerSource.SHARED, answer);
      return request.account().pay(owed(answer.units()));
    }
  }

  private static boolean isPersonal(Throwable failure) {
    return RequestAccount.isPersonal(failure)
        || notCached(failure).map(NotCachedException::isPersonal).orElse(false);
  }

  private static long units(Throwable failure) {
    return notCached(failure).map(NotCachedException::units).orElse(0L);
  }

  private static Optional<NotCachedException> notCached(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof NotCachedException notCached
        ? Optional.of(notCached)
        : Optional.empty();
  }
}
