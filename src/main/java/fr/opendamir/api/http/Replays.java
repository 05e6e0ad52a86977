package fr.opendamir.api.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.opendamir.access.AccessConfig;
import fr.opendamir.access.Allowances;
import fr.opendamir.access.Caller;
import fr.opendamir.access.Grant;
import fr.opendamir.access.UsageRecorder;
import fr.opendamir.answer.Answer;
import fr.opendamir.answer.AnswerCache;
import fr.opendamir.answer.AnswerKey;
import fr.opendamir.answer.AnswerSource;
import fr.opendamir.answer.EncodedAnswer;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers requests that were answered from the cache before, in front of all other filters: sends
 * the recorded head and the cached body. Whatever is out of the ordinary (a refusal, a key that has
 * to be looked up, an answer that is no longer current or cached) changes nothing here and takes
 * the usual way, so that each rule is written once, in its filter.
 */
@Singleton
public class Replays {
  /** Before the address is rewritten: see {@link ReplayKey}. */
  private static final int FIRST = 2100;

  private static final long MOST_BYTES = 16L * 1024 * 1024;
  private static final int BYTES_PER_ENTRY = 2_000;

  /** Larger bodies may have to wait for their client, which the usual way reports as aborted. */
  private static final int LARGEST = 64 * 1024;

  private static final String KEY = Replays.class.getName();

  private final boolean isLimited;
  private final boolean isTraced;
  private final RequestCallers callers;
  private final Allowances allowances;
  private final AnswerCache answers;
  private final UnreadBytes unread;
  private final RequestMetrics metrics;
  private final UsageRecorder usage;
  private final Cache<ReplayKey, RecordedResponse> recorded =
      Caffeine.newBuilder()
          .maximumWeight(MOST_BYTES)
          .weigher(
              (ReplayKey key, RecordedResponse response) ->
                  BYTES_PER_ENTRY + key.length() + response.size())
          .executor(Runnable::run)
          .build();

  Replays(
      AccessConfig config,
      RequestObserver observer,
      RequestCallers callers,
      Allowances allowances,
      AnswerCache answers,
      UnreadBytes unread,
      RequestMetrics metrics,
      UsageRecorder usage) {
    this.isLimited = config.enabled();
    this.isTraced = observer.isListening();
    this.callers = callers;
    this.allowances = allowances;
    this.answers = answers;
    this.unread = unread;
    this.metrics = metrics;
    this.usage = usage;
  }

  void register(@Observes Filters filters) {
    if (!isTraced) { // traces tell what the filters do
      filters.register(this::handle, FIRST);
    }
  }

  /**
   * Records the response that is about to be written, for the next request that equals this one.
   *
   * @param current the key of the answer that the same request would get at a later time; empty if
   *     it is not known then without waiting
   */
  public void record(RoutingContext context, Answer answer, Supplier<Optional<AnswerKey>> current) {
    ReplayKey key = context.get(KEY);
    if (key != null) {
      context.addEndHandler(
          ended -> {
            if (ended.succeeded()) {
              Door door = Door.of(context.normalizedPath());
              recorded.put(key, new RecordedResponse(context.response(), answer, door, current));
            }
          });
    }
  }

  private void handle(RoutingContext context) {
    long started = System.nanoTime();
    Optional<ReplayKey> key = ReplayKey.of(context);
    RecordedResponse response = key.map(recorded::getIfPresent).orElse(null);
    if (response == null || !isReplayed(context, response, started)) {
      key.ifPresent(known -> context.put(KEY, known));
      context.next();
    }
  }

  private boolean isReplayed(RoutingContext context, RecordedResponse response, long started) {
    if (!response.isCurrent()) {
      return false;
    }
    EncodedAnswer answer = null;
    if (response.hasBody()) {
      answer = answers.find(response.tag()).orElse(null);
      if (answer == null || answer.body(false).length > LARGEST) {
        return false;
      }
    }
    long units = answer == null ? 0 : answer.units();
    if (!isLimited) {
      send(context, response, answer, null);
      count(response, answer, CallerFilter.UNLIMITED, 0, started);
      return true;
    }
    Caller caller = callers.find(context.request()).orElse(null);
    Grant grant = caller == null || unread.isFull(caller.bucket()) ? null : take(caller, units);
    if (grant == null) {
      return false;
    }
    UnreadBytes.attribute(context.request().connection(), caller.bucket());
    send(context, response, answer, grant);
    count(response, answer, caller.plan().name(), units, started);
    usage.answered(
        caller.keyId().map(Long::valueOf), caller.plan().name(), response.door().label(), units);
    return true;
  }

  /** Takes the request and its units; null, with nothing taken, if that is not granted at once. */
  private Grant take(Caller caller, long units) {
    Grant ofUnits = null;
    if (units > 0) {
      ofUnits = allowances.takeNow(caller, units).orElse(null);
      if (ofUnits == null || !ofUnits.isGranted()) {
        return null;
      }
    }
    Grant request = allowances.takeRequest(caller);
    if (!request.isGranted()) {
      if (units > 0) {
        allowances.refund(caller, units, 0);
      }
      return null;
    }
    return ofUnits == null ? request : ofUnits;
  }

  private static void send(
      RoutingContext context, RecordedResponse response, EncodedAnswer answer, Grant grant) {
    response.write(context.response(), answer, RequestId.choose(context.request()), grant);
  }

  private void count(
      RecordedResponse response, EncodedAnswer answer, String plan, long units, long started) {
    AnswerSource source =
        answer != null && answer.units() > 0 ? AnswerSource.KEPT : AnswerSource.OTHER;
    metrics.begin(response.door());
    metrics.count(
        response.door(), plan, response.outcome(), source, units, System.nanoTime() - started);
  }
}
