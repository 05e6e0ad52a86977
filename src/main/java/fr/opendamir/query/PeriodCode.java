package fr.opendamir.query;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Level;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The codes of months, quarters and years. */
final class PeriodCode {
  private static final int MONTHS_OF_A_YEAR = 12;
  private static final int MONTHS_OF_A_QUARTER = 3;
  private static final String YEAR = "substr(s.month, 1, 4)";
  private static final String MONTH = "substr(s.month, 6, 2)";

  private PeriodCode() {}

  /** The code of the period that a month is in. */
  static String of(Level level, YearMonth month) {
    return month.getYear() + inYear(level, month.getMonthValue());
  }

  private static String inYear(Level level, int month) {
    return switch (level) {
      case YEAR -> "";
      case QUARTER -> "-Q" + (month + MONTHS_OF_A_QUARTER - 1) / MONTHS_OF_A_QUARTER;
      default -> "-%02d".formatted(month);
    };
  }

  /**
   * Renders the code of the period some months after the month of a source row.
   *
   * @param monthsLater from 1 to 12
   */
  static String later(Level level, int monthsLater) {
    Map<String, List<String>> months = new LinkedHashMap<>();
    for (int month = 1; month <= MONTHS_OF_A_YEAR; month++) {
      int later = (month + monthsLater - 1) % MONTHS_OF_A_YEAR + 1;
      months
          .computeIfAbsent(inYear(level, later), any -> new ArrayList<>())
          .add("'%02d'".formatted(month));
    }
    String inYear =
        months.entrySet().stream()
            .map(one -> "WHEN %s THEN '%s'".formatted(isOneOf(one.getValue()), one.getKey()))
            .collect(joining(" ", " || CASE ", " END"));
    return yearLater(monthsLater) + (months.size() == 1 ? "" : inYear);
  }

  private static String isOneOf(List<String> months) {
    return MONTH + " IN (" + String.join(", ", months) + ")";
  }

  private static String yearLater(int monthsLater) {
    String next = "CAST(CAST(" + YEAR + " AS integer) + 1 AS varchar)";
    return monthsLater == MONTHS_OF_A_YEAR
        ? next
        : "CASE WHEN %s > '%02d' THEN %s ELSE %s END"
            .formatted(MONTH, MONTHS_OF_A_YEAR - monthsLater, next, YEAR);
  }
}
