package fr.opendamir.format.parquet;

import fr.opendamir.table.AnswerTable;
import fr.opendamir.table.Column;
import fr.opendamir.table.ColumnType;
import fr.opendamir.table.Period;
import fr.opendamir.table.Row;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.duckdb.DuckDBAppender;

/** Appends rows to a table with the columns of {@link ParquetSchema}. */
final class RowAppender implements AutoCloseable {
  private static final int CENTS = 2;

  private final List<Column> columns;
  private final List<Column> periods;
  private final DuckDBAppender appender;

  RowAppender(AnswerTable table, DuckDBAppender appender) {
    this.columns = table.columns();
    this.periods = ParquetSchema.periods(table);
    this.appender = appender;
    // Batches are appended on whichever thread is free, one after the other: no lock is needed.
    var unused = appender.unsafeBreakThreadConfinement();
  }

  void append(Row row) throws SQLException {
    appender.beginRow();
    for (Column column : columns) {
      append(column, row);
    }
    if (!periods.isEmpty()) {
      append(start(row));
    }
    appender.endRow();
  }

  private void append(Column column, Row row) throws SQLException {
    int position = column.position();
    switch (column.type()) {
      case CODE, PERIOD -> append(row.codes().get(position));
      case LABEL -> append(column.label().apply(row.codes().get(position)));
      case STATUS -> append(row.statusId(column));
      case MONEY, COUNT, RATIO -> append(column.type(), row.figures().get(position));
    }
  }

  private void append(String text) throws SQLException {
    if (text == null) {
      appender.appendNull();
    } else {
      appender.append(text);
    }
  }

  private void append(ColumnType type, BigDecimal figure) throws SQLException {
    if (figure == null) {
      appender.appendNull();
    } else if (type == ColumnType.MONEY) {
      appender.append(figure.setScale(CENTS));
    } else if (type == ColumnType.COUNT) {
      appender.append(figure.longValueExact());
    } else {
      appender.append(figure.doubleValue());
    }
  }

  private void append(LocalDate date) throws SQLException {
    if (date == null) {
      appender.appendNull();
    } else {
      appender.append(date);
    }
  }

  /** The first day of the finest period of a row, which begins last; null without a period. */
  private LocalDate start(Row row) {
    return periods.stream()
        .map(column -> Period.parse(row.codes().get(column.position())))
        .map(period -> period.map(Period::firstDay).orElse(null))
        .filter(Objects::nonNull)
        .max(LocalDate::compareTo)
        .orElse(null);
  }

  /** Writes what was appended to the table. */
  @Override
  public void close() throws SQLException {
    appender.close();
  }
}
