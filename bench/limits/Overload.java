import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

  /** What came of a request; second since the phase began when it was due; status 0 is no answer. */
  private record Result(int second, int status, boolean isKeyed, double millis, String retryAfter) {
    boolean isAccepted() {
      return status == 200;
    }

    boolean isRefused() {
      return status == 503;
    }
  }

  /** What the service holds. */
  private record Held(
      int connections,
      int active,
      int inWork,
      int waiting,
      double heap,
      double resident,
      int open) {}

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
    Latencies usual = accepted(capacity);
    Latencies.report(
        "capacity: %.1f answers/s by %d clients; p50 %.0f ms, p99 %.0f ms; %s",
        rate, CLIENTS, usual.p50(), p99(usual), statuses(capacity));
    reopen();
    fillUp((int) Math.min(MOST_REQUESTS, (TIMES * ofOverload + ofRecovery) * (rate + 2)));
    Held before = held();
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
    Held after = held();

    List<Result> full = copy(offered);
    Latencies answered = accepted(full);
    Latencies refused = latencies(full, Result::isRefused);
    Latencies.report(
        "overload: %.1f requests/s for %d s, %d in all; %s",
        TIMES * rate, ofOverload, full.size(), statuses(full));
    Latencies.report(
        "  %-20s %8d  p50 %7.1f ms  p99 %7.1f ms  longest %7.1f ms",
        "accepted (200)", answered.count(), answered.p50(), p99(answered), answered.max());
    Latencies.report(
        "  %-20s %8d  p50 %7.1f ms  p99 %7.1f ms  longest %7.1f ms",
        "refused (503)", refused.count(), refused.p50(), p99(refused), refused.max());
    Latencies kept = of(cached);
    Latencies.report(
        "  %-20s %8d  p50 %7.1f ms  p99 %7.1f ms",
        "kept answer, besides", kept.count(), kept.p50(), p99(kept));
    Latencies ready = of(health);
    Latencies.report(
        "  %-20s %8d  p50 %7.1f ms  p99 %7.1f ms",
        "health, besides", ready.count(), ready.p50(), p99(ready));
    double keyed = share(full, Result::isKeyed);
    double anonymous = share(full, result -> !result.isKeyed());
    Latencies.report(
        "  accepted with a key %.1f %%, without %.1f %%; in work %d, waiting %d at most (each second)",
        100 * keyed, 100 * anonymous, most[0].inWork(), most[0].waiting());
    double usualMillis = p99(usual);
    int recovered = recovered(copy(recovery), usualMillis, ofRecovery);
    Latencies.report(
        "recovery: %d requests at %.1f/s, %s; first second with none refused or slower than %.0f ms: %s",
        recovery.size(),
        Math.max(2, rate / 10),
        statuses(copy(recovery)),
        usualMillis,
        recovered < 0 ? "never" : String.valueOf(recovered));
    Latencies.report(
        "%-10s %12s %8s %8s %8s %14s %10s %12s",
        "held", "database", "active", "in work", "waiting", "heap after GC", "resident", "descriptors");
    show("before", before);
    show("after", after);

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
        p99(answered) <= LONGEST_WAIT_MILLIS + 2 * usualMillis);
    criterion("p99 of kept answers and of health <= 250 ms, none failed",
        broken.get() == 0 && p99(kept) <= PROBE_MILLIS && p99(ready) <= PROBE_MILLIS);
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

  /** Ten kept answers a second, and health and the line before the database once, until told. */
  private void probe(
      List<Double> cached, List<Double> health, AtomicInteger broken, Held[] most) {
    try (HttpConnection service = new HttpConnection(port);
        HttpConnection management = new HttpConnection(managementPort)) {
      for (int i = 0; true; i++) {
        HttpConnection.Answer answer = service.get(KEPT);
        cached.add(answer.millis());
        broken.addAndGet(answer.status() == 200 ? 0 : 1);
        if (i % 10 == 0) {
          answer = management.get("/q/health/ready");
          health.add(answer.millis());
          broken.addAndGet(answer.status() == 200 ? 0 : 1);
          String metrics = management.require("/q/metrics").text();
          Held held = most[0];
          most[0] =
              new Held(
                  0,
                  0,
                  Math.max(held.inWork(), (int) gauge(metrics, "in_work")),
                  Math.max(held.waiting(), (int) gauge(metrics, "waiting")),
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

  // ---- what the service holds

  private Held held() throws Exception {
    Process collection = new ProcessBuilder("jcmd", process, "GC.run").redirectErrorStream(true).start();
    collection.getInputStream().readAllBytes();
    collection.waitFor();
    String metrics;
    try (HttpConnection management = new HttpConnection(managementPort)) {
      metrics = management.require("/q/metrics").text();
    }
    int open;
    try (Stream<Path> descriptors = Files.list(Path.of("/proc", process, "fd"))) {
      open = (int) descriptors.count();
    }
    double resident = 0;
    for (String line : Files.readAllLines(Path.of("/proc", process, "status"))) {
      if (line.startsWith("VmRSS")) {
        resident = Double.parseDouble(line.replaceAll("\\D", "")) / 1024;
      }
    }
    int[] connections = connections();
    return new Held(
        connections[0],
        connections[1],
        (int) gauge(metrics, "in_work"),
        (int) gauge(metrics, "waiting"),
        heap(metrics),
        resident,
        open);
  }

  private int[] connections() throws Exception {
    PgConnectOptions database =
        PgConnectOptions.fromEnv() // the owner's password
            .setHost("localhost")
            .setPort(databasePort)
            .setDatabase("opendamir")
            .setUser("postgres");
    PgConnection connection =
        PgConnection.connect(vertx, database).toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    try {
      var rows =
          connection
              .query(
                  "SELECT count(*), count(*) FILTER (WHERE state <> 'idle' AND usename ="
                      + " 'opendamir_reader') FROM pg_stat_activity WHERE usename LIKE 'opendamir%'")
              .execute()
              .toCompletionStage()
              .toCompletableFuture()
              .get(30, TimeUnit.SECONDS);
      var row = rows.iterator().next();
      return new int[] {row.getInteger(0), row.getInteger(1)};
    } finally {
      connection.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
  }

  private static double gauge(String metrics, String name) {
    Matcher line =
        Pattern.compile("(?m)^opendamir_database_questions_" + name + "(?:\\{.*})? (\\S+)$")
            .matcher(metrics);
    if (!line.find()) {
      throw new IllegalStateException("no gauge " + name);
    }
    return Double.parseDouble(line.group(1));
  }

  private static double heap(String metrics) {
    Matcher line =
        Pattern.compile("(?m)^jvm_memory_used_bytes\\{.*area=\"heap\".*} (\\S+)$").matcher(metrics);
    double bytes = 0;
    while (line.find()) {
      bytes += Double.parseDouble(line.group(1));
    }
    return bytes / (1 << 20);
  }

  private static void show(String when, Held held) {
    Latencies.report(
        "%-10s %12d %8d %8d %8d %11.0f MB %7.0f MB %12d",
        when,
        held.connections(),
        held.active(),
        held.inWork(),
        held.waiting(),
        held.heap(),
        held.resident(),
        held.open());
  }

  // ---- figures

  /** The first second of whose requests none was refused or slow; -1 where there is none. */
  private static int recovered(List<Result> results, double millis, int seconds) {
    boolean[] isBad = new boolean[seconds + 1];
    for (Result result : results) {
      if (!result.isAccepted() && result.status() != 413 || result.millis() > millis) {
        isBad[Math.min(result.second(), seconds)] = true;
      }
    }
    for (int second = 0; second < seconds; second++) {
      if (!isBad[second]) {
        return second;
      }
    }
    return -1;
  }

  private static double share(List<Result> results, Predicate<Result> which) {
    List<Result> some = results.stream().filter(which).toList();
    return some.stream().filter(result -> !result.isRefused() && result.status() != 429).count()
        / (double) Math.max(1, some.size());
  }

  private static String statuses(List<Result> results) {
    Map<Integer, Integer> counts = new TreeMap<>();
    results.forEach(result -> counts.merge(result.status(), 1, Integer::sum));
    return "by status " + counts;
  }

  private static Latencies accepted(List<Result> results) {
    return latencies(results, Result::isAccepted);
  }

  private static Latencies latencies(List<Result> results, Predicate<Result> which) {
    return of(results.stream().filter(which).map(Result::millis).toList());
  }

  private static Latencies of(List<Double> millis) {
    Latencies latencies = new Latencies();
    millis.forEach(latencies::add);
    return latencies;
  }

  private static double p99(Latencies latencies) {
    return latencies.percentile(99);
  }
}
