package fr.opendamir.answer;

import fr.opendamir.query.QuestionPlan;

/** Port: hears of the questions that were asked of the database. */
@FunctionalInterface
public interface QuestionObserver {
  /** Hears nothing. */
  QuestionObserver NONE = question -> {};

  /** Called when the work of a question has ended, on any thread: must return quickly. */
  void ended(Asked question);

  /**
   * A question that had its turn at the database.
   *
   * @param door the way in, as {@code opendamir_requests_total} names it
   * @param plan what it was answered from
   * @param arrivedNanos when it came before the database, by {@link System#nanoTime}
   * @param waitedNanos from then until its turn
   * @param workedNanos from its turn until its rows were there
   * @param isAnswered false where it failed or was given up
   */
  record Asked(
      String door,
      QuestionPlan plan,
      long arrivedNanos,
      long waitedNanos,
      long workedNanos,
      boolean isAnswered) {}
}
