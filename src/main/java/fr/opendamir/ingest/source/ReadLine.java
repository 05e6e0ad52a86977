package fr.opendamir.ingest.source;

import fr.opendamir.catalog.SourceMeasure;
import java.util.Arrays;

/**
 * What the import uses of one line. The reader fills the same object for every line, so that no
 * line allocates memory.
 */
@SuppressWarnings("EnumOrdinal") // Plain arrays by measure: six are set for each line.
public final class ReadLine {
  final int[] codes = new int[RequiredColumns.CODES.size()];
  final long[] measures = new long[SourceMeasure.values().length];
  long count;
  int careLag;

  ReadLine() {}

  /**
   * The position of a code in the {@link CodeDictionary} of a column of {@link
   * RequiredColumns#CODES}.
   */
  public int code(int column) {
    return codes[column];
  }

  /** Cents, or acts for the quantity; 0 where the field is empty or missing. */
  public long measure(SourceMeasure measure) {
    return measures[measure.ordinal()];
  }

  /** Number of trips, stays or payments; 0 where the line or the file lacks it. */
  public long count() {
    return count;
  }

  /** A position in {@link CareLag#CODES}. */
  public int careLag() {
    return careLag;
  }

  void clear() {
    Arrays.fill(codes, CodeDictionary.NOT_FILLED);
    Arrays.fill(measures, 0);
    count = 0;
    careLag = CareLag.UNKNOWN;
  }
}
