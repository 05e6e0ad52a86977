package fr.opendamir.columns;

import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.RowStatus;
import fr.opendamir.query.Cells;
import fr.opendamir.query.PreparedQuestion;
import fr.opendamir.query.ResultRow;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the rows of a question's statement. What is the same in every row is looked up once: a page
 * has ten thousand.
 */
final class JdbcRows {
  private final ResultSet rows;
  private final int leadingColumns;
  private final int levels;
  private final boolean isFilled;
  private final boolean hasRates;
  private final boolean isComparison;
  private final int firstValue;
  private final int[] decimals;
  private final boolean[] isLong;

  /**
   * Creates a reader.
   *
   * @param leadingColumns number of columns before the columns of a row
   */
  JdbcRows(PreparedQuestion question, ResultSet rows, int leadingColumns) throws SQLException {
    this.rows = rows;
    this.leadingColumns = leadingColumns;
    this.levels = question.levels().size();
    this.isFilled = question.isFilled();
    this.hasRates = question.hasRates();
    this.isComparison = question.isComparison();
    this.decimals =
        question.measures().stream()
            .flatMapToInt(
                measure -> question.kinds().stream().mapToInt(kind -> kind.decimals(measure)))
            .toArray();
    this.firstValue = leadingColumns + 1 + question.width() - decimals.length;
    this.isLong = new boolean[decimals.length];
    ResultSetMetaData types = rows.getMetaData();
    for (int i = 0; i < isLong.length; i++) {
      isLong[i] = types.getColumnType(firstValue + i) == Types.BIGINT;
    }
  }

  /** Reads the current row. */
  ResultRow read() throws SQLException {
    int column = leadingColumns + 1;
    List<String> codes = new ArrayList<>(levels);
    for (int i = 0; i < levels; i++) {
      codes.add(rows.getString(column++));
    }
    boolean isSuppressed = rows.getBoolean(column++);
    boolean isEmpty = isFilled && rows.getBoolean(column++);
    boolean isWithoutDenominator = hasRates && rows.getBoolean(column++);
    Optional<RowStatus> compared =
        isComparison ? Optional.of(RowStatus.valueOf(rows.getString(column))) : Optional.empty();
    List<BigDecimal> values = new ArrayList<>(decimals.length);
    for (int i = 0; i < decimals.length; i++) {
      values.add(
          isLong[i]
              ? whole(firstValue + i, decimals[i])
              : value(rows.getObject(firstValue + i), decimals[i]));
    }
    return new ResultRow(
        codes, values, RowStatus.of(isSuppressed, isEmpty, isWithoutDenominator), compared);
  }

  /**
   * Reads the coverage of rates, which is the same in every row of a page.
   *
   * @param columnsBefore number of columns before those of the coverage
   */
  static Map<Measure, BigDecimal> coverage(
      PreparedQuestion question, ResultSet row, int columnsBefore) throws SQLException {
    List<BigDecimal> columns = new ArrayList<>();
    for (int i = 0; i < 2 * question.rates().size(); i++) {
      columns.add(value(row.getObject(columnsBefore + 1 + i), 0));
    }
    return Cells.coverage(question, columns::get);
  }

  private BigDecimal whole(int column, int decimals) throws SQLException {
    long stored = rows.getLong(column);
    return rows.wasNull() ? null : BigDecimal.valueOf(stored, decimals);
  }

  /** Quotients are wider than {@code bigint}. */
  private static BigDecimal value(Object stored, int decimals) {
    if (stored == null) {
      return null;
    }
    if (stored instanceof BigDecimal whole) {
      return whole.scaleByPowerOfTen(-decimals).setScale(decimals);
    }
    return stored instanceof BigInteger wide
        ? new BigDecimal(wide, decimals)
        : BigDecimal.valueOf(((Number) stored).longValue(), decimals);
  }
}
