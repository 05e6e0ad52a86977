package fr.opendamir.api.graphql;

import fr.opendamir.access.VocabularyPrice;
import fr.opendamir.answer.AnswerRequest;
import fr.opendamir.answer.RequestAccount;
import fr.opendamir.api.http.Problems;
import fr.opendamir.query.ServedReleases;
import graphql.language.Field;
import graphql.schema.DataFetchingEnvironment;
import io.smallrye.graphql.api.Context;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * An operation while it is executed: on whose account, from which releases, and what it costs so
 * far, in units. All its fields are answered from the same releases.
 */
final class Asked {
  private final Problems problems;
  private final AnswerRequest request;
  private final ServedReleases served;
  private final AtomicLong requested = new AtomicLong();
  private final AtomicLong actual = new AtomicLong();
  private final AtomicLong vocabulary = new AtomicLong();
  private final Map<List<Field>, Long> weights = new ConcurrentHashMap<>();
  private final AtomicLong least = new AtomicLong();
  private final List<Cancellable> running = new ArrayList<>();
  private boolean isStopped;
  private volatile boolean isReplaced;

  Asked(Problems problems, AnswerRequest request, ServedReleases served) {
    this.problems = problems;
    this.request = request;
    this.served = served;
  }

  /** That of the request which a field belongs to. */
  static Asked of(Context context) {
    return context.unwrap(DataFetchingEnvironment.class).getGraphQlContext().get(Asked.class);
  }

  /** How failures are told. */
  Problems problems() {
    return problems;
  }

  /** The request that it is executed for. */
  AnswerRequest request() {
    return request;
  }

  /** On whose account it is executed. */
  RequestAccount account() {
    return request.account();
  }

  /** The releases that are served, as far as this operation is concerned. */
  ServedReleases served() {
    return served;
  }

  /** Adds the price of a field: what it could have cost, what it did, and without its nodes. */
  void charge(long requestedUnits, long actualUnits, long leastUnits) {
    requested.addAndGet(requestedUnits);
    actual.addAndGet(actualUnits);
    least.addAndGet(leastUnits);
  }

  long requestedUnits() {
    return requested.get();
  }

  long actualUnits() {
    return actual.get();
  }

  /** Gives back what was charged for fields: the operation is executed again from their start. */
  void refund() {
    least.set(0);
    vocabulary.set(0);
    account().settle(actual.getAndSet(0), 0);
  }

  /** What one member of a list takes by what is selected there, worked out once. */
  long weightOfMember(List<Field> list, LongSupplier weight) {
    return weights.computeIfAbsent(list, unused -> weight.getAsLong());
  }

  /**
   * Pays for vocabulary before it is written: what all of the operation comes to, less what was
   * paid for the parts before.
   *
   * @param weight in bytes of the answer
   * @return fails with {@code QuotaExceededException} where it is not granted
   */
  CompletableFuture<Void> pay(long weight) {
    long before = vocabulary.getAndAdd(weight);
    long units = VocabularyPrice.units(before + weight) - VocabularyPrice.units(before);
    return units == 0
        ? CompletableFuture.completedFuture(null)
        : account()
            .pay(units)
            .invoke(() -> charge(units, units, units))
            .subscribeAsCompletionStage();
  }

  /** Gives back what nodes cost, of those fields that have some: their client has left. */
  void left() {
    long worked = least.get();
    account().settle(actual.getAndSet(worked), worked);
  }

  /** Notes that a release was withdrawn meanwhile: the operation has no answer from these. */
  void replaced() {
    isReplaced = true;
  }

  boolean isReplaced() {
    return isReplaced;
  }

  /** Work of a field that ends where the operation is stopped, which libraries do not pass on. */
  <T> Uni<T> stoppable(Uni<T> work) {
    return Uni.createFrom()
        .emitter(
            field -> {
              Cancellable started = work.subscribe().with(field::complete, field::fail);
              if (isStoppedOr(
                  () -> {
                    started.cancel();
                    field.fail(new CancellationException());
                  })) {
                started.cancel();
                field.fail(new CancellationException());
              }
            });
  }

  private synchronized boolean isStoppedOr(Cancellable stop) {
    running.add(stop);
    return isStopped;
  }

  /** Stops all work: nobody waits for the answer any more. */
  void stop() {
    List<Cancellable> stopped;
    synchronized (this) {
      isStopped = true;
      stopped = List.copyOf(running);
    }
    stopped.forEach(Cancellable::cancel);
    left();
  }

  synchronized boolean isStopped() {
    return isStopped;
  }
}
