package fr.opendamir.query;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.SqlDialect;
import fr.opendamir.catalog.SumColumn;
import fr.opendamir.question.Having;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionParser;
import fr.opendamir.testing.Draws;
import fr.opendamir.testing.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values, order and conditions of random cells in PostgreSQL against decimal arithmetic. */
class MeasureSqlDbTest {
  private static final List<RandomCell> CELLS = RandomCell.some(3_000, new Random(7));
  private static final Rollup SERVICES = new Rollup(1, Grouping.parse("service").orElseThrow());
  private static final QuestionPlan PLAN =
      new QuestionPlan(
          List.of(
              new QuestionPlan.Source(
                  Optional.of(SERVICES),
                  Optional.of(SERVICES.grouping()),
                  List.of(new ReleaseImport(1, YearMonth.of(2024, 1), CELLS.size(), Map.of())),
                  CELLS.size())));
  private static final int THRESHOLD = 11;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String MEASURES =
      RandomCell.MEASURES.stream().map(Measure::id).collect(joining(","));

  private static final Vertx VERTX = Vertx.vertx();
  private static Pool pool;

  /** A row of the answer as the statement has it. */
  private record Shown(String service, boolean isSuppressed, List<BigDecimal> values) {
    static Shown of(RandomCell cell) {
      return new Shown(
          cell.service(),
          cell.isSuppressed(),
          RandomCell.MEASURES.stream().map(cell::shown).toList());
    }
  }

  @BeforeAll
  static void storeCells() throws SQLException {
    TestDatabase database = TestDatabase.create();
    try (Connection connection = database.settings().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO figures.published_import VALUES (1)");
      statement.execute(
          "INSERT INTO figures.rollup (rollup_id, import_id, month, service, %s) VALUES %s"
              .formatted(
                  SumColumn.all().stream().map(SumColumn::id).collect(joining(", ")),
                  CELLS.stream().map(MeasureSqlDbTest::row).collect(joining(", "))));
    }
    pool =
        Pool.newInstance(
            PgBuilder.pool()
                .using(VERTX)
                .connectingTo(
                    PgConnectOptions.fromUri(database.settings().reactiveUrl())
                        .setUser(database.settings().username()))
                .with(new PoolOptions().setMaxSize(1))
                .build());
  }

  private static String row(RandomCell cell) {
    return "(1, 1, '2024-01', '%s', %s)"
        .formatted(
            cell.service(),
            SumColumn.all().stream()
                .map(column -> String.valueOf(cell.sums().get(column.id())))
                .collect(joining(", ")));
  }

  @AfterAll
  static void closePool() throws Exception {
    VERTX.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  static List<Measure> measures() {
    return RandomCell.MEASURES;
  }

  @Test
  void valuesAreExactAndRoundedOnce() {
    assertThat(CELLS).filteredOn(RandomCell::isSuppressed).hasSizeGreaterThan(100);
    assertThat(answer("")).containsExactlyElementsOf(expected(cell -> true, byCode()));
  }

  /** Why {@code round(a / b, 6)} is not used: it rounds a quotient that is rounded already. */
  @Test
  void aRoundedDecimalQuotientIsAnotherValueInSomeCells() {
    String differences =
        "SELECT count(*) FROM figures.rollup WHERE round(care_reimbursed::numeric /"
            + " nullif(care_charged, 0), 6) * 1000000 <> "
            + Measure.REIMBURSEMENT_RATE
                .formula()
                .sql(SqlDialect.POSTGRESQL, UnaryOperator.identity());

    assertThat(
            pool.query(differences).execute().await().atMost(PATIENCE).iterator().next().getLong(0))
        .isPositive();
  }

  @ParameterizedTest
  @MethodSource("measures")
  void rowsAreOrderedByTheValuesThatTheyShow(Measure measure) {
    Comparator<BigDecimal> ascending = Comparator.naturalOrder();

    assertThat(answer("&sort=" + measure.id()))
        .containsExactlyElementsOf(expected(cell -> true, byValue(measure, ascending)));
    assertThat(answer("&sort=-" + measure.id()))
        .containsExactlyElementsOf(expected(cell -> true, byValue(measure, ascending.reversed())));
  }

  /** Of each measure a value that some row shows, half a unit beside it, and zero. */
  @ParameterizedTest
  @MethodSource("measures")
  void conditionsAreAboutTheValuesThatRowsShow(Measure measure) {
    List<BigDecimal> values =
        CELLS.stream()
            .map(cell -> cell.shown(measure))
            .filter(value -> value != null && value.abs().precision() < 15)
            .toList();
    BigDecimal value = values.get(new Random(measure.id().hashCode()).nextInt(values.size()));
    BigDecimal half = new BigDecimal("0.5").movePointLeft(Math.min(5, measure.decimals()));
    for (BigDecimal bound : List.of(value, value.add(half), BigDecimal.ZERO)) {
      for (Having.Operator operator : Having.Operator.values()) {
        assertThat(
                answer(
                    "&having=%s:%s:%s"
                        .formatted(measure.id(), operator.id(), bound.toPlainString())))
            .as("%s %s", operator, bound)
            .containsExactlyElementsOf(
                expected(cell -> meets(cell.shown(measure), operator, bound), byCode()));
      }
    }
  }

  private static boolean meets(BigDecimal value, Having.Operator operator, BigDecimal bound) {
    if (value == null) {
      return false;
    }
    int comparison = value.compareTo(bound);
    return switch (operator) {
      case EQ -> comparison == 0;
      case NE -> comparison != 0;
      case LT -> comparison < 0;
      case LE -> comparison <= 0;
      case GT -> comparison > 0;
      case GE -> comparison >= 0;
    };
  }

  private static Comparator<RandomCell> byCode() {
    return Comparator.comparing(
        RandomCell::service,
        Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
  }

  private static Comparator<RandomCell> byValue(Measure measure, Comparator<BigDecimal> order) {
    return Comparator.<RandomCell, BigDecimal>comparing(
            cell -> cell.shown(measure), Comparator.nullsLast(order))
        .thenComparing(byCode());
  }

  private static List<Shown> expected(Predicate<RandomCell> isKept, Comparator<RandomCell> order) {
    return CELLS.stream().filter(isKept).sorted(order).map(Shown::of).toList();
  }

  private static List<Shown> answer(String parameters) {
    Map<String, List<String>> all =
        Draws.parameters("group_by=service&limit=10000&measures=" + MEASURES + parameters);
    Question query = QuestionParser.parse(all, Language.EN);
    PreparedQuestion prepared =
        AggregateSql.page(
            query,
            new Rendering(new RollupTables(), Catalog.load(), THRESHOLD),
            PLAN,
            Optional.empty());
    Tuple tuple = Tuple.tuple();
    prepared.parameters().forEach(tuple::addValue);
    return pool.preparedQuery(prepared.sql()).execute(tuple).await().atMost(PATIENCE).stream()
        .filter(row -> row.getLong(2) != null)
        .map(MeasureSqlDbTest::shown)
        .toList();
  }

  private static Shown shown(Row row) {
    return new Shown(
        row.getString(3),
        row.getBoolean(4),
        RandomCell.MEASURES.stream()
            .map(
                measure ->
                    value(
                        row.getBigDecimal(5 + RandomCell.MEASURES.indexOf(measure)),
                        measure.decimals()))
            .toList());
  }

  private static BigDecimal value(BigDecimal whole, int decimals) {
    return whole == null ? null : whole.scaleByPowerOfTen(-decimals);
  }
}
