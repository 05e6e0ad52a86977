package fr.opendamir.ingest.fetch;

import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The months that are wanted.
 *
 * @param last empty: all that are published
 */
public record MonthRange(YearMonth first, Optional<YearMonth> last) {
  private static final YearMonth OLDEST = YearMonth.of(2009, 1);
  private static final Pattern TEXT =
      Pattern.compile("(\\d{4}-(?:0[1-9]|1[0-2]))(?:(\\.\\.)(\\d{4}-(?:0[1-9]|1[0-2]))?)?");

  /**
   * Reads {@code 2025-01}, {@code 2025-01..2025-12}, or {@code 2025-01..} for all since then.
   *
   * @throws IllegalArgumentException for other texts
   */
  public static MonthRange parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\" is not a range of months; write 2025-01, 2025-01..2025-12 or 2025-01..");
    }
    YearMonth first = YearMonth.parse(matcher.group(1));
    boolean isOpen = matcher.group(2) != null && matcher.group(3) == null;
    YearMonth last = matcher.group(3) == null ? first : YearMonth.parse(matcher.group(3));
    if (last.isBefore(first) || first.isBefore(OLDEST)) {
      throw new IllegalArgumentException(
          "\"" + text + "\": months begin in 2009-01, and the first comes before the last");
    }
    return new MonthRange(first, isOpen ? Optional.empty() : Optional.of(last));
  }

  boolean isOpen() {
    return last.isEmpty();
  }

  List<YearMonth> months(YearMonth now) {
    YearMonth end = last.orElse(now);
    return Stream.iterate(first, month -> !month.isAfter(end), month -> month.plusMonths(1))
        .toList();
  }
}
