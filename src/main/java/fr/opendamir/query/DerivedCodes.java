package fr.opendamir.query;

import fr.opendamir.catalog.CarePeriods;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.CodeEntry;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.catalog.SqlDialect;
import fr.opendamir.question.CodeFilter;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Renders codes that rows do not have: they follow from the month and the stored codes, as the
 * catalog and {@link CarePeriods} define. Statements look them up in tables of all possible codes,
 * because comparing each row with codes takes longer than everything else in a scan.
 */
record DerivedCodes(SqlDialect dialect, Catalog catalog) {
  private static final List<String> LAGS =
      Stream.of(
              CarePeriods.EXACT_LAGS,
              CarePeriods.LONG_LAGS,
              List.of(ReservedCodes.NOT_DISCLOSED, ReservedCodes.NOT_FILLED))
          .flatMap(List::stream)
          .toList();

  private static final String ACCEPTED = "y";
  private static final String REJECTED = "n";

  /** A code that no list has. */
  private static final String UNDOCUMENTED = "";

  /**
   * Renders the code of a row at a level.
   *
   * @param months all months that rows may have
   * @param monthsLater how much later the periods of processing are than the months of the rows
   */
  String code(Level level, List<YearMonth> months, int monthsLater) {
    if (level.dimension() == Dimension.MONTH) {
      return level.isFinest() && monthsLater == 0
          ? column(level)
          : dialect.code(
              column(Level.MONTH_OF_PROCESSING),
              table(
                  months,
                  YearMonth::toString,
                  month -> CarePeriods.period(level, month.plusMonths(monthsLater))));
    }
    if (level.isCarePeriod()) {
      return dialect.code(
          column(Level.MONTH_OF_PROCESSING),
          column(Level.CARE_LAG),
          ofCare(level, months, code -> code),
          CarePeriods.UNKNOWN);
    }
    return level.stored() == level ? column(level) : coarser(level, code -> code);
  }

  /**
   * Renders whether a filter accepts a row. What is looked up is the result and not the code,
   * because DuckDB would look up a code again for each one that it is compared with.
   *
   * @param filter on a level that is not stored
   */
  String isAccepted(CodeFilter filter, List<YearMonth> months) {
    return filter.level().isCarePeriod()
        ? dialect.isAccepted(
            column(Level.MONTH_OF_PROCESSING),
            column(Level.CARE_LAG),
            ofCare(filter.level(), months, filter::accepts),
            filter.accepts(CarePeriods.UNKNOWN))
        : coarser(filter.level(), code -> filter.accepts(code) ? ACCEPTED : REJECTED)
            + " = '"
            + ACCEPTED
            + "'";
  }

  private static <T> Map<String, Map<String, T>> ofCare(
      Level level, List<YearMonth> months, Function<String, T> result) {
    return table(
        months,
        YearMonth::toString,
        month -> table(LAGS, lag -> lag, lag -> result.apply(CarePeriods.code(level, month, lag))));
  }

  private String coarser(Level level, UnaryOperator<String> result) {
    Level stored = level.stored();
    List<String> codes =
        Stream.concat(catalog.codes(stored).stream(), catalog.reservedCodes(stored).stream())
            .map(CodeEntry::code)
            .toList();
    return dialect.code(
        column(stored),
        table(codes, code -> code, code -> result.apply(catalog.coarser(level, code))),
        result.apply(catalog.coarser(level, UNDOCUMENTED)));
  }

  private static String column(Level level) {
    return "s." + level.id();
  }

  private static <K, V> Map<String, V> table(
      List<K> keys, Function<K, String> code, Function<K, V> value) {
    return keys.stream().collect(Collectors.toMap(code, value, (a, b) -> a, LinkedHashMap::new));
  }
}
