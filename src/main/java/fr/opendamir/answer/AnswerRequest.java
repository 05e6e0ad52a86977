package fr.opendamir.answer;

import java.util.function.Predicate;

/**
 * A request for an answer, as the pipeline sees it.
 *
 * @param account that pays for the answer
 * @param turns its way to the database
 * @param isHeadOnly whether no body is asked for
 * @param isUnchanged whether the client has the answer of a key already
 */
public record AnswerRequest(
    RequestAccount account,
    DatabaseTurns turns,
    boolean isHeadOnly,
    Predicate<AnswerKey> isUnchanged) {
  /** A request that nothing limits, of a client that has nothing. */
  public static AnswerRequest unlimited() {
    RequestAccount account = RequestAccount.unlimited();
    return new AnswerRequest(account, DatabaseTurns.unlimited(account), false, key -> false);
  }

  /** A charge on the account of this request. */
  public Charge charge(long most, long least) {
    return new Charge(account, turns, most, least);
  }
}
