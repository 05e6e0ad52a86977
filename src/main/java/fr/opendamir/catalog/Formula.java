package fr.opendamir.catalog;

import java.util.List;
import java.util.function.UnaryOperator;

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
   * @param column maps the name of a column to its expression; a sum is a {@code bigint}, never
   *     null
   * @return an expression without decimals: {@code bigint}, or a wider integer for a quotient
   */
  String sql(SqlDialect dialect, UnaryOperator<String> column);

  /**
   * Renders {@code trunc((2n ± |d|) / 2d)} with the sign of {@code n}, which rounds {@code n / d}.
   * It uses only whole numbers, of at most 38 digits: a decimal quotient has more digits than an
   * engine holds, so rounding it would round twice. Null if the divisor is null or zero.
   *
   * @param factor by which the dividend is multiplied
   */
  private static String rounded(SqlDialect dialect, String n, String d, long factor) {
    return dialect.truncatedQuotient(
        "%d * %s + CASE WHEN %s < 0 THEN -abs(%s) ELSE abs(%s) END"
            .formatted(2 * factor, dialect.wide(n), n, d, d),
        "2 * nullif(%s, 0)".formatted(d));
  }

  /**
   * Renders the quotient of two whole numbers of the same unit, in units of its last decimal.
   *
   * @param divisor null or zero gives null
   */
  static String quotient(SqlDialect dialect, String dividend, String divisor, int decimals) {
    return rounded(dialect, dividend, divisor, powerOfTen(decimals));
  }

  private static long powerOfTen(int power) {
    return Math.round(Math.pow(10, power));
  }

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
    public String sql(SqlDialect dialect, UnaryOperator<String> column) {
      return column.apply(of.id());
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
    public String sql(SqlDialect dialect, UnaryOperator<String> column) {
      return column.apply(minuend.id()) + " - " + column.apply(subtrahend.id());
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

    @Override
    public String sql(SqlDialect dialect, UnaryOperator<String> column) {
      return rounded(dialect, column.apply(dividend.id()), column.apply(divisor.id()), factor());
    }

    /** Power of ten that scales the quotient of two unscaled sums to its last decimal. */
    private long factor() {
      int power = decimals + divisor.measure().decimals() - dividend.measure().decimals();
      return powerOfTen(power);
    }
  }

  /**
   * A sum or difference per inhabitant and year. Its SQL needs columns besides the sums: {@value
   * #PEOPLE}, and {@link #weighted} and {@value #WEIGHTS} if it is standardised.
   *
   * @param per number of inhabitants that the rate is about
   * @param isStandardised whether it is the rate that a standard population would have
   */
  record Rate(Formula numerator, int per, int decimals, boolean isStandardised) implements Formula {
    /**
     * The population of a cell: the sum over its months of the populations of 1 January before and
     * after, so that a person-year counts {@value #PER_PERSON_YEAR}. Null without a population.
     */
    public static final String PEOPLE = "people";

    public static final int PER_PERSON_YEAR = 24;

    /** The sum of the weights of all strata, in the unit of {@link #weighted}. */
    public static final String WEIGHTS = "weights";

    /** Decimals to which the rate of each stratum is calculated, besides those of the value. */
    private static final long PRECISION = 1_000_000_000L;

    @Override
    public List<SumColumn> sums() {
      return numerator.sums();
    }

    @Override
    public boolean isAdditive() {
      return false;
    }

    @Override
    public String sql(SqlDialect dialect, UnaryOperator<String> column) {
      return isStandardised
          ? rounded(dialect, column.apply(weighted()), WEIGHTS, 1)
          : rounded(
              dialect, "(" + numerator.sql(dialect, column) + ")", column.apply(PEOPLE), factor());
    }

    /** The name of the column with the weighted sum of the rates of all strata. */
    public String weighted() {
      return "weighted_" + numerator.sums().get(0).id();
    }

    /**
     * Renders the weighted rate of one stratum; null without a population.
     *
     * @param column the expression of a sum over the stratum
     * @param people the expression of the population of the stratum
     */
    public String ofStratum(
        SqlDialect dialect, UnaryOperator<String> column, String people, int weight) {
      return dialect.truncatedQuotient(
          "%d * %s * %d"
              .formatted(
                  PRECISION, dialect.wide(numerator.sql(dialect, column)), factor() * weight),
          "nullif(%s, 0)".formatted(people));
    }

    /** The sum of weights as {@link #WEIGHTS} has it. */
    public static long scaled(long weights) {
      return weights * PRECISION;
    }

    private long factor() {
      return (long) PER_PERSON_YEAR * per * powerOfTen(decimals - numerator.decimals());
    }
  }
}
