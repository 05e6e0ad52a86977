package fr.opendamir.answer;

import java.util.function.Predicate;

/**
 * A request for an answer.
 *
 * @param account the account that pays for the answer
 * @param turns access of the request to the database
 * @param isHeadOnly whether no body is needed (HEAD)
 * @param isUnchanged whether the client already has the answer of a key
 */
public record AnswerRequest(
    RequestAccount account,
    DatabaseTurns turns,
    boolean isHeadOnly,
    Predicate<AnswerKey> isUnchanged) {
  /** Creates an unconditional request without limits. */
  public static AnswerRequest unlimited() {
    RequestAccount account = RequestAccount.unlimited();
    return new AnswerRequest(account, DatabaseTurns.unlimited(account), false, key -> false);
  }

  /** Creates a charge on the account of this request. */
  public Charge charge(long most, long least) {
    return new Charge(account, turns, most, least);
  }
}
