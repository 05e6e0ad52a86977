package fr.opendamir.ingest.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandOverTest {
  private static final int ROWS = 300_001;

  @TempDir Path folder;

  private DuckDbSession session;

  @BeforeEach
  void open() {
    session = new DuckDbSession(new AggregationSettings(folder, 1L << 28, 2));
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void aStatementReadsEachRowOnceOnAllThreads() {
    session.handOver(
        rows(ROWS, (row, column) -> column == 0 ? row : -row),
        table -> session.run("CREATE TABLE found AS SELECT a, b FROM " + table));
    assertThat(session.number("SELECT count(DISTINCT a) FROM found")).isEqualTo(ROWS);
    assertThat(session.number("SELECT count(*) FROM found WHERE a + b = 0")).isEqualTo(ROWS);
  }

  @Test
  void rowsCanBeReadTwiceAndBesideOthers() {
    List<Long> found = new ArrayList<>();
    session.handOver(
        rows(3, (row, column) -> row),
        some ->
            session.handOver(
                rows(3, (row, column) -> 10 * row),
                others ->
                    session.forEach(
                        "SELECT x.a, y.a FROM %s x JOIN %s y ON y.a = 10 * x.b JOIN %s z ON z.b = x.b ORDER BY 1"
                            .formatted(some, others, some),
                        row -> found.add(row.getLong(2)))));
    assertThat(found).containsExactly(0L, 10L, 20L);
  }

  @Test
  void noRowsAreATableToo() {
    session.handOver(
        rows(0, (row, column) -> 1),
        table -> assertThat(session.number("SELECT count(*) FROM " + table)).isZero());
  }

  @Test
  void aFailureOfTheRowsIsAFailureOfTheStatement() {
    HandOver.Rows failing =
        rows(
            9,
            (row, column) -> {
              throw new IllegalStateException("a secret");
            });
    assertThatThrownBy(
            () ->
                session.handOver(
                    failing, table -> session.run("CREATE TABLE found AS FROM " + table)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("rows cannot be handed over")
        .hasRootCauseMessage("a secret");
    assertThat(session.number("SELECT 7")).as("the session goes on").isEqualTo(7);
  }

  @Test
  void rowsAreGoneAfterwards() {
    List<String> tables = new ArrayList<>();
    session.handOver(rows(1, (row, column) -> 1), tables::add);
    assertThatThrownBy(() -> session.number("SELECT count(*) FROM " + tables.get(0)))
        .isInstanceOf(IllegalStateException.class);
  }

  private static HandOver.Rows rows(int size, IntBinaryOperator value) {
    return new HandOver.Rows() {
      @Override
      public List<String> columns() {
        return List.of("a", "b");
      }

      @Override
      public int size() {
        return size;
      }

      @Override
      public long value(int row, int column) {
        return value.applyAsInt(row, column);
      }
    };
  }
}
