package fr.opendamir.question;

import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Selects the months of a release that a question is about: the months that meet every condition,
 * optionally limited to the newest months of the release.
 *
 * @param conditions each one a list of ranges; a month must be in one of the ranges, or in none if
 *     excluded
 * @param last number of months to select from, counted back from the newest month of the release
 * @param arguments the arguments that the filter was built from, for error messages; ignored by
 *     {@code equals}
 */
public record MonthFilter(List<Condition> conditions, OptionalInt last, List<Argument> arguments) {
  /** Selects all months. */
  public static final MonthFilter ALL = new MonthFilter(List.of(), OptionalInt.empty());

  public MonthFilter(List<Condition> conditions, OptionalInt last) {
    this(conditions, last, List.of());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MonthFilter filter
        && conditions.equals(filter.conditions)
        && last.equals(filter.last);
  }

  @Override
  public int hashCode() {
    return Objects.hash(conditions, last);
  }

  @Override
  public String toString() {
    return "MonthFilter[conditions=" + conditions + ", last=" + last + "]";
  }

  /**
   * The text form of months, with consecutive months as ranges.
   *
   * @param months in ascending order
   */
  public static String spans(List<YearMonth> months) {
    List<Range> spans = new ArrayList<>();
    for (YearMonth month : months) {
      Range last = spans.isEmpty() ? null : spans.get(spans.size() - 1);
      boolean follows =
          last != null && last.last().map(l -> l.plusMonths(1).equals(month)).orElse(false);
      if (follows) {
        spans.set(spans.size() - 1, new Range(last.first(), Optional.of(month)));
      } else {
        spans.add(new Range(Optional.of(month), Optional.of(month)));
      }
    }
    return spans.stream().map(Range::text).collect(Collectors.joining(", "));
  }

  /** A range of months, both bounds included; an absent bound is open. */
  public record Range(Optional<YearMonth> first, Optional<YearMonth> last) {
    private static final Range ALWAYS = new Range(Optional.empty(), Optional.empty());

    boolean contains(YearMonth month) {
      return first.map(bound -> !month.isBefore(bound)).orElse(true)
          && last.map(bound -> !month.isAfter(bound)).orElse(true);
    }

    /** The text form, as in a parameter. */
    public String text() {
      return first.isPresent() && first.equals(last)
          ? first.get().toString()
          : text(first) + ".." + text(last);
    }

    private static String text(Optional<YearMonth> month) {
      return month.map(YearMonth::toString).orElse("");
    }

    private int months() {
      return Math.toIntExact(start().until(end(), ChronoUnit.MONTHS)) + 1;
    }

    private YearMonth start() {
      return first.orElse(Periods.FIRST);
    }

    private YearMonth end() {
      return last.orElse(Periods.LAST);
    }

    /** The intersection of two ranges; empty if they have no month in common. */
    private Optional<Range> intersection(Range other) {
      Optional<YearMonth> start =
          Stream.of(first, other.first).flatMap(Optional::stream).max(Comparator.naturalOrder());
      Optional<YearMonth> end =
          Stream.of(last, other.last).flatMap(Optional::stream).min(Comparator.naturalOrder());
      boolean isNone = start.isPresent() && end.isPresent() && start.get().isAfter(end.get());
      return isNone ? Optional.empty() : Optional.of(new Range(start, end));
    }

    /** The complement of the range, within {@link Periods#FIRST} and {@link Periods#LAST}. */
    private List<Range> complement() {
      return Stream.concat(
              first.stream()
                  .filter(Periods.FIRST::isBefore)
                  .map(f -> new Range(Optional.empty(), Optional.of(f.minusMonths(1)))),
              last.stream()
                  .filter(Periods.LAST::isAfter)
                  .map(l -> new Range(Optional.of(l.plusMonths(1)), Optional.empty())))
          .toList();
    }
  }

  /** The condition of one parameter: a list of ranges to select or to exclude. */
  public record Condition(List<Range> ranges, boolean excluded) {
    /** Up to this number, ranges stay in the order in which they were sent. */
    private static final int FEW = 20;

    public Condition {
      ranges = List.copyOf(ranges);
    }

    /** The text form, as in a parameter. */
    public String text() {
      return (excluded ? "!" : "")
          + ranges.stream().map(Range::text).collect(Collectors.joining(","));
    }

    boolean accepts(YearMonth month) {
      return ranges.stream().anyMatch(range -> range.contains(month)) != excluded;
    }

