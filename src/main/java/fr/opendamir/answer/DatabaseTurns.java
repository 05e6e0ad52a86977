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
 * The access of one request to the database: through the queue of its caller, timed for metrics.
 * There is no queue if callers are not limited.
 */
public final class DatabaseTurns {
  private final RequestAccount account;
  private final Admission admission;
  private final StreamPlaces streams;
  private final QuestionObserver observer;
  private final String door;

  /**
   * Creates the access of a request.
   *
   * @param admission null, like {@code streams}, if callers are not limited
   * @param door the API of the request, as a metrics label
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

  /** Creates the access of a request without limits and metrics. */
  public static DatabaseTurns unlimited(RequestAccount account) {
    return new DatabaseTurns(account, null, null, QuestionObserver.NONE, "");
  }

  /** Runs work when the queue admits it; the plan is for metrics. */
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
   * Runs work whose result is streamed. It holds a stream slot until the stream ends, and a slot in
   * the queue of questions only while the database computes.
   */
  <T> Uni<T> stream(QuestionPlan plan, Function<StreamPlace, Uni<T>> work) {
    return Uni.createFrom()
        .deferred(
            () ->
                account
                    .caller()
                    .map(streams::await)
                    .orElseGet(() -> Uni.createFrom().item(StreamPlace.UNLIMITED)))
        .chain(
            place ->
                run(plan, () -> work.apply(place))
                    .onFailure()
                    .invoke(place::end)
                    .onCancellation()
                    .invoke(place::end))
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
