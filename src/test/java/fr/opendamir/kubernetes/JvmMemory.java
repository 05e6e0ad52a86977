package fr.opendamir.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM of the image takes at most, in MiB, by its options: every part that grows has to have
 * a bound, or there is no sum.
 */
public final class JvmMemory {
  /** Measured: 25 threads, 2.5 MiB of stacks. Room for 300. */
  private static final double STACKS = 32;

  /**
   * Measured: 44 MiB of symbols, archive of classes and work of the compiler and the collector, and
   * 27 MiB of the JVM's own code and of files.
   */
  private static final double REST = 96;

  private static final Pattern HEAP = Pattern.compile("-Xmx(\\d+)([mg])");
  private static final Pattern SHARE = Pattern.compile("-XX:MaxRAMPercentage=(\\d+)");
  private static final Map<String, Pattern> PARTS =
      Map.of(
          "direct buffers", Pattern.compile("-XX:MaxDirectMemorySize=(\\d+)([mg])"),
          "classes", Pattern.compile("-XX:MaxMetaspaceSize=(\\d+)([mg])"),
          "compiled code", Pattern.compile("-XX:ReservedCodeCacheSize=(\\d+)([mg])"));

  private JvmMemory() {}

  /**
   * The sum of all parts.
   *
   * @param options as the JVM reads them: later ones count
   * @param limit of the container, which a heap may be a share of
   * @throws IllegalArgumentException if a part has no bound
   */
  public static double mebibytes(List<String> options, double limit) {
    OptionalDouble heap = find(options, HEAP);
    OptionalDouble share = find(options, SHARE);
    if (heap.isEmpty() && share.isEmpty()) {
      throw new IllegalArgumentException("no bound for the heap");
    }
    // A size counts more than a share, wherever it stands.
    double sum = heap.orElseGet(() -> limit * share.getAsDouble() / 100) + STACKS + REST;
    for (Map.Entry<String, Pattern> part : PARTS.entrySet()) {
      sum +=
          find(options, part.getValue())
              .orElseThrow(() -> new IllegalArgumentException("no bound for " + part.getKey()));
    }
    return sum;
  }

  /** What DuckDB takes of the bound that it is given: it does not count all of it. */
  public static double duckDb(double mebibytes) {
    return 1.2 * mebibytes;
  }

  private static OptionalDouble find(List<String> options, Pattern pattern) {
    return options.stream()
        .map(pattern::matcher)
        .filter(Matcher::matches)
        .mapToDouble(
            m ->
                Double.parseDouble(m.group(1))
                    * (m.groupCount() > 1 && m.group(2).equals("g") ? 1024 : 1))
        .reduce((first, last) -> last);
  }
}
