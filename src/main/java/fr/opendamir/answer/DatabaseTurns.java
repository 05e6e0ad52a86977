package fr.opendamir.answer;

import fr.opendamir.access.Admission;
import fr.opendamir.access.Caller;
import fr.opendamir.access.StreamPlace;
import fr.opendamir.access.StreamPlaces;
import fr.opendamir.query.QuestionPlan;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The way of one request to the database: through the queue of its caller, timed for metrics. Where
 * callers are not limited there is no queue.
 */
public final class DatabaseTurns {
  private final RequestAccount account;
  private final Admission admission;
  private final StreamPlaces streams;
  private final QuestionObserver observer;
  private final String door;

  /**
   * The way of a request.
   *
   * @param admission not used where callers are not limited, as {@code streams}
   * @param door the way in, as metrics name it
   */
  public DatabaseTurns(
      RequestAccount account,
      Admission admission,
      StreamPlaces streams,
      QuestionObserver observer,
      String door) {
    this.account = account;
    this.admission = admission;
    this.streams = streams;
    this.observer = observer;
    this.door = door;
  }

  /** The way of a request that nothing limits or observes. */
  public static DatabaseTurns unlimited(RequestAccount account) {
    return new DatabaseTurns(account, null, null, QuestionObserver.NONE, "");
  }

  /** Does work when its turn has come; the plan is for metrics. */
  <T> Uni<T> run(QuestionPlan plan, Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              long arrived = System.nanoTime();
              Supplier<Uni<T>> observed = () -> observed(plan, arrived, work);
              return account.caller().map(caller -> queued(caller, observed)).orElseGet(observed);
            });
  }

  private <T> Uni<T> queued(Caller caller, Supplier<Uni<T>> work) {
    return admission.run(caller, work).onFailure().invoke(account::noted);
  }

  /**
   * Does work whose result is sent while it is read. It has a place among streams until that is
   * given back, and one among questions only while the database computes.
   */
  <T> Uni<T> stream(QuestionPlan plan, Function<StreamPlace, Uni<T>> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              StreamPlace place = account.caller().map(streams::take).orElse(StreamPlace.UNLIMITED);
              return run(plan, () -> work.apply(place))
                  .onFailure()
                  .invoke(place::end)
                  .onCancellation()
                  .invoke(place::end);
            })
        .onFailure()
        .invoke(account::noted);
  }

  private <T> Uni<T> observed(QuestionPlan plan, long arrived, Supplier<Uni<T>> work) {
    long begun = System.nanoTime();
    account.isFrom(AnswerSource.WORKED_OUT);
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
