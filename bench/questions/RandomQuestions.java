import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;

/**
 * Questions drawn at random, none asked twice, by one client and by two: their percentiles, and how
 * the time grows with the rows that the service says it scans.
 *
 * <p>Arguments: port of the service, seed, questions to measure, seconds at most for each of the
 * parts, file for the single times (CSV); then the bounds, in milliseconds, of the p95 of one client, of its longest
 * answer and of the p95 of two; absent if nothing is judged.
 */
final class RandomQuestions {
  private static final long[] BOUNDS = {1_000, 10_000, 100_000, 1_000_000, Long.MAX_VALUE};

  /** Of a time less the fixed cost, before its logarithm is taken. */
  private static final double LEAST_MILLIS = 0.05;

  /** Times scatter: a power within this of 1 is a straight line. */
  private static final double POWER_TOLERANCE = 0.1;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A question that was answered. */
  private record Asked(String path, int status, double millis, int clients) {}

  /** What the service says of a question it was not asked to answer. */
  private record Plan(Asked asked, long scannedRows, String rollup) {}

  private final int port;
  private final int count;
  private final double seconds;
  private final QuestionDraw draw;
  private final List<Double> bounds;

  private RandomQuestions(
      int port, int count, double seconds, QuestionDraw draw, List<Double> bounds) {
    this.port = port;
    this.count = count;
    this.seconds = seconds;
    this.draw = draw;
    this.bounds = bounds;
  }

  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    QuestionDraw draw;
    try (HttpConnection connection = new HttpConnection(port)) {
      draw = QuestionDraw.from(connection, Long.parseLong(arguments[1]));
    }
    new RandomQuestions(
            port,
            Integer.parseInt(arguments[2]),
            Double.parseDouble(arguments[3]),
            draw,
            Arrays.stream(arguments).skip(5).map(Double::valueOf).toList())
        .run(Path.of(arguments[4]));
  }

  private void run(Path file) throws Exception {
    int warmUp = ask(1).size(); // not counted: the JVM compiles, the database fills its buffers
    List<Asked> asked = new ArrayList<>();
    Latencies.report("%d questions to warm up, drawn the same way", warmUp);
    for (int clients : new int[] {1, 2}) {
      List<Asked> part = ask(clients);
      report(clients, part);
      asked.addAll(part);
    }
    List<Asked> answered = asked.stream().filter(a -> a.status() == 200).toList();
    slowest(answered);
    List<Plan> plans = plans(answered.stream().filter(a -> a.clients() == 1).toList());
    if (plans.isEmpty()) {
      Latencies.report("rows scanned: the service does not tell (no dry_run)");
    } else {
      growth(plans);
    }
    write(file, asked, plans);
  }

  private List<Asked> ask(int clients) throws Exception {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    AtomicInteger left = new AtomicInteger(count);
    Callable<List<Asked>> client =
        () -> {
          List<Asked> asked = new ArrayList<>();
          try (HttpConnection connection = new HttpConnection(port)) {
            while (System.nanoTime() < end && left.getAndDecrement() > 0) {
              String path = draw.next();
              HttpConnection.Answer answer = connection.get(path);
              asked.add(new Asked(path, answer.status(), answer.millis(), clients));
              if (answer.status() != 200) {
                left.incrementAndGet(); // a refusal is quick, and no answer
              }
            }
          }
          return asked;
        };
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      List<Asked> all = new ArrayList<>();
      for (Future<List<Asked>> part : threads.invokeAll(Collections.nCopies(clients, client))) {
        all.addAll(part.get());
      }
      return all;
    } finally {
      threads.shutdown();
    }
  }

  private void report(int clients, List<Asked> asked) {
    Latencies latencies = new Latencies();
    Map<Integer, Integer> others = new TreeMap<>();
    for (Asked question : asked) {
      if (question.status() == 200) {
        latencies.add(question.millis());
      } else {
        others.merge(question.status(), 1, Integer::sum);
      }
    }
    Latencies.report(
        "%d client%s: %d answers, p50 %.1f ms, p95 %.1f ms%s, max %.1f ms%s%s",
        clients,
        clients == 1 ? "" : "s",
        latencies.count(),
        latencies.p50(),
        latencies.p95(),
        judged(latencies.p95(), clients == 1 ? 0 : 2),
        latencies.max(),
        clients == 1 ? judged(latencies.max(), 1) : "",
        others.isEmpty() ? "" : "; not answered, by status: " + others);
  }

  private String judged(double millis, int bound) {
    return bound < bounds.size()
        ? " (bound %.0f ms: %s)"
            .formatted(bounds.get(bound), Latencies.met(millis < bounds.get(bound)))
        : "";
  }

  private static void slowest(List<Asked> answered) {
    Latencies.report("slowest:");
    answered.stream()
        .sorted((a, b) -> Double.compare(b.millis(), a.millis()))
        .limit(5)
        .forEach(a -> Latencies.report("  %8.1f ms  %s", a.millis(), a.path()));
  }

  /**
   * Asks for the plans when nothing is measured any more. A condition that every row meets makes
   * another question of the same plan, so that no cached answer hides it.
   */
  private List<Plan> plans(List<Asked> asked) throws IOException {
    List<Plan> plans = new ArrayList<>();
    long end = System.nanoTime() + (long) (seconds * 1e9);
    try (HttpConnection connection = new HttpConnection(port)) {
      for (Asked question : asked) {
        if (System.nanoTime() > end) {
          break;
        }
        String measure = question.path().replaceFirst(".*[?&]measures=([a-z_]+).*", "$1");
        HttpConnection.Answer answer =
            connection.get(
                question.path() + "&having=" + measure + ":ge:-999999999999999&dry_run=true");
        JsonNode body = answer.status() == 200 ? JSON.readTree(answer.body()) : null;
        JsonNode rows = body == null ? null : body.findValue("scanned_rows");
        if (rows != null) {
          JsonNode rollup = body.findValue("rollup");
          plans.add(new Plan(question, rows.asLong(), rollup == null ? "" : rollup.toString()));
        }
      }
    }
    return plans;
  }

  private static void growth(List<Plan> plans) {
    Latencies.report("by rows scanned (1 client):");
    Latencies.report(
        "  %-12s %9s %10s %10s %12s %10s",
        "rows up to", "questions", "p50 ms", "p95 ms", "median rows", "ns per row");
    long above = -1;
    for (long bound : BOUNDS) {
      Latencies latencies = new Latencies();
      Latencies rows = new Latencies();
      for (Plan plan : plans) {
        if (plan.scannedRows() > above && plan.scannedRows() <= bound) {
          latencies.add(plan.asked().millis());
          rows.add(plan.scannedRows());
        }
      }
      if (latencies.count() > 0) {
        Latencies.report(
            "  %-12s %9d %10.2f %10.2f %12.0f %10.0f",
            bound == Long.MAX_VALUE ? "more" : String.valueOf(bound),
            latencies.count(),
            latencies.p50(),
            latencies.p95(),
            rows.p50(),
            latencies.p50() * 1e6 / Math.max(rows.p50(), 1));
      }
      above = bound;
    }
    double fixed = plans.stream().mapToDouble(plan -> plan.asked().millis()).min().orElseThrow();
    double[] line = fit(plans, Plan::scannedRows, plan -> plan.asked().millis());
    Latencies.report("  straight line: %.2f ms + %.0f ns per row", line[0], line[1] * 1e6);
    List<Plan> large = plans.stream().filter(plan -> plan.scannedRows() > 10_000).toList();
    if (large.size() >= 10) {
      // What every question costs would hide how the rest grows: the fastest one tells it.
      double power =
          fit(
              large,
              plan -> Math.log(plan.scannedRows()),
              plan -> Math.log(Math.max(plan.asked().millis() - fixed, LEAST_MILLIS)))[1];
      Latencies.report(
          "  above 10,000 rows the time grows as rows to the power of %.2f; at most 1: %s",
          power, Latencies.met(power <= 1 + POWER_TOLERANCE));
    }
  }

  /** Intercept and slope of least squares. */
  private static double[] fit(
      List<Plan> plans, ToDoubleFunction<Plan> x, ToDoubleFunction<Plan> y) {
    double meanX = plans.stream().mapToDouble(x).average().orElseThrow();
    double meanY = plans.stream().mapToDouble(y).average().orElseThrow();
    double covariance = 0;
    double variance = 0;
    for (Plan plan : plans) {
      double distance = x.applyAsDouble(plan) - meanX;
      covariance += distance * (y.applyAsDouble(plan) - meanY);
      variance += distance * distance;
    }
    double slope = variance == 0 ? 0 : covariance / variance;
    return new double[] {meanY - slope * meanX, slope};
  }

  private static void write(Path file, List<Asked> asked, List<Plan> plans) throws IOException {
    Map<String, Plan> byPath = new TreeMap<>();
    plans.forEach(plan -> byPath.put(plan.asked().path(), plan));
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      out.println("clients,status,ms,scanned_rows,rollup,question");
      for (Asked question : asked) {
        Plan plan = byPath.get(question.path());
        out.printf(
            Locale.ROOT,
            "%d,%d,%.3f,%s,%s,\"%s\"%n",
            question.clients(),
            question.status(),
            question.millis(),
            plan == null ? "" : plan.scannedRows(),
            plan == null ? "" : '"' + plan.rollup().replace("\"", "\"\"") + '"',
            question.path());
      }
    }
  }
}
