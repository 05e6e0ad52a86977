package fr.opendamir.ingest.aggregate;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.duckdb.DuckDBValue;
import org.duckdb.DuckDBWritableVector;

/**
 * Lets statements read rows of this process: a function of the database that returns whole numbers,
 * on as many threads as the statement has. Appending the same rows value by value takes several
 * times as long.
 */
final class HandOver {
  /** Rows that a statement reads, from several threads at once. */
  interface Rows {
    /** Names of the columns, all BIGINT. */
    List<String> columns();

    int size();

    long value(int row, int column);
  }

  private static final String FUNCTION = "handed_over";

  private final int threads;
  private final AtomicInteger numbers = new AtomicInteger();

  /** What statements may read now, by number. */
  private final ConcurrentMap<Integer, Offer> offers = new ConcurrentHashMap<>();

  /**
   * Rows that are offered.
   *
   * @param failure the first failure of the rows themselves
   */
  private record Offer(Rows rows, AtomicReference<Throwable> failure) {}

  /**
   * Adds the function to a database.
   *
   * @param threads on which a statement may read
   */
  HandOver(Connection connection, int threads) throws SQLException {
    this.threads = threads;
    try (var function = DuckDBFunctions.tableFunction()) {
      function
          .withName(FUNCTION)
          .withParameter(DuckDBColumnType.INTEGER)
          .withFunction(function())
          .register(connection);
    }
  }

  /**
   * Offers rows to statements.
   *
   * @param statements runs them, given the table that stands for the rows
   * @throws IllegalStateException if a statement fails; where the rows failed, with that as its
   *     cause
   */
  void offer(Rows rows, Consumer<String> statements) {
    int number = numbers.incrementAndGet();
    Offer offer = new Offer(rows, new AtomicReference<>());
    offers.put(number, offer);
    try {
      statements.accept("%s(%d)".formatted(FUNCTION, number));
    } catch (IllegalStateException e) {
      Throwable failure = offer.failure.get();
      throw failure == null ? e : new IllegalStateException("rows cannot be handed over", failure);
    } finally {
      offers.remove(number);
    }
  }

  private DuckDBTableFunction<Offer, AtomicInteger, Object> function() {
    return new DuckDBTableFunction<>() {
      @Override
      public Offer bind(DuckDBTableFunctionBindInfo info) {
        try (DuckDBValue number = info.getParameter(0)) {
          Offer offer = offers.get(number.getInt());
          for (String name : offer.rows.columns()) {
            info.addResultColumn(name, DuckDBColumnType.BIGINT);
          }
          info.setCardinality(offer.rows.size(), true);
          return offer;
        }
      }

      @Override
      public AtomicInteger init(DuckDBTableFunctionInitInfo info) {
        info.setMaxThreads(threads);
        return new AtomicInteger();
      }

      @Override
      public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter chunk) {
        Offer offer = info.getBindData();
        try {
          return write(offer.rows, info.getInitData(), chunk);
        } catch (RuntimeException | Error e) {
          offer.failure.compareAndSet(null, e);
          throw e;
        }
      }
    };
  }

  /** Writes the next rows; none are left if it returns 0. */
  private static int write(Rows rows, AtomicInteger next, DuckDBDataChunkWriter chunk) {
    int capacity = Math.toIntExact(chunk.capacity());
    int from = next.getAndAdd(capacity);
    int count = Math.max(0, Math.min(capacity, rows.size() - from));
    for (int column = 0; column < rows.columns().size(); column++) {
      DuckDBWritableVector vector = chunk.vector(column);
      for (int i = 0; i < count; i++) {
        vector.setLong(i, rows.value(from + i, column));
      }
    }
    return count;
  }
}
