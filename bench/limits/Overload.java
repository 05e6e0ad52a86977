import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Offers four times what the service can answer, for a minute, and looks at what it does: capacity
 * by clients that wait for their answers, then arrivals at a fixed rate whatever comes back, then a
 * tenth of the capacity. Questions are drawn at random, none twice; times run from when a request
 * was due, so that a slow service makes nobody wait unseen. Ends with status 1 where a criterion is
 * missed.
 *
 * <p>One client plays many callers: it is a proxy that the service trusts, and names addresses.
 *
 * <p>Arguments: port of the service, port of its management, port of the database, id of its
 * process, seed, seconds to warm up, of capacity, of overload and of recovery, keys...
 */
final class Overload {
  private static final int CLIENTS = 24;
  private static final int CALLERS = 1_000;
  private static final int TIMES = 4;
  private static final int MOST_UNANSWERED = 4_000;
  private static final int MOST_A_SECOND = 100;
  private static final int MOST_REQUESTS = 100_000;
  private static final int KEYED_PERCENT = 10;
  private static final double LONGEST_WAIT_MILLIS = 2_000;
  private static final double PROBE_MILLIS = 250;
  private static final double RECOVERY_SECONDS = 5;
  private static final double KEYED_ACCEPTED = 0.95;
  private static final double HEAP_MB = 32;
  private static final int DESCRIPTORS = 8;
  private static final long ANSWER_LIMIT_MILLIS = 60_000;
  private static final String KEPT = "/v1/aggregates?group_by=month,sex&measures=reimbursed";

  private final int port;
  private final int managementPort;
  private final int databasePort;
  private final String process;
  private final List<String> keys;
  private final Vertx vertx = Vertx.vertx();
  private final Random random;
  private final AtomicInteger unanswered = new AtomicInteger();
  private final QuestionDraw draw;
  private final Queue<String> questions = new ArrayDeque<>();
  private HttpClient client;
  private boolean isMissed;

  private Overload(String... arguments) throws IOException {
    port = Integer.parseInt(arguments[0]);
    managementPort = Integer.parseInt(arguments[1]);
    databasePort = Integer.parseInt(arguments[2]);
    process = arguments[3];
    long seed = Long.parseLong(arguments[4]);
    random = new Random(seed);
    keys = List.of(arguments).subList(9, arguments.length);
    try (HttpConnection service = new HttpConnection(port)) {
      draw = QuestionDraw.from(service, seed);
      service.require(KEPT);
    }
    open();
  }

  public static void main(String[] arguments) throws Exception {
    Overload overload = new Overload(arguments);
    try {
      overload.run(
          Integer.parseInt(arguments[5]),
          Integer.parseInt(arguments[6]),
          Integer.parseInt(arguments[7]),
          Integer.parseInt(arguments[8]));
    } finally {
      overload.close();
      overload.vertx.close().toCompletionStage().toCompletableFuture().join();
    }
    System.exit(overload.isMissed ? 1 : 0);
  }

