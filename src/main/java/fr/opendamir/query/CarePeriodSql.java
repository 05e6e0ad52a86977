package fr.opendamir.query;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.CarePeriods;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.question.CodeFilter;
import java.time.Period;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Renders the codes that {@link CarePeriods#code} defines, from the month and the lag of a row.
 * Uses only functions that all engines have: integers are not divided, and only numbers are cast to
 * numbers. The month or quarter is a part of a constant text of all possible ones, which takes
 * columns half the time of comparisons.
 */
final class CarePeriodSql {
  private static final String YEAR = "substr(s.month, 1, 4)";
  private static final String MONTH = "CAST(substr(s.month, 6, 2) AS integer)";

  /** The number of months of an exact lag, plus one. */
  private static final String LAG =
      "strpos('%s', s.care_lag)".formatted(String.join("", CarePeriods.EXACT_LAGS));

  private static final String YEAR_BEFORE = "CAST(CAST(" + YEAR + " AS integer) - 1 AS varchar)";

  private static final String EXACT_YEAR =
      "CASE WHEN %s >= %s THEN %s ELSE %s END".formatted(MONTH, LAG, YEAR, YEAR_BEFORE);

  /** The first month that care processed in January of a year may be of. */
  private static final YearMonth FIRST =
      YearMonth.of(2024, 1).minusMonths(CarePeriods.EXACT_LAGS.size() - 1L);

  private CarePeriodSql() {}

  /** The code at a level of periods of care. */
  static String code(Level level) {
    return "CASE WHEN %s THEN %s%s WHEN %s THEN s.care_lag WHEN %s THEN '%s' ELSE '%s' END"
        .formatted(
            isLag(CarePeriods.EXACT_LAGS),
            level == Level.CARE_YEAR ? EXACT_YEAR : EXACT_YEAR + " || " + partOfYear(level),
            level == Level.CARE_YEAR ? ofHalfYear() : "",
            isLag(List.of(ReservedCodes.NOT_DISCLOSED, ReservedCodes.NOT_FILLED)),
            isLag(CarePeriods.LONG_LAGS),
            CarePeriods.OLDER,
            CarePeriods.UNKNOWN);
  }

  /** {@code -08} or {@code -Q3}, from the texts of all months from August to the next December. */
  private static String partOfYear(Level level) {
    List<String> parts =
        FIRST
            .atDay(1)
            .datesUntil(YearMonth.of(2025, 1).atDay(1), Period.ofMonths(1))
            .map(day -> CarePeriods.period(level, YearMonth.from(day)).substring(4))
            .toList();
    int length = parts.get(0).length();
    return "substr('%1$s', %2$d * (%3$s - %4$s + %5$d) + 1, %2$d)"
        .formatted(String.join("", parts), length, MONTH, LAG, CarePeriods.EXACT_LAGS.size() - 1);
  }

  /** The lag of 6 to 11 months where it lies in one year. */
  private static String ofHalfYear() {
    String isLag = " WHEN s.care_lag = '" + CarePeriods.HALF_YEAR_LAG + "' AND ";
    return "%1$s%2$s <= 6 THEN %3$s%1$s%2$s = 12 THEN %4$s"
        .formatted(isLag, MONTH, YEAR_BEFORE, YEAR);
  }

  /**
   * Renders a condition that all rows meet whose code a filter selects, and few others. It reads
   * one column at a time, which costs a tenth of putting codes together.
   *
   * @param selected at a level of periods of care, not excluding
   * @param parameter adds a parameter and returns its placeholder
   * @return empty if the filter may select rows of any month and lag
   */
  static Optional<String> near(CodeFilter selected, Function<Object, String> parameter) {
    Set<String> months = new TreeSet<>();
    Set<String> lags = new TreeSet<>();
    for (String code : selected.codes()) {
      if (CarePeriods.isPeriod(selected.level(), code)) {
        CarePeriods.processed(selected.level(), code).map(YearMonth::toString).forEach(months::add);
      } else if (code.equals(CarePeriods.OLDER)) {
        lags.addAll(CarePeriods.LONG_LAGS);
      } else if (code.equals(ReservedCodes.NOT_DISCLOSED)
          || code.equals(ReservedCodes.NOT_FILLED)) {
        lags.add(code);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(
        Stream.of(Map.entry("s.month", months), Map.entry("s.care_lag", lags))
            .filter(column -> !column.getValue().isEmpty())
            .map(
                column ->
                    column.getValue().stream()
                        .map(parameter)
                        .collect(joining(", ", column.getKey() + " IN (", ")")))
            .collect(joining(" OR ", "(", ")")));
  }

  private static String isLag(List<String> lags) {
    return lags.stream().collect(joining("', '", "s.care_lag IN ('", "')"));
  }
}
