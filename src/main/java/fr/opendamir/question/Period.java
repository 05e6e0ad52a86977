package fr.opendamir.question;

import fr.opendamir.catalog.Level;
import java.util.Optional;

/**
 * A month, quarter or year, or a range of them, as the client sent it.
 *
 * @param text the complete text, for messages
 * @param first blank if the range is open
 * @param last blank if the range is open
 */
public record Period(String text, String first, String last) {
  private static final String DOTS = "..";

  /** One month, quarter or year. */
  public static Period of(String one) {
    return new Period(one.strip(), one.strip(), one.strip());
  }

  /** A range; one of the two ends may be blank. */
  public static Period between(String first, String last) {
    return new Period(first + DOTS + last, first.strip(), last.strip());
  }

  /** Parses the text form: {@code a}, {@code a..b}, {@code a..} or {@code ..b}. */
  static Period parse(String text) {
    int dots = text.indexOf(DOTS);
    return dots < 0
        ? of(text)
        : new Period(
            text, text.substring(0, dots).strip(), text.substring(dots + DOTS.length()).strip());
  }

  /**
   * The months of the period at a level; the range may be reversed. Empty if the text is not a
   * period of that level.
   */
  Optional<MonthFilter.Range> in(Level level) {
    Optional<MonthFilter.Range> start = Periods.one(level, first);
    Optional<MonthFilter.Range> end = Periods.one(level, last);
    boolean isPeriod =
        (start.isPresent() || first.isEmpty())
            && (end.isPresent() || last.isEmpty())
            && (start.isPresent() || end.isPresent());
    return isPeriod
        ? Optional.of(
            new MonthFilter.Range(
                start.flatMap(MonthFilter.Range::first), end.flatMap(MonthFilter.Range::last)))
        : Optional.empty();
  }

  String reversed() {
    return last + DOTS + first;
  }
}
