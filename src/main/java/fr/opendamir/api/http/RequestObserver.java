package fr.opendamir.api.http;

import fr.opendamir.answer.QuestionObserver;
import java.util.List;

/** Port: hears of requests that are over, where somebody listens. */
public interface RequestObserver {
  /** Whether anything is to be told; nothing is gathered where it is not. */
  boolean isListening();

  /** Is told once a request is over, on its event loop: do little. */
  void over(Finished request);

  /**
   * A request that is over. It tells nothing of who asked, nor what was asked.
   *
   * @param door the way in, as {@code opendamir_requests_total} names it
   * @param traceParent what came as the header of W3C Trace Context, or null
   * @param outcome as metrics name it, as {@code source}
   * @param status of HTTP
   * @param startedNanos by {@link System#nanoTime}, as {@code endedNanos}
   * @param questions those it took to the database
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
