package fr.opendamir.api.http;

import fr.opendamir.access.Admission;
import fr.opendamir.access.Allowances;
import fr.opendamir.access.Caller;
import fr.opendamir.access.Grant;
import fr.opendamir.access.StreamPlaces;
import fr.opendamir.answer.AnswerKey;
import fr.opendamir.answer.AnswerRequest;
import fr.opendamir.answer.DatabaseTurns;
import fr.opendamir.answer.QuestionObserver;
import fr.opendamir.answer.RequestAccount;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One HTTP request and its response, from the moment its caller is identified. */
public final class Exchange {
  private static final String KEY = Exchange.class.getName();

  private final RequestAccount account;
  private final DatabaseTurns turns;
  private Consumer<Outcome> whenOver = outcome -> {};

  private Exchange(RequestAccount account, DatabaseTurns turns) {
    this.account = account;
    this.turns = turns;
  }

  /**
   * Begins the exchange with a caller whose requests are limited.
   *
   * @param request the grant for this request, which may be a refusal
   */
  static Exchange begin(
      RoutingContext context,
      Allowances allowances,
      Admission admission,
      StreamPlaces streams,
      Caller caller,
      Grant request,
      QuestionObserver observer,
      Door door) {
    RequestAccount account = RequestAccount.of(caller, allowances, request);
    return begin(
        context, account, new DatabaseTurns(account, admission, streams, observer, door.label()));
  }

  /** Begins the exchange with a caller who is not limited but counted. */
  static Exchange begin(RoutingContext context, QuestionObserver observer, Door door) {
    RequestAccount account = RequestAccount.unlimited();
    return begin(context, account, new DatabaseTurns(account, null, null, observer, door.label()));
  }

  private static Exchange begin(
      RoutingContext context, RequestAccount account, DatabaseTurns turns) {
    Exchange exchange = new Exchange(account, turns);
    context.put(KEY, exchange);
    return exchange;
  }

  /** The exchange of a request, or an unlimited one if no filter has begun it. */
  public static Exchange of(RoutingContext context) {
    Exchange exchange = context.get(KEY);
    if (exchange != null) {
      return exchange;
    }
    RequestAccount account = RequestAccount.unlimited();
    return new Exchange(account, DatabaseTurns.unlimited(account));
  }

  /** The account that the request is charged to. */
  public RequestAccount account() {
    return account;
  }

  /** The access of the request to the database. */
  public DatabaseTurns turns() {
    return turns;
  }

  /** The request for the answer pipeline, with the preconditions in its headers. */
  public static AnswerRequest conditional(RoutingContext context) {
    return request(context, key -> Precondition.isUnchanged(context.request(), key));
  }

  /** The request for the answer pipeline without preconditions, for POST. */
  public static AnswerRequest unconditional(RoutingContext context) {
    return request(context, key -> false);
  }

  private static AnswerRequest request(RoutingContext context, Predicate<AnswerKey> isUnchanged) {
    Exchange exchange = of(context);
    return new AnswerRequest(
        exchange.account, exchange.turns, HeadRequest.is(context), isUnchanged);
  }

  /** Writes the rate limit headers, and {@code Retry-After} where it applies. */
  void writeTo(HttpServerResponse response) {
    LimitHeaders.write(response.headers(), account.policies());
    int status = response.getStatusCode();
    if (status == ProblemType.QUOTA_EXCEEDED.status()
        || (status == ProblemType.OVERLOADED.status() && account.isOverloaded())) {
      response
          .headers()
          .set("Retry-After", Long.toString(Math.max(1, account.retryAfterSeconds())));
    }
  }

  /** Sets the listener that is called once, with the outcome of the exchange. */
  synchronized void whenOver(Consumer<Outcome> listener) {
    whenOver = listener;
  }

  /** Ends the exchange; later calls do nothing. */
  synchronized void over(Outcome outcome) {
    Consumer<Outcome> listener = whenOver;
    whenOver = ignored -> {};
    listener.accept(outcome);
  }

  /** Ends the exchange for entry points that replaced the handler for the end of the response. */
  public void ended(int status) {
    over(outcome(status));
  }

  /** Ends the exchange as aborted, for entry points that alone notice a broken connection. */
  public void aborted() {
    over(Outcome.ABORTED);
  }

  /** The outcome of a response with the given status. */
  Outcome outcome(int status) {
    return Outcome.of(status, account.isOverloaded());
  }
}
