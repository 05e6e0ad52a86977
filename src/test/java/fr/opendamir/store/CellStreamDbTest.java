package fr.opendamir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.query.CellStream;
import fr.opendamir.query.DataUnavailableException;
import fr.opendamir.query.PreparedQuestion;
import fr.opendamir.query.ResultRow;
import fr.opendamir.testing.Eventually;
import fr.opendamir.testing.TestDatabase;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cells held by the database, and what happens when nobody wants them any more. */
@Timeout(120)
class CellStreamDbTest {
  private static final int CONNECTIONS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final TestDatabase database = TestDatabase.create();
  private final Vertx vertx = Vertx.vertx();
  private final PgFigureSource figures = new PgFigureSource(new FigurePools(pool()));

  @AfterEach
  void closePool() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void cellsComeInOrderAndEndWithNone() {
    CellStream cells = open(numbers(2500));

    List<Integer> sizes = new ArrayList<>();
    List<ResultRow> all = new ArrayList<>();
    List<ResultRow> next = next(cells);
    while (!next.isEmpty()) {
      sizes.add(next.size());
      all.addAll(next);
      next = next(cells);
    }
    close(cells);

    assertThat(cells.total()).isEqualTo(2500);
    assertThat(sizes).containsExactly(1000, 1000, 500);
    assertThat(all).hasSize(2500);
    assertThat(all.get(0)).isEqualTo(row(1));
    assertThat(all.get(2499)).isEqualTo(row(2500));
  }

  @Test
  void connectionsAreGivenBackHoweverFarTheCellsWereTaken() throws SQLException {
    for (int i = 0; i < 4 * PgFigureSource.MAX_STREAMS; i++) {
      CellStream cells = open(numbers(5000));
      if (i % 2 == 0) {
        next(cells);
      }
      close(cells);
      close(cells);
    }
    assertPoolIsWhole();
    assertThat(count("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in%'")).isZero();
  }

  @Test
  void aSlowReaderHoldsNeitherTransactionNorLock() throws SQLException {
    CellStream cells = open(numbers(5000));
    next(cells);

    assertThat(count("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in%'")).isZero();
    assertThat(
            count(
                "SELECT count(*) FROM pg_locks WHERE pid <> pg_backend_pid() AND database ="
                    + " (SELECT oid FROM pg_database WHERE datname = current_database())"))
        .isZero();
    close(cells);
  }

  @Test
  void whoLeavesWhileTheDatabaseComputesEndsTheWork() throws Exception {
    for (int i = 0; i < 3 * PgFigureSource.MAX_STREAMS; i++) {
      Cancellable reader = figures.open(endless()).subscribe().with(cells -> {}, failure -> {});
      if (i % 3 == 0) {
        await("SELECT count(*) > 0" + OURS_ACTIVE);
      } else if (i % 3 == 1) {
        Thread.sleep(i % 5);
      }
      reader.cancel();
      await("SELECT count(*) = 0" + OURS_ACTIVE);
    }
    assertPoolIsWhole();
  }

  @Test
  void whoLeavesJustWhenTheCellsAreThereLeavesNothingBehind() throws Exception {
    for (int i = 0; i < 60; i++) {
      Cancellable reader =
          figures
              .open(numbers(2000))
              .subscribe()
              .with(
                  cells -> {
                    var unused = cells.close().subscribe().with(done -> {});
                  },
                  failure -> {});
      Thread.sleep(i % 12);
      reader.cancel();
      assertThat(answerOf(1)).isEqualTo(1);
    }
    assertPoolIsWhole();
  }

  @Test
  void moreStreamsThanFitAreAskedToComeBack() {
    List<Cancellable> readers = new ArrayList<>();
    for (int i = 0; i < PgFigureSource.MAX_STREAMS; i++) {
      readers.add(figures.open(endless()).subscribe().with(cells -> {}, failure -> {}));
    }
    assertThatThrownBy(() -> open(numbers(1))).isInstanceOf(DataUnavailableException.class);
    readers.forEach(Cancellable::cancel);
  }

  @Test
  void aStatementThatFailsGivesItsConnectionBack() throws SQLException {
    for (int i = 0; i < 2 * PgFigureSource.MAX_STREAMS; i++) {
      assertThatThrownBy(() -> open(stream("SELECT '1', false, 1 / 0", List.of())))
          .hasMessageContaining("division");
    }
    assertPoolIsWhole();
  }

  @Test
  void aDatabaseThatGoesAwayInTheMiddleIsAFailure() throws SQLException {
    CellStream cells = open(numbers(5000));
    next(cells);
    count(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            + " WHERE usename = 'opendamir_reader' AND datname = current_database()");

    assertThatThrownBy(() -> next(cells)).isInstanceOf(DataUnavailableException.class);
    close(cells);
    assertPoolIsWhole();
  }

  private static final String OURS_ACTIVE =
      " FROM pg_stat_activity WHERE state = 'active' AND usename = 'opendamir_reader'"
          + " AND datname = current_database()";

  private static PreparedQuestion numbers(long rows) {
    return stream("SELECT n::text, false, n FROM generate_series(1, $1::bigint) n", List.of(rows));
  }

  private static PreparedQuestion endless() {
    return stream(
        "SELECT n::text, false, n FROM generate_series(1, 1000000000) n ORDER BY n % 7", List.of());
  }

  private static PreparedQuestion stream(String sql, List<Object> parameters) {
    return new PreparedQuestion(
        sql, parameters, List.of(Level.REGION), List.of(Measure.QUANTITY), List.of());
  }

  private static ResultRow row(long n) {
    return new ResultRow(List.of(Long.toString(n)), List.of(BigDecimal.valueOf(n)), false);
  }

  private CellStream open(PreparedQuestion question) {
    return figures.open(question).await().atMost(PATIENCE);
  }

  private static List<ResultRow> next(CellStream cells) {
    return cells.next().await().atMost(PATIENCE);
  }

  private static void close(CellStream cells) {
    cells.close().await().atMost(PATIENCE);
  }

  /**
   * As many streams as fit, at once where the pool has the connections, then ordinary questions.
   */
  private void assertPoolIsWhole() throws SQLException {
    List<CellStream> all = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      all.add(open(numbers(10)));
    }
    all.forEach(CellStreamDbTest::close);
    for (int i = 0; i < 3 * CONNECTIONS; i++) {
      assertThat(answerOf(i)).isEqualTo(i);
    }
    assertThat(count("SELECT count(*)" + OURS_ACTIVE)).isZero();
    assertThat(count("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in%'")).isZero();
  }

  private long answerOf(int value) {
    return figures
        .run(
            new PreparedQuestion(
                "SELECT 0::bigint, $1::bigint, NULL::bigint",
                List.of((long) value),
                List.of(),
                List.of(),
                List.of()))
        .await()
        .atMost(PATIENCE)
        .total();
  }

  private void await(String condition) {
    Eventually.isTrue(PATIENCE, () -> condition, () -> is(condition));
  }

  private boolean is(String condition) throws SQLException {
    return count("SELECT (" + condition + ")::int") == 1;
  }

  private long count(String sql) throws SQLException {
    try (Connection connection = database.settings().connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private Pool pool() {
    DatabaseSettings reader = database.settings().as(DatabaseRole.READER);
    return Pool.newInstance(
        PgBuilder.pool()
            .using(vertx)
            .connectingTo(
                PgConnectOptions.fromUri(reader.reactiveUrl())
                    .setUser(reader.username())
                    .setPassword(reader.password())
                    .setCachePreparedStatements(true))
            .with(new PoolOptions().setMaxSize(CONNECTIONS))
            .build());
  }
}
