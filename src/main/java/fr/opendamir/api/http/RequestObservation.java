package fr.opendamir.api.http;

import fr.opendamir.answer.AnswerSource;
import fr.opendamir.answer.QuestionObserver;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Reports requests to metrics and traces. */
@ApplicationScoped
class RequestObservation {
  private final RequestMetrics metrics;
  private final QuestionObserver questions;
  private final RequestObserver requests;
  private final boolean isTraced;

  RequestObservation(RequestMetrics metrics, QuestionObserver questions, RequestObserver requests) {
    this.metrics = metrics;
    this.questions = questions;
    this.requests = requests;
    this.isTraced = requests.isListening();
  }

  /** Starts observing a request that has just arrived. */
  Observed of(RoutingContext context, Door door) {
    return new Observed(context, door);
  }

  /** One request, until it ends. */
  final class Observed implements QuestionObserver {
    private final RoutingContext context;
    private final Door door;
    private final long startedNanos = System.nanoTime();
    private final List<Asked> asked = isTraced ? new ArrayList<>(1) : List.of();

    private Observed(RoutingContext context, Door door) {
      this.context = context;
      this.door = door;
    }

    RoutingContext context() {
      return context;
    }

    Door door() {
      return door;
    }

    /** Starts counting, once the caller is identified. */
    void begin() {
      metrics.begin(door);
    }

    @Override
    public void ended(Asked question) {
      questions.ended(question);
      if (isTraced) {
        synchronized (asked) {
          asked.add(question);
        }
      }
    }

    void over(String plan, Outcome outcome, AnswerSource source, long units) {
      long now = System.nanoTime();
      metrics.count(door, plan, outcome, source, units, now - startedNanos);
      if (isTraced) {
        synchronized (asked) {
          requests.over(
              new RequestObserver.Finished(
                  door.label(),
                  RequestId.of(context),
                  context.request().getHeader("traceparent"),
                  outcome.label(),
                  outcome.source(source).label(),
                  context.response().getStatusCode(),
                  units,
                  startedNanos,
                  now,
                  asked));
        }
      }
    }
  }
}
