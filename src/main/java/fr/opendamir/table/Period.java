package fr.opendamir.table;

import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A month, quarter or year of a row. */
public record Period(Unit unit, LocalDate firstDay) {
  private static final Pattern CODE = Pattern.compile("(\\d{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])))?");
  private static final int MONTHS_OF_A_QUARTER = 3;

  /** The length of a period. */
  public enum Unit {
    YEAR,
    QUARTER,
    MONTH
  }

  /**
   * Reads a code such as {@code 2024-01}, {@code 2024-Q1} or {@code 2024}.
   *
   * @return empty for other codes, such as that of a total, and for null
   */
  public static Optional<Period> parse(String code) {
    Matcher period = CODE.matcher(code == null ? "" : code);
    if (!period.matches()) {
      return Optional.empty();
    }
    int year = Integer.parseInt(period.group(1));
    if (period.group(2) != null) {
      return Optional.of(of(Unit.MONTH, year, Integer.parseInt(period.group(2))));
    }
    return Optional.of(
        period.group(3) == null
            ? of(Unit.YEAR, year, 1)
            : of(
                Unit.QUARTER,
                year,
                MONTHS_OF_A_QUARTER * (Integer.parseInt(period.group(3)) - 1) + 1));
  }

  private static Period of(Unit unit, int year, int month) {
    return new Period(unit, LocalDate.of(year, month, 1));
  }
}
