package fr.opendamir.format;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.RowStatus;
import fr.opendamir.table.AnswerTable;
import fr.opendamir.table.Axis;
import fr.opendamir.table.ColumnType;
import fr.opendamir.table.Figure;
import fr.opendamir.table.Row;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The months of all tables here are January and February 2024. */
class SdmxCsvFormatTest {
  private static final Figure CHARGED =
      new Figure("charged", "Amount charged", ColumnType.MONEY, "EUR", 2);
  private static final Figure AVERAGE =
      new Figure("average_charge", "Average charge", ColumnType.MONEY, "EUR/act", 2);

  @Test
  void everyFigureIsALine() {
    AnswerTable table =
        table("id", List.of(CHARGED, AVERAGE), axis("service"), time("month"), axis("sex"));

    assertThat(lines(table, row(List.of("G:pharmacy", "2024-01", "2"), "12.50", "1.25")))
        .containsExactly(
            "STRUCTURE,STRUCTURE_ID,ACTION,SERVICE,SEX,MEASURE,TIME_PERIOD,OBS_VALUE,OBS_STATUS,"
                + "CONF_STATUS,UNIT_MEASURE",
            "dataflow,OPEN_DAMIR:SPENDING(1.0),I,G-pharmacy,2,charged,2024-01,12.50,A,F,EUR",
            "dataflow,OPEN_DAMIR:SPENDING(1.0),I,G-pharmacy,2,average_charge,2024-01,1.25,A,F,"
                + "EUR_PER_ACT");
  }

  @Test
  void labelsAreInTheCellOrBesideIt() {
    Row row = row(List.of("11"), "12.50");

    assertThat(lines(table("both", List.of(CHARGED), axis("region")), row))
        .containsExactly(
            "STRUCTURE,STRUCTURE_ID,ACTION,REGION: region,MEASURE: Measure,"
                + "TIME_PERIOD: Period of processing,OBS_VALUE: Observation value,"
                + "OBS_STATUS: Observation status,CONF_STATUS: Confidentiality status,"
                + "UNIT_MEASURE: Unit of measure",
            "dataflow,OPEN_DAMIR:SPENDING(1.0): Health-insurance spending,I,11: label of 11,"
                + "charged: Amount charged,2024-01-01/P2M,12.50,A: Normal value,"
                + "F: Free for publication,EUR: EUR");
    assertThat(lines(table("name", List.of(CHARGED), axis("region")), row).get(1))
        .isEqualTo(
            "dataflow,OPEN_DAMIR:SPENDING(1.0),Health-insurance spending,I,11,label of 11,"
                + "charged,Amount charged,2024-01-01/P2M,,12.50,,A,Normal value,"
                + "F,Free for publication,EUR,EUR");
  }

  @ParameterizedTest
  @CsvSource({
    "OK, 1.00, '1.00,A,F'",
    "OK, , ',M,F'", // a quotient of nothing
    "SUPPRESSED, , ',Q,C'",
    "NO_DENOMINATOR, , ',M,F'",
    "NOT_PUBLISHED, , ',L,F'",
    "EMPTY, 0.00, '0.00,I,F'",
    "EMPTY, , ',O,F'",
    "PROVISIONAL, 1.00, '1.00,P,F'",
    "PROVISIONAL, , ',P,F'",
  })
  void aStatusTellsWhyAFigureIsMissing(RowStatus status, BigDecimal value, String expected) {
    Row row = new Row(List.of("11"), Arrays.asList(value), status);

    assertThat(lines(table("id", List.of(CHARGED), axis("region")), row).get(1))
        .endsWith("charged,2024-01-01/P2M," + expected + ",EUR");
  }

  @ParameterizedTest
  @CsvSource({
    "2024-02, 2024-Q1, 2024, 2024-02",
    "_T, 2024-Q1, 2024, 2024-Q1",
    "_T, _T, 2024, 2024",
    "_T, _T, _T, 2024-01-01/P2M",
  })
  void theTimeIsTheFinestPeriodOfTheRow(String month, String quarter, String year, String time) {
    AnswerTable table = table("id", List.of(CHARGED), time("year"), time("month"), time("quarter"));

    assertThat(lines(table, row(List.of(year, month, quarter), "1.00")).get(1))
        .contains(",charged," + time + ",1.00,");
  }

  @Test
  void aTotalOfTheSamePeriodIsNotRepeated() {
    AnswerTable table = table("id", List.of(CHARGED), time("month"), time("quarter"));

    assertThat(
            lines(
                table,
                row(List.of("2024-01", "2024-Q1"), "1.00"),
                row(List.of("2024-01", "_T"), "1.00"),
                row(List.of("_T", "_T"), "1.00")))
        .hasSize(3);
  }

  @Test
  void anAnswerWithoutRowsHasItsHeaderLine() {
    assertThat(lines(table("id", List.of(CHARGED), axis("region")))).hasSize(1);
  }

  private static List<String> lines(AnswerTable table, Row... rows) {
    byte[] bytes = new SdmxCsvFormat().write(table, List.of(rows));
    return new String(bytes, StandardCharsets.UTF_8).lines().toList();
  }

  private static AnswerTable table(String labels, List<Figure> figures, Axis... axes) {
    return Tables.of("en", labels, List.of(axes), figures);
  }

  private static Axis axis(String id) {
    return Tables.axis(id, Axis.Role.OTHER);
  }

  private static Axis time(String id) {
    return Tables.axis(id, Axis.Role.TIME);
  }

  private static Row row(List<String> codes, String... figures) {
    return new Row(codes, Arrays.stream(figures).map(BigDecimal::new).toList(), false);
  }
}
