package fr.opendamir.ingest.synthetic;

import fr.opendamir.ingest.source.SourceColumn;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Number of rows per code of 36 variables in the genuine file A202401 (38,758,176 rows).
 *
 * <p>Source: {@code AntoineGiraud/damir_exploration}, summary of A202401 (CNAM, Licence Ouverte).
 */
final class PublishedCounts {

  private static final PublishedCounts JANUARY_2024 = read();

  private final Map<SourceColumn, Map<Integer, Long>> counts;

  private PublishedCounts(Map<SourceColumn, Map<Integer, Long>> counts) {
    this.counts = counts;
  }

  static PublishedCounts january2024() {
    return JANUARY_2024;
  }

  /** Rows by code, sorted by code; empty for a variable that was not counted. */
  Map<Integer, Long> of(SourceColumn column) {
    return Collections.unmodifiableMap(counts.getOrDefault(column, Map.of()));
  }

  /** The codes of a variable in increasing order. */
  int[] codes(SourceColumn column) {
    return of(column).keySet().stream().mapToInt(Integer::intValue).toArray();
  }

  /** The shares of those codes, adding up to one. */
  double[] shares(SourceColumn column) {
    double total = of(column).values().stream().mapToLong(Long::longValue).sum();
    return of(column).values().stream().mapToDouble(rows -> rows / total).toArray();
  }

  private static PublishedCounts read() {
    Map<SourceColumn, Map<Integer, Long>> counts = new EnumMap<>(SourceColumn.class);
    for (List<String> row : ResourceTable.rows("row-counts-202401.csv")) {
      counts
          .computeIfAbsent(SourceColumn.valueOf(row.get(0)), column -> new TreeMap<>())
          .put(Integer.valueOf(row.get(1)), Long.valueOf(row.get(2)));
    }
    return new PublishedCounts(counts);
  }
}
