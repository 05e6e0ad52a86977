package fr.opendamir.answer;

import fr.opendamir.query.QuestionPlan;

/** Port: observes the questions that ran at the database. */
@FunctionalInterface
public interface QuestionObserver {
  /** Ignores everything. */
  QuestionObserver NONE = question -> {};

  /** Called on any thread when the work of a question has ended. Must return quickly. */
  void ended(Asked question);

  /**
   * A question that ran at the database.
   *
   * @param door the API of the request, as labelled in {@code opendamir_requests_total}
   * @param plan its query plan
   * @param arrivedNanos {@link System#nanoTime} when it entered the queue
   * @param waitedNanos time in the queue
   * @param workedNanos time from leaving the queue until the result was available
   * @param isAnswered false if it failed or was cancelled
   */
  record Asked(
      String door,
      QuestionPlan plan,
      long arrivedNanos,
      long waitedNanos,
      long workedNanos,
      boolean isAnswered) {}
}
