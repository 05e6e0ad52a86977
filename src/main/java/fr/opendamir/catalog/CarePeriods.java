package fr.opendamir.catalog;

import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The periods in which care was given, as far as the month of processing and the lag settle them. A
 * lag of up to five months settles the month. {@code 6_11} settles the year where all six possible
 * months lie in one: for months of processing from January to June, and for December.
 */
public final class CarePeriods {
  /** Care of a known lag that does not settle the period. */
  public static final String OLDER = "older";

  /** Care whose month is unknown. */
  public static final String UNKNOWN = "unknown";

  /** The lags that settle the month: the code of each is its number of months. */
  public static final List<String> EXACT_LAGS = List.of("0", "1", "2", "3", "4", "5");

  /** The lag that settles the year in some months. */
  public static final String HALF_YEAR_LAG = "6_11";

  /** The lags that settle no month. */
  public static final List<String> LONG_LAGS = List.of(HALF_YEAR_LAG, "12_plus");

  private static final int SHORTEST_HALF_YEAR_LAG = 6;
  private static final int LONGEST_HALF_YEAR_LAG = 11;

  private static final Pattern MONTH = Pattern.compile("\\d{4}-(0[1-9]|1[0-2])");
  private static final Pattern QUARTER = Pattern.compile("\\d{4}-Q[1-4]");
  private static final Pattern YEAR = Pattern.compile("\\d{4}");

  private static final String DOTS = "..";

  /** Before every period. */
  private static final String LOWEST = "0000";

  /** After every period of a year of four digits but the last one, and before all other codes. */
  private static final String HIGHEST = "9999";

  private CarePeriods() {}

  /**
   * Returns the code at a level of periods of care.
   *
   * @param processed the month of processing
   * @param lag a code of {@code care_lag}, reserved codes included
   * @return a period, {@link #OLDER}, {@link #UNKNOWN} or the reserved code
   */
  public static String code(Level level, YearMonth processed, String lag) {
    int months = EXACT_LAGS.indexOf(lag);
    if (months >= 0) {
      return period(level, processed.minusMonths(months));
    }
    if (lag.equals(HALF_YEAR_LAG)) {
      return ofHalfYear(level, processed);
    }
    if (LONG_LAGS.contains(lag)) {
      return OLDER;
    }
    boolean isReserved =
        lag.equals(ReservedCodes.NOT_DISCLOSED) || lag.equals(ReservedCodes.NOT_FILLED);
    return isReserved ? lag : UNKNOWN;
  }

  private static String ofHalfYear(Level level, YearMonth processed) {
    String first = period(level, processed.minusMonths(LONGEST_HALF_YEAR_LAG));
    String last = period(level, processed.minusMonths(SHORTEST_HALF_YEAR_LAG));
    return first.equals(last) ? first : OLDER;
  }

  /** The period of a level, of processing or of care, that a month lies in. */
  public static String period(Level level, YearMonth month) {
    return switch (level.periodForm().orElseThrow()) {
      case YEAR -> "%04d".formatted(month.getYear());
      case QUARTER -> "%04d-Q%d".formatted(month.getYear(), (month.getMonthValue() + 2) / 3);
      default -> month.toString();
    };
  }

  /** The periods of care that months of processing may hold, oldest first. */
  public static List<String> in(Level level, Collection<YearMonth> processed) {
    Set<String> periods = new TreeSet<>();
    for (YearMonth month : processed) {
      EXACT_LAGS.forEach(lag -> periods.add(code(level, month, lag)));
      periods.add(code(level, month, HALF_YEAR_LAG));
    }
    periods.remove(OLDER);
    return List.copyOf(periods);
  }

  /** The length in months of the periods of a level, of processing or of care. */
  public static int months(Level level) {
    return switch (level.periodForm().orElseThrow()) {
      case YEAR -> 12;
      case QUARTER -> 3;
      default -> 1;
    };
  }

  /** The last month of a period of care. */
  public static YearMonth end(Level level, String period) {
    int year = Integer.parseInt(period.substring(0, 4));
    int last = period.charAt(period.length() - 1) - '0';
    return switch (level.periodForm().orElseThrow()) {
      case YEAR -> YearMonth.of(year, 12);
      case QUARTER -> YearMonth.of(year, 3 * last);
      default -> YearMonth.parse(period);
    };
  }

  /**
   * The months of processing that settle any care as of a period of a level, counted from the end
   * of the period and negative before it, earliest first. The lag of 6 to 11 months settles the
   * year up to the sixth month after it.
   */
  public static List<Integer> steps(Level level) {
    boolean isYear = level.periodForm().orElseThrow() == Level.YEAR;
    int last = EXACT_LAGS.size() - (isYear ? 0 : 1);
    return IntStream.rangeClosed(1 - months(level), last).boxed().toList();
  }

  /** The code of an open range, of which one end is present: {@code 2024-01..}. */
  public static String openRangeCode(
      Level level, Optional<YearMonth> first, Optional<YearMonth> last) {
    return first.map(month -> period(level, month)).orElse("")
        + DOTS
        + last.map(month -> period(level, month)).orElse("");
  }

  /** Reads an open range; empty for any other code. */
  public static Optional<Range> openRange(Level level, String code) {
    boolean isFrom = code.endsWith(DOTS);
    String end = isFrom ? code.substring(0, code.length() - DOTS.length()) : withoutStart(code);
    return !end.equals(code) && isPeriod(level, end)
        ? Optional.of(isFrom ? new Range(end, HIGHEST) : new Range(LOWEST, end))
        : Optional.empty();
  }

  private static String withoutStart(String code) {
    return code.startsWith(DOTS) ? code.substring(DOTS.length()) : code;
  }

  /**
   * A range of periods. In any order of texts that has digits before letters, the periods between
   * its ends, both included, are in the range, and codes that are no periods are not.
   */
  public record Range(String first, String last) {
    /** Whether a code of the level is a period in the range. */
    public boolean has(String code) {
      return first.compareTo(code) <= 0 && code.compareTo(last) <= 0;
    }
  }

  /** Whether a code of a level of periods of care is a period. */
  public static boolean isPeriod(Level level, String code) {
    Pattern pattern =
        switch (level.periodForm().orElseThrow()) {
          case YEAR -> YEAR;
          case QUARTER -> QUARTER;
          default -> MONTH;
        };
    return pattern.matcher(code).matches();
  }
}
