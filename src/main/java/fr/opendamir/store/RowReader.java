package fr.opendamir.store;

import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.RowStatus;
import fr.opendamir.query.PreparedQuestion;
import fr.opendamir.query.ResultRow;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the rows of a statement, whose columns {@link PreparedQuestion} describes.
 *
 * @param leadingColumns number of columns before the columns of the row
 */
record RowReader(PreparedQuestion question, boolean hasRates, int leadingColumns) {
  RowReader(PreparedQuestion question, int leadingColumns) {
    this(question, question.hasRates(), leadingColumns);
  }

  ResultRow read(Row row) {
    int column = leadingColumns;
    List<String> codes = new ArrayList<>(question.levels().size());
    for (int i = 0; i < question.levels().size(); i++) {
      codes.add(row.getString(column++));
    }
    boolean isSuppressed = row.getBoolean(column++);
    boolean isWithoutDenominator = hasRates && row.getBoolean(column++);
    List<BigDecimal> values = new ArrayList<>(question.measures().size());
    for (Measure measure : question.measures()) {
      values.add(value(row, column++, measure.decimals()));
    }
    return new ResultRow(codes, values, RowStatus.of(isSuppressed, isWithoutDenominator));
  }

  /** Most values are {@code bigint}, quotients are {@code numeric}. */
  private static BigDecimal value(Row row, int column, int decimals) {
    Object stored = row.getValue(column);
    if (stored == null) {
      return null;
    }
    return stored instanceof Long whole
        ? BigDecimal.valueOf(whole, decimals)
        : row.getBigDecimal(column).scaleByPowerOfTen(-decimals);
  }
}
