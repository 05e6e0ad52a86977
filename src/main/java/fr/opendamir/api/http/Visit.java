package fr.opendamir.api.http;

import fr.opendamir.access.Admission;
import fr.opendamir.access.Allowances;
import fr.opendamir.access.Caller;
import fr.opendamir.access.Grant;
import fr.opendamir.access.OverloadedException;
import fr.opendamir.access.Plan;
import fr.opendamir.access.PolicyStanding;
import fr.opendamir.access.StreamPlace;
import fr.opendamir.access.StreamPlaces;
import fr.opendamir.access.TooManyAtOnceException;
import fr.opendamir.query.QuestionPlan;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * One request: who asks, what it took of the caller's allowance, and its way to the database. Where
 * callers are not limited, everything is granted and nothing is counted.
 */
public final class Visit {
  private static final String KEY = Visit.class.getName();
  private static final Grant FREE = new Grant(List.of(), List.of());

  private final Allowances allowances;
  private final Admission admission;
  private final StreamPlaces streams;
  private final Caller caller;
  private final QuestionObserver observer;
  private final String door;
  private List<PolicyStanding> policies;
  private long units;
  private long retryAfterSeconds;
  private boolean isOverloaded;
  private Consumer<Outcome> whenOver = outcome -> {};
  private volatile AnswerSource source = AnswerSource.OTHER;

  private Visit(
      Allowances allowances,
      Admission admission,
      StreamPlaces streams,
      Caller caller,
      List<PolicyStanding> policies,
      QuestionObserver observer,
      String door) {
    this.allowances = allowances;
    this.admission = admission;
    this.streams = streams;
    this.caller = caller;
    this.policies = policies;
    this.observer = observer;
    this.door = door;
  }

  /** The visit of a caller, and how its requests stand. */
  static Visit begin(
      RoutingContext context,
      Allowances allowances,
      Admission admission,
      StreamPlaces streams,
      Caller caller,
      Grant request,
      QuestionObserver observer,
      Door door) {
    Visit visit =
        new Visit(
            allowances, admission, streams, caller, request.policies(), observer, door.label());
    visit.remember(request);
    context.put(KEY, visit);
    return visit;
  }

  /** That of a caller who is not limited, but counted. */
  static Visit begin(RoutingContext context, QuestionObserver observer, Door door) {
    Visit visit = new Visit(null, null, null, null, List.of(), observer, door.label());
    context.put(KEY, visit);
    return visit;
  }

  /** That of a request. */
  public static Visit of(RoutingContext context) {
    Visit visit = context.get(KEY);
    return visit == null ? unlimited() : visit;
  }

  /** That of a caller who is not limited. */
  public static Visit unlimited() {
    return new Visit(null, null, null, null, List.of(), QuestionObserver.NONE, "");
  }

  private boolean isLimited() {
    return caller != null;
  }

  Caller caller() {
    return caller;
  }

  /** The plan of the caller; absent where callers are not limited. */
  public Optional<Plan> plan() {
    return isLimited() ? Optional.of(caller.plan()) : Optional.empty();
  }

  /** Takes a price where that needs nobody else; else {@link #take} must be asked. */
  public Optional<Grant> takeNow(long price) {
    if (!isLimited() || price == 0) {
      return Optional.of(FREE);
    }
    Optional<Grant> grant = allowances.takeNow(caller, price);
    if (grant.isPresent()) {
      note(grant.get(), price);
    }
    return grant;
  }

  /** Takes a price. */
  public Uni<Grant> take(long price) {
    return !isLimited() || price == 0
        ? Uni.createFrom().item(FREE)
        : allowances.take(caller, price).invoke(grant -> note(grant, price));
  }

  /** Takes a price; fails with {@link QuotaExceededException} where it is not granted. */
  public Uni<Void> pay(long price) {
    return take(price).invoke(Visit::requireGranted).replaceWithVoid();
  }

  private static void requireGranted(Grant grant) {
    if (!grant.isGranted()) {
      throw new QuotaExceededException(grant);
    }
  }