  private void run(int warmUp, int ofCapacity, int ofOverload, int ofRecovery) throws Exception {
    closedLoop(warmUp);
    List<Result> capacity = closedLoop(ofCapacity);
    double rate = capacity.stream().filter(Result::isAccepted).count() / (double) ofCapacity;
    Latencies usual = Result.accepted(capacity);
    Latencies.report(
        "capacity: %.1f answers/s by %d clients; p50 %.0f ms, p99 %.0f ms; %s",
        rate, CLIENTS, usual.p50(), Result.p99(usual), Result.statuses(capacity));
    reopen();
    fillUp((int) Math.min(MOST_REQUESTS, (TIMES * ofOverload + ofRecovery) * (rate + 2)));
    Held before = Held.by(process, managementPort, databasePort, vertx);
    List<Double> cached = new ArrayList<>();
    List<Double> health = new ArrayList<>();
    AtomicInteger broken = new AtomicInteger();
    Held[] most = {before};
    Thread probes = new Thread(() -> probe(cached, health, broken, most));
    probes.start();
    List<Result> offered = openLoop(TIMES * rate, ofOverload);
    probes.interrupt();
    probes.join();
    List<Result> recovery = openLoop(Math.max(2, rate / 10), ofRecovery);
    awaitAll(offered);
    awaitAll(recovery);
    reopen();
    Held after = Held.by(process, managementPort, databasePort, vertx);

    List<Result> full = copy(offered);
    Latencies answered = Result.accepted(full);
    Latencies refused = Result.latencies(full, Result::isRefused);
    Latencies.report(
        "overload: %.1f requests/s for %d s, %d in all; %s",
        TIMES * rate, ofOverload, full.size(), Result.statuses(full));
    Latencies.report(
        "  %-20s %8d  p50 %7.1f ms  p99 %7.1f ms  longest %7.1f ms",
        "accepted (200)", answered.count(), answered.p50(), Result.p99(answered), answered.max());
    Latencies.report(
        "  %-20s %8d  p50 %7.1f ms  p99 %7.1f ms  longest %7.1f ms",
        "refused (503)", refused.count(), refused.p50(), Result.p99(refused), refused.max());
    Latencies kept = Result.of(cached);
    Latencies.report(
        "  %-20s %8d  p50 %7.1f ms  p99 %7.1f ms",
        "cached, meanwhile", kept.count(), kept.p50(), Result.p99(kept));
    Latencies ready = Result.of(health);
    Latencies.report(
        "  %-20s %8d  p50 %7.1f ms  p99 %7.1f ms",
        "health, meanwhile", ready.count(), ready.p50(), Result.p99(ready));
    double keyed = Result.share(full, Result::isKeyed);
    double anonymous = Result.share(full, result -> !result.isKeyed());
    Latencies.report(
        "  accepted with a key %.1f %%, without %.1f %%; in work %d, waiting %d at most (each second)",
        100 * keyed, 100 * anonymous, most[0].inWork(), most[0].waiting());
    double usualMillis = Result.p99(usual);
    int recovered = Result.recovered(copy(recovery), usualMillis, ofRecovery);
    Latencies.report(
        "recovery: %d requests at %.1f/s, %s; first second with none refused or slower than %.0f ms: %s",
        recovery.size(),
        Math.max(2, rate / 10),
        Result.statuses(copy(recovery)),
        usualMillis,
        recovered < 0 ? "never" : String.valueOf(recovered));
    Latencies.report(
        "%-10s %12s %8s %8s %8s %14s %10s %12s",
        "held", "database", "active", "in work", "waiting", "heap after GC", "resident", "descriptors");
    before.show("before");
    after.show("after");

    List<Result> all = new ArrayList<>(full);
    all.addAll(copy(recovery));
    criterion(
        "no 5xx but 503, no answer missing",
        all.stream().noneMatch(r -> r.status() == 0 || r.status() >= 500 && !r.isRefused()));
    criterion(
        "every 503 says Retry-After",
        all.stream().noneMatch(r -> r.isRefused() && r.retryAfter() == null));
    criterion("more was offered than answered", refused.count() > 0);
    criterion(
        "p99 of accepted <= longest wait + 2 x p99 at capacity",
        Result.p99(answered) <= LONGEST_WAIT_MILLIS + 2 * usualMillis);
    criterion("p99 of kept answers and of health <= 250 ms, none failed",
        broken.get() == 0 && Result.p99(kept) <= PROBE_MILLIS && Result.p99(ready) <= PROBE_MILLIS);
    criterion("with a key >= 95 % accepted, and more than without",
        keys.isEmpty() || keyed >= KEYED_ACCEPTED && keyed > anonymous);
    criterion("recovered within 5 s", recovered >= 0 && recovered <= RECOVERY_SECONDS);
    criterion("nobody left in work, waiting or at the database",
        after.inWork() == 0 && after.waiting() == 0 && after.active() == 0);
    criterion("no more connections to the database", after.connections() <= before.connections());
    criterion("heap after GC grew by 32 MB at most", after.heap() - before.heap() <= HEAP_MB);
    criterion("no descriptors left open", after.open() <= before.open() + DESCRIPTORS);
  }

  private void criterion(String what, boolean isMet) {
    Latencies.report("%-56s %s", what, Latencies.met(isMet));
    isMissed |= !isMet;
  }

  // ---- requests

