package fr.opendamir.catalog;

import java.time.YearMonth;
import java.util.Comparator;
import java.util.Optional;

/**
 * The months of processing in which files use a code. A dimension whose codes were replaced has two
 * vintages: one list of codes until a month, another one from the next month on.
 *
 * @param from the first month; absent if the code has no known beginning
 * @param to the last month; absent if the code is in use
 */
public record Validity(Optional<YearMonth> from, Optional<YearMonth> to) {
  /** That of most codes, and of reserved and undocumented ones. */
  public static final Validity ALWAYS = new Validity(Optional.empty(), Optional.empty());

  /** Oldest first. */
  static final Comparator<Validity> ORDER =
      Comparator.comparing(validity -> validity.from().orElse(YearMonth.of(0, 1)));

  /** Reads the columns {@code valid_from} and {@code valid_to}, which may be absent or empty. */
  static Validity of(String from, String to) {
    return new Validity(month(from), month(to));
  }

  private static Optional<YearMonth> month(String text) {
    return text == null || text.isEmpty() ? Optional.empty() : Optional.of(YearMonth.parse(text));
  }

  /** Whether files of that month use the code. */
  public boolean includes(YearMonth month) {
    return from.filter(month::isBefore).isEmpty() && to.filter(month::isAfter).isEmpty();
  }
}
