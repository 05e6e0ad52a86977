package fr.opendamir.format;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.table.AnswerTable;
import fr.opendamir.table.Axis;
import fr.opendamir.table.ColumnType;
import fr.opendamir.table.Figure;
import fr.opendamir.table.Row;
import fr.opendamir.testing.ParquetRows;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParquetFormatTest {
  private static final AnswerTable TABLE =
      Tables.of(
          "en",
          List.of(Tables.axis("region", Axis.Role.PLACE), Tables.axis("month", Axis.Role.TIME)),
          List.of(
              new Figure("charged", "Charged", ColumnType.MONEY, "EUR", 2),
              new Figure("quantity", "Acts", ColumnType.COUNT, "acts", 0),
              new Figure("rate", "Rate", ColumnType.RATIO, "ratio", 6)));

  @Test
  void columnsHaveTheTypesOfTheirValues() {
    byte[] file = new ParquetFormat().write(TABLE, List.of());

    assertThat(ParquetRows.rows(file)).isEmpty();
    assertThat(ParquetRows.types(file))
        .containsExactly(
            Map.entry("region", "VARCHAR"),
            Map.entry("region_label", "VARCHAR"),
            Map.entry("month", "VARCHAR"),
            Map.entry("month_label", "VARCHAR"),
            Map.entry("charged", "DECIMAL(18,2)"),
            Map.entry("quantity", "BIGINT"),
            Map.entry("rate", "DOUBLE"),
            Map.entry("status", "VARCHAR"),
            Map.entry("period_start", "DATE"));
  }

  @Test
  void rowsKeepTheirOrderAndValues() {
    List<Map<String, String>> rows =
        ParquetRows.rows(
            new ParquetFormat()
                .write(
                    TABLE,
                    List.of(
                        row("zz", "2024-02", "-1234567890123456.78", "42", "0.750000"),
                        row("=1+1", "_T", "0.01", "-1", "1E-6"),
                        new Row(List.of("'ND", "ND"), Arrays.asList(null, null, null), true))));

    assertThat(rows.get(0))
        .containsEntry("region", "zz")
        .containsEntry("region_label", "label of zz")
        .containsEntry("charged", "-1234567890123456.78")
        .containsEntry("quantity", "42")
        .containsEntry("rate", "0.75")
        .containsEntry("status", "ok")
        .containsEntry("period_start", "2024-02-01");
    assertThat(rows.get(1))
        .containsEntry("region", "=1+1")
        .containsEntry("month", "_T")
        .containsEntry("period_start", "");
    assertThat(rows.get(2))
        .containsEntry("region", "'ND")
        .containsEntry("charged", "")
        .containsEntry("status", "suppressed");
  }

  @Test
  void theFileSaysWhatTheAnswerIs() {
    assertThat(ParquetRows.metadata(new ParquetFormat().write(TABLE, List.of())))
        .containsEntry("release", "2024-04-02.1")
        .containsEntry("question", "/v1/aggregates?group_by=region")
        .containsEntry("licence", "Licence Ouverte")
        .containsEntry("source", "Cnam")
        .containsEntry("months", "2024-01,2024-02")
        .containsEntry("unit.charged", "EUR")
        .containsEntry("not_disclosed.region.charged", "0.0002")
        .containsEntry("rates.coverage.charged_per_person", "0.98")
        .containsEntry("warnings", "Good to know.");
  }

  private static Row row(String region, String month, String... figures) {
    return new Row(
        List.of(region, month), Arrays.stream(figures).map(BigDecimal::new).toList(), false);
  }
}
