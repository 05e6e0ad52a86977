package fr.opendamir.query;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.SqlDialect;
import fr.opendamir.catalog.SumColumn;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Values in DuckDB, whose arithmetic differs from PostgreSQL's; {@link MeasureSqlDbTest} has that.
 */
class MeasureSqlTest {
  @Test
  void theSameExpressionsHaveTheSameValuesInDuckDb() throws SQLException {
    List<RandomCell> cells = RandomCell.some(3_000, new Random(42));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery(values(cells))) {
        for (RandomCell cell : cells) {
          assertThat(row.next()).isTrue();
          for (Measure measure : RandomCell.MEASURES) {
            BigDecimal whole = row.getBigDecimal(measure.id());
            assertThat(whole == null ? null : whole.movePointLeft(measure.decimals()))
                .as("%s of %s", measure, cell)
                .isEqualTo(cell.value(measure));
          }
        }
      }
    }
  }

  private static String values(List<RandomCell> cells) {
    String rows =
        cells.stream()
            .map(
                cell ->
                    SumColumn.all().stream()
                        .map(column -> String.valueOf(cell.sums().get(column.id())))
                        .collect(joining(", ", "(", ")")))
            .collect(joining(", "));
    return "SELECT %s FROM (SELECT %s FROM (VALUES %s) cells(%s))"
        .formatted(
            RandomCell.MEASURES.stream()
                .map(
                    measure ->
                        "("
                            + measure.formula().sql(SqlDialect.DUCKDB, UnaryOperator.identity())
                            + ")::DECIMAL(38,0) AS "
                            + measure.id())
                .collect(joining(", ")),
            SumColumn.all().stream()
                .map(column -> "coalesce(%1$s, 0)::BIGINT AS %1$s".formatted(column.id()))
                .collect(joining(", ")),
            rows,
            SumColumn.all().stream().map(SumColumn::id).collect(joining(", ")));
  }
}
