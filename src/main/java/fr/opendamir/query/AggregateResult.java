package fr.opendamir.query;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.question.Cursor;
import fr.opendamir.question.Question;
import fr.opendamir.question.Text;
import fr.opendamir.question.Totals;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answer to a question.
 *
 * @param planned the question, its release and its query plan
 * @param rows the cells of the page and, between them, the totals
 * @param total number of cells on all pages together
 * @param threshold the minimum number of contributors of a block
 * @param coverage for each rate, see {@link Cells}
 * @param care how complete its periods of care are; absent if it is not grouped by any
 * @param notDisclosed for each level grouped by or filtered on, and each source measure of the
 *     requested measures: the share (0..1) of its sum over the months whose code is not disclosed;
 *     null if unknown. Empty for a difference
 */
public record AggregateResult(
    BoundQuestion planned,
    List<ResultRow> rows,
    long total,
    int threshold,
    Map<Level, Map<SourceMeasure, BigDecimal>> notDisclosed,
    Map<Measure, BigDecimal> coverage,
    Optional<CareCompleteness> care,
    List<Text> warnings) {
  public AggregateResult {
    rows = List.copyOf(rows);
    notDisclosed = new LinkedHashMap<>(notDisclosed);
    coverage = new LinkedHashMap<>(coverage);
    warnings = List.copyOf(warnings);
  }

  /** Creates an answer without rates or periods of care. */
  public AggregateResult(
      BoundQuestion planned,
      List<ResultRow> rows,
      long total,
      int threshold,
      Map<Level, Map<SourceMeasure, BigDecimal>> notDisclosed,
      List<Text> warnings) {
    this(planned, rows, total, threshold, notDisclosed, Map.of(), Optional.empty(), warnings);
  }

  public Question query() {
    return planned.query();
  }

  /** The subtracted release; present if the answer is a difference. */
  public Optional<Release> base() {
    return planned.base();
  }

  public Release release() {
    return planned.release();
  }

  /** The months of the release that the question is about. */
  public List<YearMonth> months() {
    return planned.months();
  }

  /** The months that the answer is compared with; absent without a comparison. */
  public Optional<ComparedMonths> comparedMonths() {
    return planned.comparedMonths();
  }

  /** The years of rates whose population is provisional. */
  public List<Integer> provisionalYears() {
    return planned.provisionalYears();
  }

  /** The price of this answer, in units. */
  public long units() {
    return planned.units(rows.size());
  }

  /** The highest possible price in units, known before the answer is computed. */
  public long maxUnits() {
    return planned.maxUnits();
  }

  /** Whether more cells follow on later pages. */
  public boolean hasMore() {
    return total > lastCell();
  }

  /** The cursor of the next page; absent on the last page. */
  public Optional<String> nextCursor() {
    return hasMore() ? Optional.of(cursor(lastCell())) : Optional.empty();
  }

  /** Totals are not counted, because pages are divided by cells. */
  private long lastCell() {
    return query().offset()
        + (query().totals() == Totals.NONE
            ? rows.size()
            : rows.stream().filter(row -> !row.isTotal()).count());
  }

  /** The cursor of this page; absent on the first page. */
  public Optional<String> ownCursor() {
    return query().offset() > 0 ? Optional.of(cursor(query().offset())) : Optional.empty();
  }

  private String cursor(long offset) {
    return Cursor.after(query(), release().id(), offset).encode();
  }
}
