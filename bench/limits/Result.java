import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What came of a request; second since the phase began when it was due; status 0 is no answer. */
record Result(int second, int status, boolean isKeyed, double millis, String retryAfter) {
  boolean isAccepted() {
    return status == 200;
  }

  boolean isRefused() {
    return status == 503;
  }

  /** The first second of whose requests none was refused or slow; -1 where there is none. */
  static int recovered(List<Result> results, double millis, int seconds) {
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

  static double share(List<Result> results, Predicate<Result> which) {
    List<Result> some = results.stream().filter(which).toList();
    return some.stream().filter(result -> !result.isRefused() && result.status() != 429).count()
        / (double) Math.max(1, some.size());
  }

  static String statuses(List<Result> results) {
    Map<Integer, Integer> counts = new TreeMap<>();
    results.forEach(result -> counts.merge(result.status(), 1, Integer::sum));
    return "by status " + counts;
  }

  static Latencies accepted(List<Result> results) {
    return latencies(results, Result::isAccepted);
  }

  static Latencies latencies(List<Result> results, Predicate<Result> which) {
    return of(results.stream().filter(which).map(Result::millis).toList());
  }

  static Latencies of(List<Double> millis) {
    Latencies latencies = new Latencies();
    millis.forEach(latencies::add);
    return latencies;
  }

  static double p99(Latencies latencies) {
    return latencies.percentile(99);
  }
}
