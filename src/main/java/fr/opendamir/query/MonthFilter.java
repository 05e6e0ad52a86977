package fr.opendamir.query;

import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

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

    /** The months that both have; empty where there are none. */
    private Optional<Range> and(Range other) {
      Optional<YearMonth> start =
          Stream.of(first, other.first).flatMap(Optional::stream).max(Comparator.naturalOrder());
      Optional<YearMonth> end =
          Stream.of(last, other.last).flatMap(Optional::stream).min(Comparator.naturalOrder());
      boolean isNone = start.isPresent() && end.isPresent() && start.get().isAfter(end.get());
      return isNone ? Optional.empty() : Optional.of(new Range(start, end));
    }

    /** The months before and those after. */
    private List<Range> others() {
      return Stream.concat(
              first.stream().map(f -> new Range(Optional.empty(), Optional.of(f.minusMonths(1)))),
              last.stream().map(l -> new Range(Optional.of(l.plusMonths(1)), Optional.empty())))
          .toList();
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

    /** One condition for the months that meet them all: an address has one list of months. */
    static Condition allOf(List<Condition> conditions) {
      List<Range> kept = List.of(new Range(Optional.empty(), Optional.empty()));
      for (Condition condition : conditions) {
        if (condition.excluded) {
          for (Range range : condition.ranges) {
            kept = both(kept, range.others());
          }
        } else {
          kept = both(kept, condition.ranges);
        }
      }
      return new Condition(kept, false);
    }

    private static List<Range> both(List<Range> some, List<Range> others) {
      return some.stream()
          .flatMap(one -> others.stream().flatMap(other -> one.and(other).stream()))
          .toList();
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
