package fr.opendamir.store;

import fr.opendamir.catalog.Measure;
import fr.opendamir.query.Cells;
import fr.opendamir.query.PreparedQuestion;
import fr.opendamir.query.ResultRow;
import fr.opendamir.query.RollupSource;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Rollups through the Vert.x client, as the role that can read published figures and nothing else.
 */
@ApplicationScoped
class PgRollupSource implements RollupSource {
  private static final int LEADING_COLUMNS = 3;

  private final Pool pool;

  PgRollupSource(@ReactiveDataSource("figures") Pool pool) {
    this.pool = pool;
  }

  @Override
  public Uni<Cells> run(PreparedQuestion question) {
    return StoppableStatement.run(pool, question.sql(), Tuple.from(question.parameters()))
        .map(rows -> cells(question, rows))
        .onFailure()
        .transform(Availability::translate);
  }

  private static Cells cells(PreparedQuestion question, RowSet<Row> rows) {
    RowReader reader = new RowReader(question, LEADING_COLUMNS);
    int imports = 0;
    long total = 0;
    List<ResultRow> read = new ArrayList<>(rows.size());
    // There is at least one row, and coverage is the same in all.
    Row first = rows.iterator().next();
    Map<Measure, BigDecimal> coverage =
        Cells.coverage(question, i -> first.getBigDecimal(LEADING_COLUMNS + question.width() + i));
    for (Row row : rows) {
      imports = Math.toIntExact(row.getLong(0));
      total = row.getLong(1);
      if (row.getLong(2) != null) {
        read.add(reader.read(row));
      }
    }
    return new Cells(imports, total, read, coverage);
  }
}
