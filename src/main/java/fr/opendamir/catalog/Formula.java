package fr.opendamir.catalog;

import java.util.List;
import java.util.function.Function;

/**
 * The calculation of a measure from the sums of a cell. A value is a whole number of units of its
 * last decimal: cents, acts, millionths.
 */
public sealed interface Formula {

  /** The sums used in the calculation. */
  List<SumColumn> sums();

  /** Decimals of its values. */
  int decimals();

  /** Whether the value of two merged cells is the sum of their values. */
  boolean isAdditive();

  /**
   * Renders the value as SQL, with the same result in every engine.
   *
   * @param column the expression of a sum: a {@code bigint}, never null
   * @return an expression without decimals: {@code bigint}, or a wider integer for a quotient
   */
  String sql(SqlDialect dialect, Function<SumColumn, String> column);

  /** The sum itself. */
  record Sum(SumColumn of) implements Formula {
    @Override
    public List<SumColumn> sums() {
      return List.of(of);
    }

    @Override
    public int decimals() {
      return of.measure().decimals();
    }

    @Override
    public boolean isAdditive() {
      return true;
    }

    @Override
    public String sql(SqlDialect dialect, Function<SumColumn, String> column) {
      return column.apply(of);
    }
  }

  /** {@code minuend − subtrahend}, two sums of the same unit. */
  record Difference(SumColumn minuend, SumColumn subtrahend) implements Formula {
    @Override
    public List<SumColumn> sums() {
      return List.of(minuend, subtrahend);
    }

    @Override
    public int decimals() {
      return minuend.measure().decimals();
    }

    @Override
    public boolean isAdditive() {
      return true;
    }

    @Override
    public String sql(SqlDialect dialect, Function<SumColumn, String> column) {
      return column.apply(minuend) + " - " + column.apply(subtrahend);
    }
  }

  /**
   * {@code dividend ÷ divisor}, rounded once from the exact quotient, ties away from zero; null if
   * the divisor is zero.
   */
  record Quotient(SumColumn dividend, SumColumn divisor, int decimals) implements Formula {
    @Override
    public List<SumColumn> sums() {
      return List.of(dividend, divisor);
    }

    @Override
    public boolean isAdditive() {
      return false;
    }

    /**
     * Renders {@code trunc((2n ± |d|) / 2d)} with the sign of {@code n}, which rounds {@code n /
     * d}. It uses only whole numbers, of at most 38 digits: a decimal quotient has more digits than
     * an engine holds, so rounding it would round twice.
     */
    @Override
    public String sql(SqlDialect dialect, Function<SumColumn, String> column) {
      String n = column.apply(dividend);
      String d = column.apply(divisor);
      return dialect.truncatedQuotient(
          "%d * %s + CASE WHEN %s < 0 THEN -abs(%s) ELSE abs(%s) END"
              .formatted(2 * factor(), dialect.wide(n), n, d, d),
          "2 * nullif(%s, 0)".formatted(d));
    }

    /** Power of ten that scales the quotient of two unscaled sums to its last decimal. */
    private long factor() {
      int power = decimals + divisor.measure().decimals() - dividend.measure().decimals();
      return Math.round(Math.pow(10, power));
    }
  }
}
