package fr.opendamir.question;

import fr.opendamir.catalog.Level;
import java.util.Optional;

/**
 * A month, quarter or year, or a range of them, as a client wrote it.
 *
 * @param text the whole, for messages
 * @param first blank where the range is open
 * @param last blank where the range is open
 */
public record Period(String text, String first, String last) {
  private static final String DOTS = "..";

  /** One month, quarter or year. */
  public static Period of(String one) {
    return new Period(one.strip(), one.strip(), one.strip());
  }

  /** A range, of which one end may be blank. */
  public static Period between(String first, String last) {
    return new Period(first + DOTS + last, first.strip(), last.strip());
  }

  /** The text form: {@code a}, {@code a..b}, {@code a..} or {@code ..b}. */
  static Period parse(String text) {
    int dots = text.indexOf(DOTS);
    return dots < 0
        ? of(text)
        : new Period(
            text, text.substring(0, dots).strip(), text.substring(dots + DOTS.length()).strip());
  }

  /** The months of a period at a level, which may be in reverse; empty where it is no period. */
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
