package fr.opendamir.query;

import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which months of a release a question is about: those in every range list that is given, and no
 * more than the last so many.
 *
 * @param conditions each one a list of ranges, of which a month must be in one (or in none,
 *     excluded)
 * @param last at most this many months, counted back from the newest month of the release
 */
public record MonthFilter(List<Condition> conditions, OptionalInt last) {
  /** Everything. */
  public static final MonthFilter ALL = new MonthFilter(List.of(), OptionalInt.empty());

  /** From the first to the last month, both included; an absent bound is open. */
  public record Range(Optional<YearMonth> first, Optional<YearMonth> last) {
    boolean contains(YearMonth month) {
      return first.map(bound -> !month.isBefore(bound)).orElse(true)
          && last.map(bound -> !month.isAfter(bound)).orElse(true);
    }
  }

  /** One parameter: a list of ranges, or its exclusion. */
  public record Condition(List<Range> ranges, boolean excluded) {
    public Condition {
      ranges = List.copyOf(ranges);
    }

    boolean accepts(YearMonth month) {
      return ranges.stream().anyMatch(range -> range.contains(month)) != excluded;
    }
  }

  public MonthFilter {
    conditions = List.copyOf(conditions);
  }

  /** The months of the release that the question is about, oldest first. */
  public List<YearMonth> select(List<YearMonth> releaseMonths) {
    List<YearMonth> sorted = releaseMonths.stream().sorted().toList();
    int skipped = last.isPresent() ? Math.max(0, sorted.size() - last.getAsInt()) : 0;
    return sorted.stream()
        .skip(skipped)
        .filter(month -> conditions.stream().allMatch(condition -> condition.accepts(month)))
        .toList();
  }
}
