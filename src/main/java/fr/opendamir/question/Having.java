package fr.opendamir.question;

import fr.opendamir.catalog.MeasureValue;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A condition on a value of a row. A row without a displayed value meets no condition.
 *
 * @param value in the unit of the measure: euros, acts, or a ratio
 */
public record Having(MeasureValue measure, Operator operator, BigDecimal value) {
  private static final int MOST_DECIMALS = 6;
  private static final int MOST_DIGITS = 15;

  /** Numbers with more zeros are rejected in any case, and could take a gigabyte as text. */
  private static final int MOST_ZEROS = 20;

  /**
   * Smaller than the resolution of condition values (six decimals): used to test values just below
   * and above them.
   */
  private static final BigDecimal LEAST = new BigDecimal("0.00000001");

  /** Normalizes the value: 1.50 and 1.5 are the same condition, and 100 is never written 1E+2. */
  public Having {
    value = value.stripTrailingZeros();
    value = value.setScale(Math.max(0, value.scale()));
  }

  /** Whether a number has at most 15 digits before and 6 after the decimal point. */
  static boolean isValue(BigDecimal number) {
    long digits = (long) number.precision() - number.scale();
    return number.scale() >= -MOST_ZEROS
        && number.scale() <= MOST_DECIMALS
        && (digits <= MOST_DIGITS || number.signum() == 0);
  }

  /** Whether a number without an exponent has few zeros. */
  static boolean isShort(BigDecimal number) {
    return Math.abs((long) number.scale()) <= MOST_ZEROS;
  }

  /** Comparison operators, with their names in the parameter and in SQL. */
  public enum Operator {
    EQ("="),
    NE("<>"),
    LT("<"),
    LE("<="),
    GT(">"),
    GE(">=");

    private final String id = name().toLowerCase(Locale.ROOT);
    private final String sql;

    Operator(String sql) {
      this.sql = sql;
    }

    public String sql() {
      return sql;
    }

    /** The name in the parameter. */
    public String id() {
      return id;
    }

    static Optional<Operator> find(String id) {
      return Arrays.stream(values()).filter(o -> o.id().equalsIgnoreCase(id)).findFirst();
    }
  }

  /**
   * Whether no value can meet all of the given conditions on one measure. Quadratic in the number
   * of conditions.
   */
  static boolean isContradiction(List<Having> conditions) {
    return !conditions.isEmpty()
        && conditions.stream()
            .flatMap(one -> Stream.of(one.value, one.value.subtract(LEAST), one.value.add(LEAST)))
            .noneMatch(value -> conditions.stream().allMatch(one -> one.accepts(value)));
  }

  private boolean accepts(BigDecimal figure) {
    int comparison = figure.compareTo(value);
    return switch (operator) {
      case EQ -> comparison == 0;
      case NE -> comparison != 0;
      case LT -> comparison < 0;
      case LE -> comparison <= 0;
      case GT -> comparison > 0;
      case GE -> comparison >= 0;
    };
  }

  /** The text form, as in the parameter {@code having}. */
  public String text() {
    return measure.id() + ":" + operator.id() + ":" + value.toPlainString();
  }
}