  /**
   * Does work that costs no more than a price known before, and gives back what it did not cost.
   *
   * @param least what the work of the database costs, also where nothing comes of it
   * @param price of its result
   * @return fails with {@link QuotaExceededException}, without any work, where it is not granted
   */
  public <T> Uni<T> charged(
      long most, long least, ToLongFunction<T> price, Function<Charge, Uni<T>> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Charge charge = new Charge(this, most, least);
              return paidInAdvance(charge, most, () -> work.apply(charge))
                  .invoke(result -> charge.settle(price.applyAsLong(result)));
            })
        .onFailure()
        .invoke(this::noted);
  }

  /** The same, where whoever has the result settles. */
  public <T> Uni<T> paidInAdvance(long most, long least, Function<Charge, Uni<T>> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Charge charge = new Charge(this, most, least);
              return paidInAdvance(charge, most, () -> work.apply(charge));
            });
  }

  private <T> Uni<T> paidInAdvance(Charge charge, long price, Supplier<Uni<T>> work) {
    // Not cancelled with the rest: what is taken after the client left is given back too.
    CompletableFuture<Void> paid = pay(price).subscribeAsCompletionStage();
    return Uni.createFrom()
        .completionStage(paid::copy)
        .chain(() -> work.get())
        .onCancellation()
        .invoke(
            () -> {
              var unused = paid.thenRun(charge::left);
            })
        .onFailure(failure -> !paid.isCompletedExceptionally())
        .invoke(charge::failed);
  }

  /** Gives back what was taken above a price. */
  public synchronized void settle(long taken, long price) {
    if (isLimited() && taken > price) {
      allowances.refund(caller, taken, price);
      units -= taken - price;
      policies = policies.stream().map(policy -> refunded(policy, taken, price)).toList();
    }
  }

  private static PolicyStanding refunded(PolicyStanding policy, long taken, long price) {
    return policy.isOfUnits() ? policy.refunded(taken, price) : policy;
  }

  /** Does work at the database, when its turn has come; the plan is for metrics. */
  public <T> Uni<T> atDatabase(QuestionPlan plan, Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Clock clock = new Clock(plan);
              Supplier<Uni<T>> observed = () -> clock.observed(work);
              return isLimited()
                  ? admission.run(caller, observed).onFailure().invoke(this::noted)
                  : observed.get();
            });
  }

  /**
   * Does work at the database whose result is sent while it is read. It has a place among streams
   * until that is given back, and one among questions only while the database computes.
   */
  public <T> Uni<T> streamed(QuestionPlan plan, Function<StreamPlace, Uni<T>> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              StreamPlace place = isLimited() ? streams.take(caller) : StreamPlace.UNLIMITED;
              return atDatabase(plan, () -> work.apply(place))
                  .onFailure()
                  .invoke(place::end)
                  .onCancellation()
                  .invoke(place::end);
            })
        .onFailure()
        .invoke(this::noted);
  }

  /** The answer comes from there, unless it is worked out after all. */
  public void isFrom(AnswerSource known) {
    source = known;
  }

  AnswerSource source() {
    return source;
  }

  /** What the answer will say of a failure: when to try again. */
  public synchronized void noted(Throwable failure) {
    if (failure instanceof OverloadedException overloaded) {
      isOverloaded = true;
      retryAfterSeconds = Math.max(retryAfterSeconds, overloaded.retryAfterSeconds());
    } else if (failure instanceof TooManyAtOnceException) {
      retryAfterSeconds = Math.max(retryAfterSeconds, 1);
    } else if (failure instanceof QuotaExceededException exceeded) {
      remember(exceeded.grant());
    }
  }

  /** Whether a failure concerns one caller and says nothing of others with the same question. */
  public static boolean isPersonal(Throwable failure) {
    return failure instanceof TooManyAtOnceException
        || failure instanceof OverloadedException
        || failure instanceof QuotaExceededException;
  }

  /** How burst, daily and requests stand; none where callers are not limited. */
  public Uni<List<PolicyStanding>> standing() {
    return isLimited() ? allowances.standing(caller) : Uni.createFrom().item(List.of());
  }

  /** How the burst policy stands; absent where callers are not limited. */
  public Uni<Optional<PolicyStanding>> burst() {
    Optional<PolicyStanding> known = burst(policies);
    return known.isPresent() ? Uni.createFrom().item(known) : standing().map(Visit::burst);
  }

  private static Optional<PolicyStanding> burst(List<PolicyStanding> policies) {
    return policies.stream()
        .filter(policy -> policy.name().equals(PolicyStanding.BURST))
        .findFirst();
  }

  private synchronized void note(Grant grant, long price) {
    policies = grant.policies();
    if (grant.isGranted()) {
      units += price;
    } else {
      remember(grant);
    }
  }

  private synchronized void remember(Grant grant) {
    retryAfterSeconds = Math.max(retryAfterSeconds, grant.retryAfterSeconds());
  }

  /** Writes how policies stand, and when to try again. */
  void writeTo(HttpServerResponse response) {
    LimitHeaders.write(response.headers(), policies);
    int status = response.getStatusCode();
    if (status == ProblemType.QUOTA_EXCEEDED.status()
        || (status == ProblemType.OVERLOADED.status() && isOverloaded)) {
      response.headers().set("Retry-After", Long.toString(Math.max(1, retryAfterSeconds)));
    }
  }

  /** Who is to be told, once, what came of it. */
  synchronized void whenOver(Consumer<Outcome> listener) {
    whenOver = listener;
  }

  /** It came to its end, or broke off; whoever says so first is right. */
  synchronized void over(Outcome outcome) {
    Consumer<Outcome> listener = whenOver;
    whenOver = ignored -> {};
    listener.accept(outcome);
  }

  /** Its answer was written to its end, which nobody else notices at every door. */
  public void ended(int status) {
    over(outcome(status));
  }

  /** Its answer broke off, which nobody else notices where a stream has the connection. */
  public void aborted() {
    over(Outcome.ABORTED);
  }

  /** Units that were taken and not given back. */
  long units() {
    return units;
  }

  /** What came of it. */
  Outcome outcome(int status) {
    return Outcome.of(status, isOverloaded);
  }

  /** Times one question, from its arrival before the database. */
  private final class Clock {
    private final QuestionPlan plan;
    private final long arrived = System.nanoTime();

    Clock(QuestionPlan plan) {
      this.plan = plan;
    }

    <T> Uni<T> observed(Supplier<Uni<T>> work) {
      long begun = System.nanoTime();
      source = AnswerSource.WORKED_OUT;
      return Uni.createFrom()
          .deferred(() -> work.get())
          .onTermination()
          .invoke(
              (result, failure, isCancelled) ->
                  observer.ended(
                      new QuestionObserver.Asked(
                          door,
                          plan,
                          arrived,
                          begun - arrived,
                          System.nanoTime() - begun,
                          failure == null && !isCancelled)));
    }
  }
}
