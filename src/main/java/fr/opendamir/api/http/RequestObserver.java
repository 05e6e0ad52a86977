package fr.opendamir.api.http;

import fr.opendamir.answer.QuestionObserver;
import java.util.List;

/** Port that receives completed requests, for traces. */
public interface RequestObserver {
  /** Whether an observer is active; otherwise no data are collected. */
  boolean isListening();

  /** Receives a completed request, on its event loop: must not block. */
  void over(Finished request);

  /**
   * A completed request. Contains neither the caller nor the question.
   *
   * @param door entry point, named as in {@code opendamir_requests_total}
   * @param traceParent the W3C Trace Context header, or null
   * @param outcome outcome, named as in metrics
   * @param source source of the answer, named as in metrics
   * @param status HTTP status
   * @param startedNanos start time on the clock of {@link System#nanoTime}
   * @param endedNanos end time on the same clock
   * @param questions questions that were sent to the database
   */
  record Finished(
      String door,
      String requestId,
      String traceParent,
      String outcome,
      String source,
      int status,
      long units,
      long startedNanos,
      long endedNanos,
      List<QuestionObserver.Asked> questions) {
    public Finished {
      questions = List.copyOf(questions);
    }
  }
}
