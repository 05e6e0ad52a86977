package fr.opendamir.api.graphql;

import fr.opendamir.access.VocabularyPrice;
import fr.opendamir.answer.AnswerRequest;
import fr.opendamir.answer.RequestAccount;
import fr.opendamir.api.http.Problems;
import fr.opendamir.catalog.Language;
import fr.opendamir.query.ServedReleases;
import graphql.language.Field;
import graphql.schema.DataFetchingEnvironment;
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
 * Execution state of one operation: its account, its releases, and its cost so far in units. All
 * fields are answered from the same releases.
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

  /** The state of the operation that a field belongs to. */
  static Asked of(DataFetchingEnvironment field) {
    return field.getGraphQlContext().get(Asked.class);
  }

  /** The language of a label: its argument {@code lang}; that of the request where absent. */
  static Language language(DataFetchingEnvironment label) {
    Language asked = label.getArgument("lang");
    return asked == null ? of(label).problems().language() : asked;
  }

  /** The factory that describes failures to the client. */
  Problems problems() {
    return problems;
  }

  /** The request that the operation is executed for. */
  AnswerRequest request() {
    return request;
  }

  /** The account that the operation is charged to. */
  RequestAccount account() {
    return request.account();
  }

  /** The releases that all fields of this operation are answered from. */
  ServedReleases served() {
    return served;
  }

  /**
   * Adds the price of a field, in units.
   *
   * @param requestedUnits maximum price, known before execution
   * @param actualUnits price of the result
   * @param leastUnits price of the result without its nodes
   */
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

  /** Refunds the charges of all fields, because the operation is executed again from the start. */
  void refund() {
    least.set(0);
    vocabulary.set(0);
    account().settle(actual.getAndSet(0), 0);
  }

  /** The weight of one list member, given the fields selected in it; computed once. */
  long weightOfMember(List<Field> list, LongSupplier weight) {
    return weights.computeIfAbsent(list, unused -> weight.getAsLong());
  }

  /**
   * Charges for vocabulary before it is written: the price of the whole operation so far, minus the
   * price already charged.
   *
   * @param weight bytes of the answer
   * @return a stage that fails with {@code QuotaExceededException} if the quota does not suffice
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

  /** Refunds the price of nodes, because the client has disconnected. */
  void left() {
    long worked = least.get();
    account().settle(actual.getAndSet(worked), worked);
  }

  /**
   * Records that a release was withdrawn during execution, so that no answer can be given from
   * these releases.
   */
  void replaced() {
    isReplaced = true;
  }

  boolean isReplaced() {
    return isReplaced;
  }

  /**
   * Wraps the work of a field so that {@link #stop()} cancels it; the GraphQL libraries do not
   * propagate cancellation.
   */
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

  /** Cancels all work, because the client no longer waits for the answer. */
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
