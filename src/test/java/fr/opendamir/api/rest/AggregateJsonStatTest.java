package fr.opendamir.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.query.AggregateResult;
import fr.opendamir.query.ResultRow;
import fr.opendamir.question.LabelStyle;
import fr.opendamir.question.QuestionException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AggregateJsonStatTest {

  /**
   * Cells are numbered (region × 2 + month) × 2 + measure: 0 and 1 are region 11 in January, 2 and
   * 3 region 11 in February, 4 and 5 region 84 in January (no row), 6 and 7 region 84 in February.
   */
  @Test
  void aCubeOfTwoRegionsByTwoMonthsByTwoMeasures() {
    assertThat(jsonStat(ExampleAnswers.twoByTwo(LabelStyle.BOTH)))
        .isEqualTo(
            """
            {"version":"2.0","class":"dataset",\
            "href":"/v1/aggregates?group_by=region,month&measures=charged,quantity\
            &labels=both&lang=en&limit=100&format=json-stat",\
            "label":"Amount charged, Quantity of acts – %s, %s",\
            "source":"Caisse nationale de l'Assurance Maladie (French national health insurance)\
             – Open DAMIR",\
            "updated":"2024-04-02T08:00:00Z",\
            "note":["A cell without value or status has no row on this page: nothing is published under these\
             codes, or the page or having leaves it out. fill gives every period a row."],\
            "id":["region","month","measure"],"size":[2,2,2],\
            "role":{"time":["month"],"geo":["region"],"metric":["measure"]},\
            "dimension":{\
            "region":{"label":"%s","category":{"index":["11","84"],\
            "label":{"11":"Île-de-France","84":"Auvergne-Rhône-Alpes"}}},\
            "month":{"label":"%s","category":{"index":["2024-01","2024-02"],\
            "label":{"2024-01":"January 2024","2024-02":"February 2024"}}},\
            "measure":{"label":"Measure","category":{"index":["charged","quantity"],\
            "label":{"charged":"Amount charged","quantity":"Quantity of acts"},\
            "unit":{"charged":{"label":"EUR","decimals":2},\
            "quantity":{"label":"acts","decimals":0}}}}},\
            "value":{"0":1234567.80,"1":42,"2":null,"3":null,"6":-0.05,"7":0},\
            "status":{"2":"C","3":"C"},\
            "extension":{"page":{"limit":100,"next_cursor":"MjAyNC0wNC0wMi4xLzMvN2I1NTRkN2Y","has_more":true,"total":4},\
            "release":{"id":"2024-04-02.1","published_at":"2024-04-02T08:00:00Z",\
            "synthetic":false,"months":["2024-01","2024-02"]},\
            "disclosure":{"policy":"blocks-12","threshold":11,\
            "not_disclosed":{"region":{"charged":0.0002,"excess_fees":0.0121}},"documentation":"/v1/disclosure"},\
            "warnings":["Good to know."],\
            "attribution":{"source":"Caisse nationale de l'Assurance Maladie (French national\
             health insurance) – Open DAMIR","licence":"Licence Ouverte / Open Licence",\
            "last_update":"2024-04-02T08:00:00Z"}}}\
            """
                .formatted(
                    label(Level.REGION),
                    label(Level.MONTH_OF_PROCESSING),
                    label(Level.REGION),
                    label(Level.MONTH_OF_PROCESSING)));
  }

  @Test
  void withoutLabelsTheCategoriesAreCodesOnly() {
    assertThat(jsonStat(ExampleAnswers.twoByTwo(LabelStyle.ID)))
        .contains("\"category\":{\"index\":[\"11\",\"84\"]}")
        .contains("\"label\":{\"charged\":\"Amount charged\"");
  }

  @Test
  void codesKeepTheOrderOfTheRowsButPeriodsThatOfTime() {
    AggregateResult answer =
        ExampleAnswers.answer(
            ExampleAnswers.query(
                List.of(Level.SEX, Level.MONTH_OF_PROCESSING),
                List.of(Measure.CHARGED),
                LabelStyle.ID,
                Language.FR),
            ExampleAnswers.row(List.of("2", "2024-02"), "3.00"),
            ExampleAnswers.row(List.of("1", "2024-01"), "2.00"));

    assertThat(jsonStat(answer))
        .contains("\"index\":[\"2\",\"1\"]")
        .contains("\"index\":[\"2024-01\",\"2024-02\"]")
        .contains("\"value\":{\"1\":3.00,\"2\":2.00}")
        .contains("\"role\":{\"time\":[\"month\"],\"metric\":[\"measure\"]}")
        .doesNotContain("\"status\"");
  }

  @Test
  void aFigureThatDoesNotExistIsNullWithoutStatus() {
    AggregateResult answer =
        ExampleAnswers.answer(
            ExampleAnswers.query(
                List.of(), List.of(Measure.EXCESS_RATE), LabelStyle.BOTH, Language.FR),
            ExampleAnswers.row(List.of(), (String) null));

    assertThat(jsonStat(answer))
        .contains("\"id\":[\"measure\"],\"size\":[1],\"role\":{\"metric\":[\"measure\"]}")
        .contains("\"unit\":{\"excess_rate\":{\"label\":\"ratio\",\"decimals\":6}}")
        .contains("\"value\":{\"0\":null},\"extension\"");
  }

  @Test
  void withoutRowsTheCubeIsEmpty() {
    AggregateResult answer =
        ExampleAnswers.answer(
            ExampleAnswers.query(
                List.of(Level.REGION), List.of(Measure.CHARGED), LabelStyle.BOTH, Language.FR));

    assertThat(jsonStat(answer))
        .contains("\"size\":[0,1]")
        .contains("\"category\":{\"index\":[],\"label\":{}}")
        .contains("\"value\":{},\"extension\"");
  }

  @Test
  void aDifferenceSaysSo() {
    AggregateResult answer =
        ExampleAnswers.answer(
            ExampleAnswers.query(List.of(), List.of(Measure.CHARGED), LabelStyle.BOTH, Language.EN),
            Optional.of(ExampleAnswers.release("2024-03-05.1")),
            List.of(ExampleAnswers.row(List.of(), "10.00")));

    assertThat(jsonStat(answer))
        .contains("\"label\":\"Change from 2024-03-05.1 to 2024-04-02.1: Amount charged\"")
        .contains("\"href\":\"/v1/releases/2024-03-05.1/diff/2024-04-02.1?measures=charged&")
        .contains("\"difference\":{\"from\":");
  }

  /** 1,000 services by 1,000 specialties: exactly as many cells as may be, and one row more. */
  @Test
  void aCubeThatNoReaderCouldHoldIsRefused() {
    assertThat(jsonStat(diagonal(1000))).contains("\"size\":[1000,1000,1]");

    QuestionException refusal =
        catchThrowableOfType(QuestionException.class, () -> jsonStat(diagonal(1001)));

    assertThat(refusal.reason()).isEqualTo(QuestionException.Reason.IMPOSSIBLE);
    assertThat(refusal.errors()).hasSize(1);
    assertThat(refusal.errors().get(0).parameter()).isEqualTo("format");
    assertThat(refusal.errors().get(0).didYouMean())
        .containsExactly("csv", "ndjson", "xlsx", "parquet", "sdmx-csv");
    assertThat(refusal.errors().get(0).detail().en())
        .contains("more than 1000000 cells", "leave service out");
  }

  /** Six levels of 10,000 codes would be more cells than a 64-bit number can count. */
  @Test
  void theSizeOfARefusedCubeCannotOverflow() {
    List<Level> levels =
        List.of(
            Level.SERVICE_CODE,
            Level.PROVIDER_SPECIALTY,
            Level.PROVIDER_ACTIVITY,
            Level.INSURANCE,
            Level.EXEMPTION_REASON,
            Level.SUPPLEMENT);

    assertThat(
            catchThrowableOfType(QuestionException.class, () -> jsonStat(diagonal(levels, 10_000))))
        .isNotNull();
  }

  private static AggregateResult diagonal(int rows) {
    return diagonal(List.of(Level.SERVICE_CODE, Level.PROVIDER_SPECIALTY), rows);
  }

  /** A row for each number, which is its code at every level. */
  private static AggregateResult diagonal(List<Level> levels, int rows) {
    List<ResultRow> found =
        IntStream.range(0, rows)
            .mapToObj(String::valueOf)
            .map(code -> levels.stream().map(level -> code).toList())
            .map(codes -> ExampleAnswers.row(codes, "1.00"))
            .toList();
    return ExampleAnswers.answer(
        ExampleAnswers.query(levels, List.of(Measure.CHARGED), LabelStyle.ID, Language.FR),
        Optional.empty(),
        found);
  }

  private static String label(Level level) {
    return ExampleAnswers.CATALOG.describe(level).label().en();
  }

  private static String jsonStat(AggregateResult answer) {
    return new String(ExampleAnswers.bytes(answer, "json-stat"), StandardCharsets.UTF_8);
  }
}
