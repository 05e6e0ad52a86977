package fr.opendamir.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fr.opendamir.answer.QuestionObserver;
import fr.opendamir.api.http.RequestObserver;
import fr.opendamir.query.QuestionPlan;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The spans of a request, made when it is over. */
class RequestTracesTest {
  private static final long MILLI = 1_000_000;
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  private final List<SpanData> spans = new ArrayList<>();

  @Test
  void aQuestionIsToldByItsPhases() {
    long start = System.nanoTime() - 100 * MILLI;
    traces(0)
        .over(
            request(
                "00-" + TRACE + "-b7ad6b7169203331-01",
                200,
                start,
                List.of(question(start, true))));

    assertThat(spans)
        .extracting(SpanData::getName)
        .containsExactly("understand", "wait", "database", "write", "rest");
    SpanData request = spans.get(4);
    assertThat(request.getKind()).isEqualTo(SpanKind.SERVER);
    assertThat(request.getTraceId()).isEqualTo(TRACE);
    assertThat(spans)
        .filteredOn(span -> span != request)
        .allSatisfy(span -> assertThat(span.getParentSpanId()).isEqualTo(request.getSpanId()));
    assertThat(spans)
        .extracting(RequestTracesTest::millis)
        .containsExactly(5L, 10L, 60L, 25L, 100L);
    assertThat(request.getEndEpochNanos())
        .isCloseTo(
            TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()), within(60_000 * MILLI));
    assertThat(spans.get(2).getAttributes().asMap().toString())
        .contains("blocks", "opendamir.scanned_rows=7");
    assertThat(request.getAttributes().asMap().toString())
        .contains("opendamir.source=worked_out", "opendamir.request_id=abc", "opendamir.units=3");
  }

  @Test
  void failuresAreErrors() {
    long start = System.nanoTime() - 100 * MILLI;
    traces(0).over(request(null, 503, start, List.of(question(start, false))));

    assertThat(spans.get(2).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(spans.get(4).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(spans.get(4).getParentSpanContext().isValid()).isFalse();
  }

  @Test
  void ofRequestsWithoutAQuestionAShareIsTraced() {
    traces(0).over(request("nonsense", 200, System.nanoTime(), List.of()));
    assertThat(spans).isEmpty();
    traces(1).over(request("nonsense", 200, System.nanoTime(), List.of()));
    assertThat(spans).extracting(SpanData::getName).containsExactly("rest");
  }

  private RequestObserver traces(double keptShare) {
    SpanExporter exporter =
        new SpanExporter() {
          @Override
          public CompletableResultCode export(Collection<SpanData> ended) {
            spans.addAll(ended);
            return CompletableResultCode.ofSuccess();
          }

          @Override
          public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
          }

          @Override
          public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
          }
        };
    return new RequestTraces(
        SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build()
            .get("test"),
        keptShare);
  }

  private static QuestionObserver.Asked question(long start, boolean isAnswered) {
    QuestionPlan plan =
        new QuestionPlan(
            List.of(new QuestionPlan.Source(Optional.empty(), Optional.empty(), List.of(), 7)));
    return new QuestionObserver.Asked(
        "rest", plan, start + 5 * MILLI, 10 * MILLI, 60 * MILLI, isAnswered);
  }

  private static RequestObserver.Finished request(
      String traceParent, int status, long start, List<QuestionObserver.Asked> questions) {
    return new RequestObserver.Finished(
        "rest",
        "abc",
        traceParent,
        "ok",
        "worked_out",
        status,
        3,
        start,
        start + 100 * MILLI,
        questions);
  }

  private static long millis(SpanData span) {
    return (span.getEndEpochNanos() - span.getStartEpochNanos()) / MILLI;
  }
}
