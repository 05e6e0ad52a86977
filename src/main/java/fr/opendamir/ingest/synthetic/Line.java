package fr.opendamir.ingest.synthetic;

import fr.opendamir.ingest.source.SourceColumn;

/**
 * One line being made, reused for the next: codes as numbers, amounts in hundredths, and how usual
 * the drawn places and professionals are.
 */
@SuppressWarnings("EnumOrdinal") // Plain arrays by column: forty fields are set for each line.
final class Line {

  /** Mark of an empty field, for the counts that some schemes do not send. */
  static final long EMPTY = Long.MIN_VALUE;

  private final int[] codes = new int[SourceColumn.values().length];
  private final long[] amounts = new long[SourceColumn.values().length];

  private Service service;
  private RowType type;
  private Facility facility;
  private float logExpectedLines;
  private float popularity;
  private double usualness;

  void start(Service service, RowType type, Facility facility, float logLines, float popularity) {
    this.service = service;
    this.type = type;
    this.facility = facility;
    this.logExpectedLines = logLines;
    this.popularity = popularity;
    this.usualness = 0;
  }

  Service service() {
    return service;
  }

  RowType type() {
    return type;
  }

  Facility facility() {
    return facility;
  }

  boolean hasFacility() {
    return facility.kind() != Facility.Kind.NONE;
  }

  boolean isPhysician() {
    return code(SourceColumn.PSE_SPE_SNDS) != 0;
  }

  float logExpectedLines() {
    return logExpectedLines;
  }

  /** How popular the atom is, in standard deviations. */
  float popularity() {
    return popularity;
  }

  /** Takes note of a usual or unusual choice that had the given probability of being usual. */
  void chose(boolean usual, double probability) {
    usualness += usual ? 1 - probability : -probability;
  }

  /** Usual choices beyond the expected number; zero on average. */
  double usualness() {
    return usualness;
  }

  void set(SourceColumn column, int code) {
    codes[column.ordinal()] = code;
  }

  int code(SourceColumn column) {
    return codes[column.ordinal()];
  }

  int code(int ordinal) {
    return codes[ordinal];
  }

  void setAmount(SourceColumn column, long hundredths) {
    amounts[column.ordinal()] = hundredths;
  }

  long amount(SourceColumn column) {
    return amounts[column.ordinal()];
  }

  long amount(int ordinal) {
    return amounts[ordinal];
  }
}
