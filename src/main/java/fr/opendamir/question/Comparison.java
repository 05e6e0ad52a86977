package fr.opendamir.question;

import fr.opendamir.catalog.Level;
import java.util.List;
import java.util.Optional;

/** The earlier period that each period of an answer is compared with. */
public enum Comparison {
  /** No comparison. */
  NONE,
  /** The same months, one year earlier. */
  PREVIOUS_YEAR,
  /** The month, quarter or year before; without one in the grouping, as many months before. */
  PREVIOUS_PERIOD;

  /** The levels whose codes can be compared with earlier ones. */
  public static final List<Level> PERIODS =
      List.of(Level.MONTH_OF_PROCESSING, Level.QUARTER, Level.YEAR);

  private static final int MONTHS_OF_A_YEAR = 12;
  private static final int MONTHS_OF_A_QUARTER = 3;

  /** The number of months in a period of a level. */
  public static int months(Level period) {
    return switch (period) {
      case YEAR -> MONTHS_OF_A_YEAR;
      case QUARTER -> MONTHS_OF_A_QUARTER;
      default -> 1;
    };
  }

  /**
   * How many months earlier the compared months are.
   *
   * @param period the period in the grouping
   * @param span the number of months of the answer, from the first to the last, used if the
   *     grouping has no period
   */
  public int monthsEarlier(Optional<Level> period, int span) {
    return switch (this) {
      case NONE -> 0;
      case PREVIOUS_YEAR -> MONTHS_OF_A_YEAR;
      case PREVIOUS_PERIOD -> period.map(Comparison::months).orElse(span);
    };
  }
}