  private void open() {
    client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setDefaultHost("localhost")
                .setDefaultPort(port)
                .setMaxPoolSize(MOST_UNANSWERED)
                .setKeepAliveTimeout(5));
  }

  private void close() {
    client.close().toCompletionStage().toCompletableFuture().join();
  }

  /** Without connections, so that those of the service that remain are its own. */
  private void reopen() throws InterruptedException {
    close();
    Thread.sleep(2_000);
    open();
  }

  /** As many questions at a time as there are clients, each of which waits for its answer. */
  private List<Result> closedLoop(int seconds) throws InterruptedException, IOException {
    List<Result> results = new ArrayList<>();
    fillUp(MOST_A_SECOND * seconds);
    long start = System.nanoTime();
    long end = start + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end && !questions.isEmpty()) {
      if (unanswered.get() < CLIENTS) {
        ask(start, System.nanoTime(), results);
      } else {
        Thread.sleep(1);
      }
    }
    List<Result> inTime = copy(results);
    awaitAll(results);
    return inTime;
  }

  /** A request whenever one is due, whatever came of those before. */
  private List<Result> openLoop(double rate, int seconds) throws IOException {
    List<Result> results = new ArrayList<>();
    int count = (int) Math.min(MOST_REQUESTS, rate * seconds);
    fillUp(count);
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long due = start + (long) (i / rate * 1e9);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      if (unanswered.get() < MOST_UNANSWERED) {
        ask(start, due, results);
      } else {
        add(results, new Result((int) ((due - start) / 1_000_000_000L), 0, false, 0, null));
      }
    }
    return results;
  }

  /** Questions that have an answer: what is refused for its sense is no load. */
  private void fillUp(int count) throws IOException {
    try (HttpConnection service = new HttpConnection(port)) {
      while (questions.size() < count) {
        String question = draw.next();
        if (service.get(question + "&dry_run=true").status() == 200) {
          questions.add(question);
        }
      }
    }
  }

  private void ask(long start, long due, List<Result> results) {
    boolean isKeyed = !keys.isEmpty() && random.nextInt(100) < KEYED_PERCENT;
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setURI(questions.remove())
            .setTimeout(ANSWER_LIMIT_MILLIS);
    if (isKeyed) {
      options.putHeader("X-API-Key", keys.get(random.nextInt(keys.size())));
    } else {
      int caller = random.nextInt(CALLERS);
      options.putHeader("X-Forwarded-For", "198.18." + caller / 250 + "." + (1 + caller % 250));
    }
    int second = (int) ((due - start) / 1_000_000_000L);
    unanswered.incrementAndGet();
    client
        .request(options)
        .compose(request -> request.send())
        .compose(
            response ->
                response
                    .body()
                    .map(
                        body ->
                            new Result(
                                second,
                                response.statusCode(),
                                isKeyed,
                                (System.nanoTime() - due) / 1e6,
                                response.getHeader("Retry-After"))))
        .otherwise(
            failure -> new Result(second, 0, isKeyed, (System.nanoTime() - due) / 1e6, null))
        .onComplete(
            done -> {
              add(results, done.result());
              unanswered.decrementAndGet();
            });
  }

  private static void add(List<Result> results, Result result) {
    synchronized (results) {
      results.add(result);
    }
  }

  private static List<Result> copy(List<Result> results) {
    synchronized (results) {
      return new ArrayList<>(results);
    }
  }

  private void awaitAll(List<Result> results) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ANSWER_LIMIT_MILLIS);
    while (unanswered.get() > 0 && System.nanoTime() < end) {
      Thread.sleep(20);
    }
  }

  /** Returns 0 for status 200; otherwise prints the answer and returns 1. */
  private static int failed(String what, HttpConnection.Answer answer) {
    if (answer.status() == 200) {
      return 0;
    }
    System.err.println("probe: " + what + " gives " + answer.status() + ": " + answer.text());
    return 1;
  }

  /** Ten kept answers a second, and health and the line before the database once, until told. */
  private void probe(
      List<Double> cached, List<Double> health, AtomicInteger broken, Held[] most) {
    try (HttpConnection service = new HttpConnection(port);
        HttpConnection management = new HttpConnection(managementPort)) {
      for (int i = 0; true; i++) {
        HttpConnection.Answer answer = service.get(KEPT);
        cached.add(answer.millis());
        broken.addAndGet(failed(KEPT, answer));
        if (i % 10 == 0) {
          answer = management.get("/q/health/ready");
          health.add(answer.millis());
          broken.addAndGet(failed("readiness", answer));
          String metrics = management.require("/q/metrics").text();
          Held held = most[0];
          most[0] =
              new Held(
                  0,
                  0,
                  Math.max(held.inWork(), (int) Held.gauge(metrics, "in_work")),
                  Math.max(held.waiting(), (int) Held.gauge(metrics, "waiting")),
                  0,
                  0,
                  0);
        }
        Thread.sleep(100);
      }
    } catch (InterruptedException e) {
      // The phase is over.
    } catch (IOException e) {
      System.err.println("probe: " + e);
      broken.incrementAndGet();
    }
  }
}
