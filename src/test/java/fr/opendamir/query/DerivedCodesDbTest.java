package fr.opendamir.query;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.catalog.CarePeriods;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SqlDialect;
import fr.opendamir.question.CodeFilter;
import fr.opendamir.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;

/** Codes that PostgreSQL and DuckDB look up, against their definitions. */
class DerivedCodesDbTest {
  private static final Catalog CATALOG = Catalog.load();
  private static final int MONTHS_LATER = 7;

  /** Codes that no list has end each of the lists. */
  private static final List<String> LAGS =
      List.of("0", "1", "2", "3", "4", "5", "6_11", "12_plus", "ND", "NR", "unknown", "01", "");

  private static final List<String> AGE_BANDS =
      List.of("0", "20", "30", "40", "50", "60", "70", "80", "99", "ND", "NR", "25", "'", "");

  private static final List<YearMonth> MONTHS =
      Stream.iterate(YearMonth.of(2014, 1), month -> month.plusMonths(1)).limit(150).toList();

  private record Row(YearMonth month, String lag, String band) {}

  @Test
  void postgresqlFollowsTheDefinitions() throws SQLException {
    try (Connection connection = TestDatabase.create().settings().connect()) {
      check(connection, SqlDialect.POSTGRESQL);
    }
  }

  @Test
  void duckDbFollowsTheDefinitions() throws SQLException {
    try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties())) {
      check(connection, SqlDialect.DUCKDB);
    }
  }

  @Test
  void noTextReachesAStatementThatIsNotACode() {
    for (SqlDialect dialect : SqlDialect.values()) {
      assertThatThrownBy(() -> dialect.code("s.sex", Map.of("1", "a' OR '")))
          .as("%s", dialect)
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> dialect.code("s.sex", Map.of("\"", "1"), "2"))
          .as("%s", dialect)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static void check(Connection connection, SqlDialect dialect) throws SQLException {
    DerivedCodes codes = new DerivedCodes(dialect, CATALOG);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TEMP TABLE s AS SELECT * FROM (%s) m(month) CROSS JOIN (%s) l(care_lag) CROSS JOIN (%s) a(age_band)"
              .formatted(
                  values(MONTHS.stream().map(YearMonth::toString)),
                  values(LAGS.stream()),
                  values(AGE_BANDS.stream())));
      for (Level level : Level.values()) {
        if (level.isCarePeriod()) {
          Set<String> found =
              check(
                  statement,
                  codes.code(level, MONTHS, 0),
                  row -> CarePeriods.code(level, row.month(), row.lag()));
          assertThat(found).contains("older", "unknown", "ND", "NR").hasSizeGreaterThan(16);
          checkFilters(
              statement, codes, level, row -> CarePeriods.code(level, row.month(), row.lag()));
        } else if (level.dimension() == Dimension.MONTH) {
          check(
              statement,
              codes.code(level, MONTHS, 0),
              row -> CarePeriods.period(level, row.month()));
          check(
              statement,
              codes.code(level, MONTHS, MONTHS_LATER),
              row -> CarePeriods.period(level, row.month().plusMonths(MONTHS_LATER)));
        } else if (level == Level.AGE_GROUP) {
          check(statement, codes.code(level, MONTHS, 0), row -> CATALOG.coarser(level, row.band()));
        }
      }
    }
  }

  /** Filters on few, most and all other codes, and on ranges where there are any. */
  private static void checkFilters(
      Statement statement, DerivedCodes codes, Level level, Function<Row, String> definition)
      throws SQLException {
    List<List<String>> selections =
        level == Level.AGE_GROUP
            ? List.of(List.of("0_19"), List.of("unknown", "60_plus"), List.of("NR"))
            : List.of(
                List.of("older", CarePeriods.period(level, YearMonth.of(2019, 8))),
                List.of("unknown", "ND"),
                List.of(CarePeriods.period(level, YearMonth.of(2020, 3)) + ".."));
    for (List<String> selected : selections) {
      for (boolean isExcluded : new boolean[] {false, true}) {
        CodeFilter filter = new CodeFilter(level, isExcluded, selected);
        Set<String> found =
            check(
                statement,
                "CASE WHEN %s THEN 'yes' ELSE 'no' END".formatted(codes.isAccepted(filter, MONTHS)),
                row -> filter.accepts(definition.apply(row)) ? "yes" : "no");
        assertThat(found).as("%s", filter).hasSize(2);
      }
    }
  }

  private static String values(Stream<String> codes) {
    return codes
        .map(code -> "('" + code.replace("'", "''") + "')")
        .collect(joining(", ", "VALUES ", ""));
  }

  private static Set<String> check(
      Statement statement, String expression, Function<Row, String> definition)
      throws SQLException {
    Set<String> found = new HashSet<>();
    int rows = 0;
    try (ResultSet row =
        statement.executeQuery(
            "SELECT s.month, s.care_lag, s.age_band, %s FROM s".formatted(expression))) {
      while (row.next()) {
        Row of = new Row(YearMonth.parse(row.getString(1)), row.getString(2), row.getString(3));
        assertThat(row.getString(4)).as("%s", of).isEqualTo(definition.apply(of));
        found.add(row.getString(4));
        rows++;
      }
    }
    assertThat(rows).isEqualTo(MONTHS.size() * LAGS.size() * AGE_BANDS.size());
    return found;
  }
}
