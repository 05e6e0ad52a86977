package fr.opendamir.question;

import fr.opendamir.catalog.Level;
import java.text.Normalizer;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Suggests a valid form for a period in another notation: a day, the name of a month, {@code
 * 01/2024}, {@code T1 2024}. The results are suggestions only, because some notations are ambiguous
 * and only the client knows which reading is meant.
 */
final class PeriodHabits {
  private static final int LONGEST = 60;
  private static final int MOST_TOKENS = 4;
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  /** Runs of digits and runs of letters; all other characters are separators. */
  private static final Pattern TOKEN = Pattern.compile("\\d+|[a-z]+");

  private static final Pattern BETWEEN =
      Pattern.compile("\\.{2,}|…|\\s+(?:to|until|through|a|au|jusqu'a|jusqu'en|et|and)\\s+|[–—~]");

  private static final List<List<String>> MONTH_NAMES =
      List.of(
          List.of("janvier", "january"),
          List.of("fevrier", "february"),
          List.of("mars", "march"),
          List.of("avril", "april"),
          List.of("mai", "may"),
          List.of("juin", "june"),
          List.of("juillet", "july"),
          List.of("aout", "august"),
          List.of("septembre", "september"),
          List.of("octobre", "october"),
          List.of("novembre", "november"),
          List.of("decembre", "december"));

  private static final Map<String, Integer> ORDINALS =
      Map.of("premier", 1, "deuxieme", 2, "troisieme", 3, "quatrieme", 4);

  /** Words without meaning for a period. */
  private static final List<String> FILLERS =
      List.of("er", "e", "eme", "ere", "st", "nd", "rd", "th", "de", "of", "en", "in", "le", "the");

  private PeriodHabits() {}

  /** A span of months, with its period level: month, quarter or year. */
  private record Span(YearMonth first, YearMonth last, Level level) {
    static Span month(int year, int month) {
      YearMonth one = YearMonth.of(year, month);
      return new Span(one, one, Level.MONTH_OF_PROCESSING);
    }

    static Span quarter(int year, int quarter) {
      return new Span(
          YearMonth.of(year, quarter * 3 - 2), YearMonth.of(year, quarter * 3), Level.QUARTER);
    }

    static Span year(int year) {
      return new Span(YearMonth.of(year, 1), YearMonth.of(year, 12), Level.YEAR);
    }
  }

  /**
   * Suggests a valid value for one that is not a period of the level, or not a valid {@code from}
   * or {@code to}.
   *
   * @param isBound whether a single period is needed, not a range
   */
  static List<String> suggest(Level level, String value, boolean isBound) {
    if (value.length() > LONGEST) {
      return List.of();
    }
    String text =
        MARKS
            .matcher(Normalizer.normalize(value, Normalizer.Form.NFKD))
            .replaceAll("")
            .toLowerCase(Locale.ROOT)
            .strip();
    if (isBound) {
      return span(text).map(span -> List.of(bound(span))).orElse(List.of());
    }
    Optional<Span> whole = span(text);
    return whole.isPresent()
        ? List.of(written(level, whole.get().first(), whole.get().last()))
        : range(level, text).map(List::of).orElse(List.of());
  }

  private static Optional<String> range(Level level, String text) {
    for (String[] ends : splits(text)) {
      Optional<Span> first = span(ends[0]);
      Optional<Span> last = span(ends[1]);
      boolean isOpen = ends[0].isBlank() != ends[1].isBlank();
      if (first.isPresent() && last.isPresent()) {
        boolean isForward = !first.get().first().isAfter(last.get().last());
        return Optional.of(
            isForward
                ? written(level, first.get().first(), last.get().last())
                : written(level, last.get().first(), first.get().last()));
      }
      if (isOpen && first.isPresent()) {
        return Optional.of(code(level, first.get().first()) + "..");
      }
      if (isOpen && last.isPresent()) {
        return Optional.of(".." + code(level, last.get().last()));
      }
    }
    return Optional.empty();
  }

  /**
   * Finds the possible splits of a range: at an unambiguous separator first, then at the middle one
   * of other separators.
   */
  private static List<String[]> splits(String text) {
    List<String[]> splits = new ArrayList<>();
    String[] sure = BETWEEN.split(text, -1);
    if (sure.length == 2) {
      splits.add(sure);
    }
    for (String separator : List.of(" - ", ":", "/", "_", " ", "-")) {
      String[] parts = text.split(Pattern.quote(separator), -1);
      if (parts.length % 2 == 0) {
        int half = parts.length / 2;
        splits.add(
            new String[] {
              String.join(separator, List.of(parts).subList(0, half)),
              String.join(separator, List.of(parts).subList(half, parts.length))
            });
      }
    }
    return splits;
  }

