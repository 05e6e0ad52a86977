package fr.opendamir.ingest.webhook;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends the notice of a release to all subscribers at once, each with attempts of its own. It is
 * called when the release is published, and never fails: what was not delivered is told.
 */
public final class Webhooks {
  /** Attempts and the waits between them: a minute and a half in all, with attempts in vain. */
  private static final List<Duration> WAITS =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(25));

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Statuses of 400 to 499 that another attempt may change. */
  private static final Set<Integer> TEMPORARY = Set.of(408, 425, 429);

  private final Subscribers subscribers;
  private final List<Duration> waits;
  private final Duration timeout;
  private final Clock clock;
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  public Webhooks(Subscribers subscribers) {
    this(subscribers, WAITS, TIMEOUT, Clock.systemUTC());
  }

  /**
   * Creates webhooks with other times.
   *
   * @param waits before the second attempt and those after it
   * @param timeout from the beginning of an attempt to the end of its response
   */
  Webhooks(Subscribers subscribers, List<Duration> waits, Duration timeout, Clock clock) {
    this.subscribers = subscribers;
    this.waits = List.copyOf(waits);
    this.timeout = timeout;
    this.clock = clock;
  }

  /**
   * Tells all subscribers of a release, and waits until each has got it or had its last attempt.
   *
   * @param months the months that were published with it
   */
  public List<Delivery> published(String release, List<String> months) {
    Notice notice = Notice.of(release, months, clock.instant());
    List<CompletableFuture<Delivery>> deliveries =
        subscribers.addresses().stream().map(address -> deliver(address, notice, 1)).toList();
    return deliveries.stream().map(CompletableFuture::join).toList();
  }

  private CompletableFuture<Delivery> deliver(URI address, Notice notice, int attempt) {
    return client
        .sendAsync(request(address, notice), HttpResponse.BodyHandlers.discarding())
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS) // the body included
        .thenApply(HttpResponse::statusCode)
        .thenCompose(status -> next(address, notice, attempt, status))
        .exceptionallyCompose(failure -> again(address, notice, attempt, reason(failure)));
  }

  private CompletableFuture<Delivery> next(URI address, Notice notice, int attempt, int status) {
    boolean isDelivered = status >= 200 && status < 300;
    if (isDelivered || !isTemporary(status)) {
      String outcome =
          status >= 300 && status < 400
              ? status + ", and redirections are not followed: configure the final address"
              : String.valueOf(status);
      return CompletableFuture.completedFuture(
          new Delivery(Subscribers.shown(address), isDelivered, attempt, outcome));
    }
    return again(address, notice, attempt, String.valueOf(status));
  }

  private static boolean isTemporary(int status) {
    return status >= 500 || TEMPORARY.contains(status);
  }

  private CompletableFuture<Delivery> again(
      URI address, Notice notice, int attempt, String outcome) {
    if (attempt > waits.size()) {
      return CompletableFuture.completedFuture(
          new Delivery(Subscribers.shown(address), false, attempt, outcome));
    }
    long millis = waits.get(attempt - 1).toMillis();
    return CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS))
        .thenCompose(waited -> deliver(address, notice, attempt + 1));
  }

  private HttpRequest request(URI address, Notice notice) {
    long seconds = clock.instant().getEpochSecond();
    return HttpRequest.newBuilder(address)
        .timeout(timeout)
        .header("Content-Type", "application/json")
        .header("User-Agent", "open-damir-api")
        .header("webhook-id", notice.id())
        .header("webhook-timestamp", String.valueOf(seconds))
        .header("webhook-signature", notice.signature(subscribers.key().orElseThrow(), seconds))
        .POST(HttpRequest.BodyPublishers.ofString(notice.body()))
        .build();
  }

  /** The class says enough: messages of the library may have the whole address. */
  private static String reason(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof TimeoutException || cause instanceof HttpTimeoutException
        ? "no answer in time"
        : cause.getClass().getSimpleName();
  }
}
