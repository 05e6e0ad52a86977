package fr.opendamir.store;

import fr.opendamir.query.Cells;
import fr.opendamir.query.FigureSource;
import fr.opendamir.query.PreparedQuestion;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/**
 * Figures through the Vert.x client, as the role that can read published blocks and nothing else.
 */
@ApplicationScoped
class PgFigureSource implements FigureSource {
  private static final int LEADING_COLUMNS = 3;

  private final Pool pool;

  PgFigureSource(@ReactiveDataSource("figures") Pool pool) {
    this.pool = pool;
  }

  @Override
  public Uni<Cells> run(PreparedQuestion question) {
    return pool.preparedQuery(question.sql())
        .execute(tuple(question.parameters()))
        .map(rows -> cells(question, rows))
        .onFailure()
        .transform(Availability::translate);
  }

  private static Tuple tuple(List<Object> parameters) {
    Tuple tuple = Tuple.tuple();
    for (Object parameter : parameters) {
      tuple.addValue(parameter);
    }
    return tuple;
  }

  private static Cells cells(PreparedQuestion question, RowSet<Row> rows) {
    int imports = 0;
    long total = 0;
    List<Cells.Cell> cells = new ArrayList<>(rows.size());
    for (Row row : rows) {
      imports = Math.toIntExact(row.getLong(0));
      total = row.getLong(1);
      if (row.getLong(2) != null) {
        cells.add(cell(question, row));
      }
    }
    return new Cells(imports, total, cells);
  }

  private static Cells.Cell cell(PreparedQuestion question, Row row) {
    List<String> codes = new ArrayList<>(question.levels().size());
    List<Long> sums = new ArrayList<>(question.sums().size());
    for (int i = 0; i < question.levels().size(); i++) {
      codes.add(row.getString(LEADING_COLUMNS + i));
    }
    for (int i = 0; i < question.sums().size(); i++) {
      sums.add(row.getLong(LEADING_COLUMNS + question.levels().size() + i));
    }
    return new Cells.Cell(codes, sums);
  }
}
