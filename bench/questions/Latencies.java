import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Times in milliseconds, and the percentiles of them. */
final class Latencies {
  private final List<Double> millis = new ArrayList<>();

  void add(double value) {
    millis.add(value);
  }

  int count() {
    return millis.size();
  }

  double p50() {
    return percentile(50);
  }

  double p95() {
    return percentile(95);
  }

  double max() {
    return percentile(100);
  }

  /** The smallest value that at least that share of all values does not exceed. */
  double percentile(double percent) {
    if (millis.isEmpty()) {
      return Double.NaN;
    }
    List<Double> sorted = new ArrayList<>(millis);
    Collections.sort(sorted);
    int rank = (int) Math.ceil(percent / 100 * sorted.size());
    return sorted.get(Math.max(rank, 1) - 1);
  }

  static String met(boolean met) {
    return met ? "met" : "MISSED";
  }

  /** Prints a line of the report, with a point in decimals wherever it runs. */
  static void report(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
