package fr.opendamir.answer;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The one way of an answer, whatever the door: the client has it (304), the cache has it, another
 * request computes it at the moment, or it is computed now, once for all requests that wait. 304
 * and HEAD of a cached answer are free; a cached answer is paid for when it is served.
 */
@ApplicationScoped
public class AnswerService {
  private final AnswerCache cache;

  public AnswerService(AnswerCache cache) {
    this.cache = cache;
  }

  /** Whether an answer is in the cache; never waits. */
  public boolean isCached(AnswerKey key) {
    return cache.find(key.tag()).isPresent();
  }

  /**
   * An answer that takes no work.
   *
   * @return empty where it must be computed; fails with {@link QuotaExceededException} where its
   *     price is not granted
   */
  public Optional<Uni<Answer>> ready(AnswerRequest request, AnswerKey key) {
    if (request.isUnchanged().test(key)) {
      return Optional.of(Uni.createFrom().item(new Answer.NotModified(key)));
    }
    return cache.find(key.tag()).map(answer -> served(request, answer));
  }

  private static Uni<Answer> served(AnswerRequest request, EncodedAnswer answer) {
    request.account().isFrom(AnswerSource.KEPT);
    return request.account().pay(request.isHeadOnly() ? 0 : answer.units()).replaceWith(answer);
  }

  /**
   * An answer.
   *
   * @param work asked for where the answer must be computed
   * @return fails as the work does, and with {@link QuotaExceededException} where the price is not
   *     granted
   */
  public Uni<Answer> answer(AnswerRequest request, AnswerKey key, Supplier<Work> work) {
    return ready(request, key).orElseGet(() -> computed(request, key, work.get()));
  }

  /** An answer that is not ready, computed now or by another request. */
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
   * The part of one request in a computation that is shared. A failure that concerns the caller of
   * the request that does the work is not passed on: the requests that wait try again, and one of
   * them computes. Each failure takes its own request out of the competition, so this ends.
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

    /** What a request that waited pays for the result. */
    private long owed(long units) {
      return isPaid ? 0 : units;
    }

    private Uni<Void> shared(EncodedAnswer answer) {
      request.account().isFrom(AnswerSource.SHARED);
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
