package fr.opendamir.question;

import fr.opendamir.catalog.Level;
import java.time.YearMonth;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text forms of months, quarters and years. */
final class Periods {
  /** The first and last months that a four-digit year can express. */
  static final YearMonth FIRST = YearMonth.of(0, 1);

  static final YearMonth LAST = YearMonth.of(9999, 12);

  private static final Pattern MONTH = Pattern.compile("(\\d{4})-?(0[1-9]|1[0-2])");
  private static final Pattern QUARTER = Pattern.compile("(\\d{4})-?[QqTt]([1-4])");
  private static final Pattern YEAR = Pattern.compile("(\\d{4})");

  private Periods() {}

  /** Parses one month, quarter or year as a range of months. */
  static Optional<MonthFilter.Range> one(Level level, String text) {
    return switch (level) {
      case YEAR -> match(YEAR, text).map(m -> months(number(m, 1), 1, 12));
      case QUARTER ->
          match(QUARTER, text)
              .map(m -> months(number(m, 1), number(m, 2) * 3 - 2, number(m, 2) * 3));
      default -> match(MONTH, text).map(m -> months(number(m, 1), number(m, 2), number(m, 2)));
    };
  }

  static String example(Level level) {
    return switch (level) {
      case YEAR -> "2024";
      case QUARTER -> "2024-Q1";
      default -> "2024-01";
    };
  }

  private static Optional<Matcher> match(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.matches() ? Optional.of(matcher) : Optional.empty();
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  private static MonthFilter.Range months(int year, int first, int last) {
    return new MonthFilter.Range(
        Optional.of(YearMonth.of(year, first)), Optional.of(YearMonth.of(year, last)));
  }
}
