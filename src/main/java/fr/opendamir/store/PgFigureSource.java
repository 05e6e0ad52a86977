package fr.opendamir.store;

import fr.opendamir.query.CellStream;
import fr.opendamir.query.Cells;
import fr.opendamir.query.DataUnavailableException;
import fr.opendamir.query.FigureSource;
import fr.opendamir.query.PreparedQuestion;
import fr.opendamir.query.ResultRow;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/**
 * Figures through the Vert.x client, as the role that can read published blocks and nothing else.
 */
@ApplicationScoped
class PgFigureSource implements FigureSource {
  /**
   * Most concurrent streams. Each has a connection until its client has read everything; the other
   * connections of the pool remain for questions that are answered at once.
   */
  static final int MAX_STREAMS = 8;

  private static final int LEADING_COLUMNS = 3;

  private final FigurePools pools;
  private final Semaphore streams = new Semaphore(MAX_STREAMS);

  PgFigureSource(FigurePools pools) {
    this.pools = pools;
  }

  @Override
  public Uni<Cells> run(PreparedQuestion question) {
    return pools
        .ask(
            pool -> run(pool, question),
            cells -> Uni.createFrom().item(cells.publishedImports() >= question.imports().size()))
        .onFailure()
        .transform(Availability::translate);
  }

  private static Uni<Cells> run(Pool pool, PreparedQuestion question) {
    return StoppableStatement.run(pool, question.sql(), tuple(question.parameters()))
        .map(rows -> cells(question, rows));
  }

  @Override
  public Uni<CellStream> open(PreparedQuestion question) {
    return pools.ask(pool -> open(pool, question), cells -> isWhole(cells, question));
  }

  /**
   * Deferred: each database that is tried needs a permit, a failed attempt has released its own.
   */
  private Uni<CellStream> open(Pool pool, PreparedQuestion question) {
    return Uni.createFrom()
        .deferred(
            () ->
                streams.tryAcquire()
                    ? CellStreamOpening.open(pool, question, streams::release)
                    : Uni.createFrom()
                        .failure(
                            new DataUnavailableException(
                                new RejectedExecutionException("too many streams"))));
  }

  /** Closes a stream that lacks imports: the next database is tried. */
  private static Uni<Boolean> isWhole(CellStream cells, PreparedQuestion question) {
    return cells.publishedImports() >= question.imports().size()
        ? Uni.createFrom().item(true)
        : cells.close().replaceWith(false);
  }

  private static Tuple tuple(List<Object> parameters) {
    Tuple tuple = Tuple.tuple();
    for (Object parameter : parameters) {
      tuple.addValue(parameter);
    }
    return tuple;
  }

  private static Cells cells(PreparedQuestion question, RowSet<Row> rows) {
    RowReader reader = new RowReader(question, LEADING_COLUMNS);
    int imports = 0;
    long total = 0;
    List<ResultRow> read = new ArrayList<>(rows.size());
    for (Row row : rows) {
      imports = Math.toIntExact(row.getLong(0));
      total = row.getLong(1);
      if (row.getLong(2) != null) {
        read.add(reader.read(row));
      }
    }
    return new Cells(imports, total, read);
  }
}
