package fr.opendamir.query;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.CarePeriods;
import fr.opendamir.catalog.Level;
import fr.opendamir.question.CodeFilter;
import fr.opendamir.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;

/**
 * One SQL text, in PostgreSQL and DuckDB, against the definition: all months of years, all lags.
 */
class CarePeriodSqlDbTest {
  private static final List<Level> LEVELS =
      Stream.of(Level.values()).filter(Level::isCarePeriod).toList();
  private static final List<String> LAGS =
      List.of("0", "1", "2", "3", "4", "5", "6_11", "12_plus", "unknown", "ND", "NR", "01", "");
  private static final List<YearMonth> MONTHS =
      Stream.iterate(YearMonth.of(2014, 1), month -> month.plusMonths(1)).limit(150).toList();

  private static final String ROWS =
      MONTHS.stream()
          .flatMap(month -> LAGS.stream().map(lag -> "('" + month + "', '" + lag + "')"))
          .collect(joining(", ", "(VALUES ", ") s(month, care_lag)"));

  @Test
  void postgresqlFollowsTheDefinition() throws SQLException {
    try (Connection connection = TestDatabase.create().settings().connect()) {
      check(connection);
    }
  }

  @Test
  void duckDbFollowsTheDefinition() throws SQLException {
    try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties())) {
      check(connection);
    }
  }

  /** Rows whose code is selected must be near; of a period of care, most others are not. */
  @Test
  void whatAFilterSelectsIsNearIt() throws SQLException {
    try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE s AS SELECT * FROM " + ROWS);
      for (Level level : LEVELS) {
        for (List<String> codes : selections(level)) {
          String near =
              CarePeriodSql.near(new CodeFilter(level, false, codes), value -> "'" + value + "'")
                  .orElseThrow();
          String selected =
              "%s IN ('%s')".formatted(CarePeriodSql.code(level), String.join("', '", codes));
          assertThat(count(statement, selected)).as("%s %s", level, codes).isPositive();
          assertThat(count(statement, selected + " AND NOT " + near))
              .as("%s %s: %s", level, codes, near)
              .isZero();
          assertThat(count(statement, near)).isLessThan(MONTHS.size() * LAGS.size() / 4);
        }
        assertThat(CarePeriodSql.near(new CodeFilter(level, false, List.of("unknown")), null))
            .isEmpty();
        assertThat(CarePeriodSql.near(new CodeFilter(level, false, List.of("2018..")), null))
            .isEmpty();
      }
    }
  }

  /** Every period that the months hold care of, alone and with a code that is no period. */
  private static Stream<List<String>> periods(Level level) {
    return CarePeriods.in(level, MONTHS).stream()
        .flatMap(period -> Stream.of(List.of(period), List.of(period, "ND")));
  }

  private static List<List<String>> selections(Level level) {
    return Stream.concat(periods(level), Stream.of(List.of("older"), List.of("NR", "older")))
        .toList();
  }

  private static int count(Statement statement, String condition) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT count(*) FROM s WHERE " + condition)) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void check(Connection connection) throws SQLException {
    String codes = LEVELS.stream().map(CarePeriodSql::code).collect(joining(", "));
    Set<String> found = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT s.month, s.care_lag, %s FROM %s".formatted(codes, ROWS))) {
      while (row.next()) {
        YearMonth month = YearMonth.parse(row.getString(1));
        for (int i = 0; i < LEVELS.size(); i++) {
          String code = row.getString(3 + i);
          found.add(code);
          assertThat(code)
              .as("%s of %s, lag %s", LEVELS.get(i), month, row.getString(2))
              .isEqualTo(CarePeriods.code(LEVELS.get(i), month, row.getString(2)));
        }
      }
    }
    assertThat(found).contains("2013-08", "2013-Q3", "2013", "older", "unknown", "ND");
  }
}
