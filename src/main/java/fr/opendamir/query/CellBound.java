package fr.opendamir.query;

import fr.opendamir.catalog.Level;
import fr.opendamir.question.Question;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The highest possible number of cells of an answer. It decides whether all rows fit on a page, so
 * it may be too high, but never too low.
 */
final class CellBound {
  /** More cells than an answer can have; the product of two such numbers does not overflow. */
  private static final long MANY = 1_000_000_000L;

  private CellBound() {}

  /**
   * Bounds the number of cells by the rows that are scanned, by the rows that imports have by the
   * grouped levels, and by the product of the numbers of codes.
   *
   * @param codes the number of codes that cells may have at a level; without a level, there may be
   *     any number
   */
  static long of(Question question, QuestionPlan plan, Map<Level, Long> codes) {
    List<Level> levels =
        question.groupBy().stream()
            .filter(level -> question.filledPeriod().filter(period -> period == level).isEmpty())
            .toList();
    long product =
        levels.stream()
            .mapToLong(level -> codes(question, level, codes))
            .reduce(1, (all, some) -> Math.min(MANY, all * some));
    long groups =
        LongStream.of(plan.scannedRows(), QuestionPlanner.rowsBy(levels, plan), product, MANY)
            .min()
            .orElseThrow();
    return groups * plan.filled().map(FilledPeriods::rowsOfGroup).orElse(1);
  }

  /** The codes of a level that filters leave, and excluded ones. */
  private static long codes(Question question, Level level, Map<Level, Long> codes) {
    return question.filters().stream()
        .filter(filter -> filter.level() == level && !filter.excluded())
        .filter(filter -> filter.openRanges().isEmpty())
        .mapToLong(filter -> filter.codes().size())
        .reduce(Math.min(MANY, codes.getOrDefault(level, MANY)), Math::min);
  }
}