  /**
   * Formats a span for a level in its shortest form; a span that is not a whole period is extended
   * to the periods that contain its ends.
   */
  private static String written(Level level, YearMonth first, YearMonth last) {
    String from = code(level, first);
    String to = code(level, last);
    return from.equals(to) ? from : from + ".." + to;
  }

  private static String bound(Span span) {
    return code(span.level(), span.first());
  }

  private static String code(Level level, YearMonth month) {
    return switch (level) {
      case YEAR -> "%04d".formatted(month.getYear());
      case QUARTER -> "%04d-Q%d".formatted(month.getYear(), (month.getMonthValue() + 2) / 3);
      default -> month.toString();
    };
  }

  /** Parses a day, a month, a quarter or a year in many notations. */
  private static Optional<Span> span(String text) {
    List<String> numbers = new ArrayList<>();
    OptionalInt named = OptionalInt.empty();
    boolean isQuarter = false;
    Matcher tokens = TOKEN.matcher(text);
    int rest = 0;
    while (tokens.find()) {
      String token = tokens.group();
      if (!text.substring(rest, tokens.start()).matches("[\\s./_,'-]*")
          || text.substring(rest, tokens.start()).contains("..")) {
        return Optional.empty();
      }
      rest = tokens.end();
      if (Character.isDigit(token.charAt(0))) {
        numbers.add(token);
      } else if (token.equals("t") && numbers.size() == 3) {
        rest = text.length(); // a time of day follows
        break;
      } else if (token.matches("q|t|tri|trim|trimestre|quarter|qtr")) {
        isQuarter = true;
      } else if (ORDINALS.containsKey(token)) {
        numbers.add(String.valueOf(ORDINALS.get(token)));
      } else if (monthOf(token).isPresent()) {
        named = monthOf(token);
      } else if (!FILLERS.contains(token) && !token.equals("m")) {
        return Optional.empty();
      }
    }
    if (numbers.isEmpty() || numbers.size() > MOST_TOKENS || rest < text.length()) {
      return Optional.empty();
    }
    return isQuarter ? quarter(numbers) : dated(numbers, named);
  }

  private static Optional<Span> quarter(List<String> numbers) {
    Optional<Integer> year = year(numbers);
    List<String> others = numbers.stream().filter(one -> one.length() != 4).toList();
    return year.isPresent() && numbers.size() == 2 && others.size() == 1
        ? number(others.get(0)).map(one -> Span.quarter(year.get(), within(one, 1, 4)))
        : Optional.empty();
  }

  private static Optional<Span> dated(List<String> numbers, OptionalInt named) {
    if (named.isPresent()) {
      return year(numbers).map(year -> Span.month(year, named.getAsInt()));
    }
    if (numbers.size() == 1) {
      return compact(numbers.get(0));
    }
    Optional<Integer> year = year(numbers);
    if (year.isEmpty() || numbers.size() > 3) {
      return Optional.empty();
    }
    // The month is next to the year: 2024-01, 01/2024, 2024-01-31, 31/01/2024.
    int position = numbers.get(0).length() == 4 ? 1 : numbers.size() - 2;
    return number(numbers.get(position)).map(month -> Span.month(year.get(), within(month, 1, 12)));
  }

  /** Parses digits without separators: 2024, 20241, 202413, 20240131. */
  private static Optional<Span> compact(String digits) {
    Optional<Integer> year =
        digits.length() >= 4 ? year(List.of(digits.substring(0, 4))) : Optional.empty();
    return switch (digits.length()) {
      case 2 -> number("20" + digits).map(Span::year);
      case 4 -> year.map(Span::year);
      case 5, 6, 8 ->
          year.flatMap(
              of ->
                  number(digits.substring(4, Math.min(6, digits.length())))
                      .map(month -> Span.month(of, within(month, 1, 12))));
      default -> Optional.empty();
    };
  }

  /** The only number that is a year from 1900 to 2099; empty if there are several or none. */
  private static Optional<Integer> year(List<String> numbers) {
    List<String> years = numbers.stream().filter(one -> one.matches("(19|20)\\d\\d")).toList();
    return years.size() == 1 ? number(years.get(0)) : Optional.empty();
  }

  private static Optional<Integer> number(String digits) {
    return digits.length() <= 4 ? Optional.of(Integer.parseInt(digits)) : Optional.empty();
  }

  private static int within(int number, int least, int most) {
    return Math.max(least, Math.min(most, number));
  }

  /** The month with the given name or unambiguous abbreviation, in French or English. */
  private static OptionalInt monthOf(String word) {
    OptionalInt found = OptionalInt.empty();
    for (int month = 1; month <= MONTH_NAMES.size() && word.length() >= 3; month++) {
      if (MONTH_NAMES.get(month - 1).stream().anyMatch(name -> name.startsWith(word))) {
        if (found.isPresent()) {
          return OptionalInt.empty();
        }
        found = OptionalInt.of(month);
      }
    }
    return found;
  }
}
