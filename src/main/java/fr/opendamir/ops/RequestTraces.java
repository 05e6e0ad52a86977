package fr.opendamir.ops;

import fr.opendamir.answer.QuestionObserver;
import fr.opendamir.api.http.RequestObserver;
import fr.opendamir.query.QuestionPlan;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Creates the spans of a request when it is over, from timestamps that were taken while it ran:
 * until then, tracing costs only those. Spans have the door, the outcome and the rollups that were
 * read; never an address, a key, a question or a value.
 */
final class RequestTraces implements RequestObserver {
  private static final AttributeKey<List<String>> ROLLUPS =
      AttributeKey.stringArrayKey("opendamir.rollups");

  /** Reads the one header that there is. */
  private static final TextMapGetter<String> TRACE_PARENT =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String header) {
          return List.of("traceparent");
        }

        @Override
        public String get(String header, String key) {
          return key.equals("traceparent") ? header : null;
        }
      };

  private final Tracer tracer;
  private final double keptShare;

  RequestTraces(Tracer tracer, double keptShare) {
    this.tracer = tracer;
    this.keptShare = keptShare;
  }

  @Override
  public boolean isListening() {
    return true;
  }

  @Override
  public void over(Finished request) {
    if (request.questions().isEmpty() && ThreadLocalRandom.current().nextDouble() >= keptShare) {
      return;
    }
    // Times of a request are of the clock that never goes back; spans want the other one.
    Times times =
        new Times(TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - System.nanoTime());
    Context parent =
        W3CTraceContextPropagator.getInstance()
            .extract(Context.root(), request.traceParent(), TRACE_PARENT);
    Span span =
        tracer
            .spanBuilder(request.door())
            .setSpanKind(SpanKind.SERVER)
            .setParent(parent)
            .setStartTimestamp(times.of(request.startedNanos()), TimeUnit.NANOSECONDS)
            .setAttribute("opendamir.door", request.door())
            .setAttribute("opendamir.outcome", request.outcome())
            .setAttribute("opendamir.source", request.source())
            .setAttribute("opendamir.units", request.units())
            .setAttribute("opendamir.request_id", request.requestId())
            .setAttribute("http.response.status_code", request.status())
            .startSpan();
    if (request.status() >= 500) {
      span.setStatus(StatusCode.ERROR);
    }
    phases(parent.with(span), times, request);
    span.end(times.of(request.endedNanos()), TimeUnit.NANOSECONDS);
  }

  /** What a request that took questions to the database did, one after the other. */
  private void phases(Context request, Times times, Finished finished) {
    long told = finished.startedNanos();
    for (QuestionObserver.Asked question : finished.questions()) {
      long turn = question.arrivedNanos() + question.waitedNanos();
      long done = turn + question.workedNanos();
      end(phase("understand", request, times.of(told)), times.of(question.arrivedNanos()));
      end(phase("wait", request, times.of(question.arrivedNanos())), times.of(turn));
      end(database(request, times.of(turn), question), times.of(done));
      told = done;
    }
    if (!finished.questions().isEmpty()) {
      end(phase("write", request, times.of(told)), times.of(finished.endedNanos()));
    }
  }

  private Span database(Context request, long from, QuestionObserver.Asked question) {
    Span span =
        tracer
            .spanBuilder("database")
            .setSpanKind(SpanKind.CLIENT)
            .setParent(request)
            .setStartTimestamp(from, TimeUnit.NANOSECONDS)
            .setAttribute("db.system.name", "postgresql")
            .setAttribute(
                ROLLUPS, question.plan().sources().stream().map(QuestionPlan.Source::name).toList())
            .setAttribute("opendamir.scanned_rows", question.plan().scannedRows())
            .startSpan();
    return question.isAnswered() ? span : span.setStatus(StatusCode.ERROR);
  }

  private Span phase(String name, Context request, long from) {
    return tracer
        .spanBuilder(name)
        .setParent(request)
        .setStartTimestamp(from, TimeUnit.NANOSECONDS)
        .startSpan();
  }

  private static void end(Span span, long at) {
    span.end(at, TimeUnit.NANOSECONDS);
  }

  /** Converts monotonic time to wall-clock time. */
  private record Times(long offset) {
    long of(long nanos) {
      return nanos + offset;
    }
  }
}
