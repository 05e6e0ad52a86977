package fr.opendamir.store;

import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.MeasureValue;
import fr.opendamir.catalog.RowStatus;
import fr.opendamir.query.PreparedQuestion;
import fr.opendamir.query.ResultRow;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    boolean isEmpty = question.isFilled() && row.getBoolean(column++);
    boolean isWithoutDenominator = hasRates && row.getBoolean(column++);
    Optional<RowStatus> compared =
        question.isComparison()
            ? Optional.of(RowStatus.valueOf(row.getString(column++)))
            : Optional.empty();
    List<BigDecimal> values = new ArrayList<>(question.measures().size());
    for (Measure measure : question.measures()) {
      for (MeasureValue.Kind kind : question.kinds()) {
        values.add(value(row, column++, kind.decimals(measure)));
      }
    }
    return new ResultRow(
        codes, values, RowStatus.of(isSuppressed, isEmpty, isWithoutDenominator), compared);
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
