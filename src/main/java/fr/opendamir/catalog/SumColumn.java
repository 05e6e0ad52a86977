package fr.opendamir.catalog;

import java.util.Arrays;
import java.util.List;

/**
 * A sum from which measures are calculated.
 *
 * @param careOnly whether only services of kind care and participation are summed
 */
public record SumColumn(SourceMeasure measure, boolean careOnly) {
  /** The kinds of services included in measures scoped to care. */
  public static final List<String> CARE_KINDS = List.of("care", "participation");

  /** The sum over all services. */
  public static SumColumn ofAll(SourceMeasure measure) {
    return new SumColumn(measure, false);
  }

  /** The sum over services of kind care and participation. */
  public static SumColumn ofCare(SourceMeasure measure) {
    return new SumColumn(measure, true);
  }

  /** Every sum that any measure needs; sums over all services come first. */
  public static List<SumColumn> all() {
    return Arrays.stream(Measure.values())
        .flatMap(measure -> measure.sums().stream())
        .distinct()
        .sorted(
            (a, b) ->
                a.careOnly() == b.careOnly()
                    ? a.measure().compareTo(b.measure())
                    : Boolean.compare(a.careOnly(), b.careOnly()))
        .toList();
  }

  /** The name of its column in rollups and statements. */
  public String id() {
    return (careOnly ? "care_" : "all_") + measure.id();
  }
}
