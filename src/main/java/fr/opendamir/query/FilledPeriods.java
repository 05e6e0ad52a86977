package fr.opendamir.query;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.CarePeriods;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import fr.opendamir.question.Argument.Part;
import fr.opendamir.question.CodeFilter;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The periods for which every group of an answer has a row.
 *
 * @param codes the codes of all periods of the answer, oldest first
 * @param rowsOfGroup the highest possible number of cells of a group: one for each period, and for
 *     periods of care one for each code that is no period
 * @param mostCells the highest expected number of cells, which is part of the priced work
 */
public record FilledPeriods(List<String> codes, int rowsOfGroup, long mostCells) {
  /** More groups than there are rows to find them in; its multiples do not overflow. */
  private static final long MANY = 1_000_000_000_000L;

  /**
   * Expected number of undocumented codes of a level. It is a guess, because prices must not depend
   * on a lookup: {@link CodeLists#count} scans the release, and finds nothing while the engine is
   * unavailable. Whole answers are bounded by {@link CellBound}, which has the exact numbers.
   */
  private static final int UNDOCUMENTED = 20;

  /** Codes of a level of periods of care that are no periods: older, unknown and reserved ones. */
  private static final int NO_PERIODS_OF_CARE = 4;

  public FilledPeriods {
    codes = List.copyOf(codes);
  }

  /**
   * Finds the periods; empty if the question fills nothing.
   *
   * @param months the months of the answer
   * @param scannedRows the number of rows that groups are found in
   * @throws QuestionException if there may be more cells than an answer can have, with what would
   *     work
   */
  static Optional<FilledPeriods> of(
      Question question, List<YearMonth> months, long scannedRows, Catalog catalog) {
    return question
        .filledPeriod()
        .map(period -> of(question, period, months, scannedRows, catalog));
  }

  private static FilledPeriods of(
      Question question, Level period, List<YearMonth> months, long scannedRows, Catalog catalog) {
    List<String> codes =
        period.isCarePeriod()
            ? ofCare(question, period, months)
            : months.stream().map(month -> CarePeriods.period(period, month)).distinct().toList();
    List<Level> levels = question.groupBy().stream().filter(level -> level != period).toList();
    long groups = Math.min(scannedRows, groups(question, levels, catalog));
    int others = period.isCarePeriod() ? NO_PERIODS_OF_CARE : 0;
    int rowsOfGroup = codes.size() + others;
    long cells = groups * rowsOfGroup;
    if (cells > Question.ALL_ROWS) {
      throw tooMany(cells, Question.ALL_ROWS / groups - others, levels);
    }
    return new FilledPeriods(codes, rowsOfGroup, cells);
  }

  /** The periods of care that the months may hold and that the filters leave. */
  private static List<String> ofCare(Question question, Level period, List<YearMonth> months) {
    List<CodeFilter> filters =
        question.filters().stream()
            .filter(filter -> filter.level().dimension() == Dimension.CARE_LAG)
            .toList();
    return months.stream()
        .flatMap(
            month ->
                Stream.concat(CarePeriods.EXACT_LAGS.stream(), Stream.of(CarePeriods.HALF_YEAR_LAG))
                    .filter(lag -> filters.stream().allMatch(filter -> has(filter, month, lag)))
                    .map(lag -> CarePeriods.code(period, month, lag)))
        .filter(code -> CarePeriods.isPeriod(period, code))
        .distinct()
        .sorted()
        .toList();
  }

  private static boolean has(CodeFilter filter, YearMonth month, String lag) {
    Level level = filter.level();
    String code = level.isCarePeriod() ? CarePeriods.code(level, month, lag) : lag;
    return filter.accepts(code);
  }

  /** The expected number of groups. Within a dimension, codes of one level determine the others. */
  private static long groups(Question question, List<Level> levels, Catalog catalog) {
    Map<Dimension, Long> codes = new TreeMap<>();
    levels.forEach(
        level -> codes.merge(level.dimension(), codes(question, level, catalog), Math::max));
    return product(codes.values());
  }

  private static long product(Collection<Long> factors) {
    return factors.stream().reduce(1L, (all, some) -> Math.min(all * some, MANY));
  }

  private static long codes(Question question, Level level, Catalog catalog) {
    return question.filters().stream()
        .filter(filter -> filter.level() == level && !filter.excluded())
        .map(filter -> (long) filter.codes().size())
        .findFirst()
        .orElseGet(
            () ->
                (long) catalog.codes(level).size()
                    + catalog.reservedCodes(level).size()
                    + UNDOCUMENTED);
  }

  private static QuestionException tooMany(long cells, long periods, List<Level> levels) {
    return new QuestionException(
        QuestionException.Reason.TOO_LARGE,
        List.of(
            QuestionError.of(
                Part.FILL,
                periods > 0
                    ? BindingMessage.TOO_MANY_PERIODS_FILLED
                    : BindingMessage.TOO_MANY_GROUPS_FILLED,
                cells,
                Question.ALL_ROWS,
                periods > 0 ? periods : levels.stream().map(Level::id).collect(joining(", ")))));
  }

  /** Renders the codes as a column of rows. */
  String rows() {
    return codes.isEmpty()
        ? "SELECT CAST(NULL AS varchar) WHERE false"
        : codes.stream().map(code -> "('" + code + "')").collect(joining(", ", "VALUES ", ""));
  }
}
