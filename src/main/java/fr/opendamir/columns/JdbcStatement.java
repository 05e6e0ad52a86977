package fr.opendamir.columns;

import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.MeasureValue;
import fr.opendamir.catalog.RowStatus;
import fr.opendamir.query.Cells;
import fr.opendamir.query.PreparedQuestion;
import fr.opendamir.query.ResultRow;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A statement of a question on a connection: parameters by position, and rows. */
final class JdbcStatement {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$(\\d+)");

  private JdbcStatement() {}

  /**
   * Prepares a statement. Placeholders have numbers in the text, and parameters are repeated where
   * a number is.
   */
  static PreparedStatement prepare(Connection connection, PreparedQuestion question)
      throws SQLException {
    List<Object> parameters = new ArrayList<>();
    Matcher placeholder = PLACEHOLDER.matcher(question.sql());
    String sql =
        placeholder.replaceAll(
            found -> {
              parameters.add(question.parameters().get(Integer.parseInt(found.group(1)) - 1));
              return "?";
            });
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.size(); i++) {
      statement.setObject(i + 1, parameters.get(i));
    }
    return statement;
  }

  /**
   * Reads the current row.
   *
   * @param leadingColumns number of columns before the columns of the row
   */
  static ResultRow read(PreparedQuestion question, ResultSet row, int leadingColumns)
      throws SQLException {
    int column = leadingColumns + 1;
    List<String> codes = new ArrayList<>(question.levels().size());
    for (int i = 0; i < question.levels().size(); i++) {
      codes.add(row.getString(column++));
    }
    boolean isSuppressed = row.getBoolean(column++);
    boolean isEmpty = question.isFilled() && row.getBoolean(column++);
    boolean isWithoutDenominator = question.hasRates() && row.getBoolean(column++);
    Optional<RowStatus> compared =
        question.isComparison()
            ? Optional.of(RowStatus.valueOf(row.getString(column++)))
            : Optional.empty();
    List<BigDecimal> values = new ArrayList<>(question.measures().size());
    for (Measure measure : question.measures()) {
      for (MeasureValue.Kind kind : question.kinds()) {
        values.add(value(row.getObject(column++), kind.decimals(measure)));
      }
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

  /** Most values are {@code bigint}; quotients are wider. */
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
