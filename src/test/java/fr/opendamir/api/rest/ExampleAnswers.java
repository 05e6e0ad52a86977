package fr.opendamir.api.rest;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.catalog.StandardPopulation;
import fr.opendamir.format.Formats;
import fr.opendamir.query.AggregateResult;
import fr.opendamir.query.BoundQuestion;
import fr.opendamir.query.QuestionPlan;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseImport;
import fr.opendamir.query.ReleaseMonth;
import fr.opendamir.query.ResultRow;
import fr.opendamir.question.Comparison;
import fr.opendamir.question.Fill;
import fr.opendamir.question.LabelStyle;
import fr.opendamir.question.MonthFilter;
import fr.opendamir.question.Presentation;
import fr.opendamir.question.Question;
import fr.opendamir.question.Text;
import fr.opendamir.question.Totals;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers put together by hand, of a release of January and February 2024. */
final class ExampleAnswers {
  static final Catalog CATALOG = Catalog.load();

  private static final List<YearMonth> MONTHS =
      List.of(YearMonth.of(2024, 1), YearMonth.of(2024, 2));

  private static final Map<SourceMeasure, BigDecimal> NOT_DISCLOSED =
      new EnumMap<>(
          Map.of(
              SourceMeasure.CHARGED, new BigDecimal("0.0002"),
              SourceMeasure.EXCESS_FEES, new BigDecimal("0.0121")));

  private ExampleAnswers() {}

  /**
   * Two regions by two months by two measures: no row for region 84 in January, and region 11 in
   * February is suppressed.
   */
  static AggregateResult twoByTwo(LabelStyle labels) {
    return answer(
        query(
            List.of(Level.REGION, Level.MONTH_OF_PROCESSING),
            List.of(Measure.CHARGED, Measure.QUANTITY),
            labels,
            Language.EN),
        row(List.of("11", "2024-01"), "1234567.80", "42"),
        suppressed(List.of("11", "2024-02"), 2),
        row(List.of("84", "2024-02"), "-0.05", "0"));
  }

  /** An answer in a format, as a client gets it. */
  static byte[] bytes(AggregateResult answer, String format) {
    return new AnswerTables(CATALOG).write(answer, Formats.find(format, Formats.ALL).orElseThrow());
  }

  static Question query(
      List<Level> levels, List<Measure> measures, LabelStyle labels, Language language) {
    return new Question(
        levels,
        measures,
        List.of(),
        MonthFilter.ALL,
        List.of(),
        List.of(),
        Totals.NONE,
        Comparison.NONE,
        Fill.NONE,
        StandardPopulation.FR2023,
        Optional.empty(),
        new Presentation(labels, language, 100, 0));
  }

  static AggregateResult answer(Question query, ResultRow... rows) {
    return answer(query, Optional.empty(), List.of(rows));
  }

  static AggregateResult answer(Question query, Optional<Release> base, List<ResultRow> rows) {
    return new AggregateResult(
        new BoundQuestion(
            query, base, release("2024-04-02.1"), MONTHS, new QuestionPlan(List.of()), List.of()),
        rows,
        rows.size() + 1L,
        11,
        Map.of(Level.REGION, NOT_DISCLOSED),
        List.of(Text.of(new Label("À savoir.", "Good to know."))));
  }

  static ResultRow row(List<String> codes, String... values) {
    return new ResultRow(
        codes,
        Arrays.stream(values).map(v -> v == null ? null : new BigDecimal(v)).toList(),
        false);
  }

  static ResultRow suppressed(List<String> codes, int measures) {
    return new ResultRow(codes, Collections.nCopies(measures, null), true);
  }

  static Release release(String id) {
    return new Release(
        id,
        Instant.parse("2024-04-02T08:00:00Z"),
        MONTHS.stream().map(ExampleAnswers::month).toList());
  }

  private static ReleaseMonth month(YearMonth month) {
    return new ReleaseMonth(
        List.of(new ReleaseImport(1, YearMonth.of(2024, 1), 1, Map.of())),
        month,
        "A" + month.toString().replace("-", "") + ".csv.gz",
        1,
        "00",
        "blocks-12",
        false,
        false,
        1,
        1,
        11,
        Map.of(SourceMeasure.CHARGED, 100L),
        Map.of());
  }
}