    /**
     * Combines conditions into a single one that selects the months that meet all of them. Needed
     * because a URL has one list of months.
     */
    static Condition allOf(List<Condition> conditions) {
      List<Range> kept = List.of(Range.ALWAYS);
      for (Condition condition : conditions) {
        if (condition.ranges.size() + kept.size() > FEW) {
          kept =
              sortedIntersection(
                  merged(kept), condition.excluded ? complement(condition) : merged(condition));
        } else if (condition.excluded) {
          for (Range range : condition.ranges) {
            kept = intersection(kept, range.complement());
          }
        } else {
          kept = intersection(kept, condition.ranges);
        }
      }
      return new Condition(kept, false);
    }

    /** Intersects two lists of ranges in any order. */
    private static List<Range> intersection(List<Range> some, List<Range> others) {
      return some.stream()
          .flatMap(one -> others.stream().flatMap(other -> one.intersection(other).stream()))
          .toList();
    }

    /** Intersects two lists of sorted ranges without overlaps, in linear time. */
    private static List<Range> sortedIntersection(List<Range> some, List<Range> others) {
      List<Range> common = new ArrayList<>();
      int i = 0;
      int j = 0;
      while (i < some.size() && j < others.size()) {
        some.get(i).intersection(others.get(j)).ifPresent(common::add);
        if (some.get(i).end().isBefore(others.get(j).end())) {
          i++;
        } else {
          j++;
        }
      }
      return common;
    }

    private static List<Range> merged(Condition condition) {
      return merged(condition.ranges);
    }

    /** Merges ranges into sorted ranges without overlaps. */
    private static List<Range> merged(List<Range> ranges) {
      List<Range> merged = new ArrayList<>();
      for (Range range : ranges.stream().sorted(Comparator.comparing(Range::start)).toList()) {
        Range last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
        if (last == null || range.start().isAfter(last.end())) {
          merged.add(range);
        } else if (range.end().isAfter(last.end())) {
          merged.set(merged.size() - 1, new Range(last.first(), range.last()));
        }
      }
      return merged;
    }

    /** The complement of all ranges of a condition, sorted. */
    private static List<Range> complement(Condition condition) {
      List<Range> gaps = List.of(Range.ALWAYS);
      for (Range range : merged(condition)) {
        List<Range> next = new ArrayList<>(gaps.subList(0, gaps.size() - 1));
        next.addAll(intersection(gaps.subList(gaps.size() - 1, gaps.size()), range.complement()));
        gaps = next;
      }
      return gaps;
    }
  }

  public MonthFilter {
    conditions = List.copyOf(conditions);
    arguments = List.copyOf(arguments);
  }

  /** The names of the parameters that the filter was built from. */
  public List<String> parameters() {
    return arguments.stream().map(Argument::parameter).toList();
  }

  /** Whether no month of any release can meet the filter. */
  boolean isContradiction() {
    return conditions.stream().anyMatch(one -> !one.excluded() && one.ranges().isEmpty());
  }

  /** Whether it selects one period with a start and an end. */
  boolean isOnePeriod() {
    return last.isPresent() || span().isPresent();
  }

  /**
   * The number of months from the start to the end of its only range; empty if it has another form.
   */
  public OptionalInt span() {
    if (last.isPresent() || conditions.size() != 1) {
      return OptionalInt.empty();
    }
    Condition only = conditions.get(0);
    boolean isOne =
        !only.excluded()
            && only.ranges().size() == 1
            && only.ranges().get(0).first().isPresent()
            && only.ranges().get(0).last().isPresent();
    return isOne ? OptionalInt.of(only.ranges().get(0).months()) : OptionalInt.empty();
  }

  /** The same filter without {@code last}. */
  public MonthFilter ofAnyAge() {
    return new MonthFilter(conditions, OptionalInt.empty(), arguments);
  }

  /**
   * The selected periods of which a release has no month, in text form.
   *
   * @param selected months that exist although they are not in the release
   */
  public List<String> without(List<YearMonth> releaseMonths, List<YearMonth> selected) {
    return conditions.stream()
        .filter(condition -> !condition.excluded())
        .flatMap(condition -> condition.ranges().stream())
        .filter(range -> releaseMonths.stream().noneMatch(range::contains))
        .filter(range -> selected.stream().noneMatch(range::contains))
        .map(Range::text)
        .toList();
  }

  /** Selects from the months of a release, oldest first. */
  public List<YearMonth> select(List<YearMonth> releaseMonths) {
    List<YearMonth> sorted = releaseMonths.stream().sorted().toList();
    int skipped = last.isPresent() ? Math.max(0, sorted.size() - last.getAsInt()) : 0;
    return sorted.stream()
        .skip(skipped)
        .filter(month -> conditions.stream().allMatch(condition -> condition.accepts(month)))
        .toList();
  }
}
