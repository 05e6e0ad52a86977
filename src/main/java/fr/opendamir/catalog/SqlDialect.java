package fr.opendamir.catalog;

/**
 * What differs between the SQL of the engines that answer questions: integers of 38 digits and
 * their division. Everything else is rendered once, in the subset that all of them share.
 */
public enum SqlDialect {
  POSTGRESQL("numeric(38,0)", "div(%s, %s)"),
  DUCKDB("hugeint", "(%s) // (%s)"),
  /** A quotient of decimals is rounded, so what is divided is a multiple of the divisor. */
  TRINO(
      "decimal(38,0)",
      "((%1$s) - mod(%1$s, CAST(%2$s AS decimal(38,0)))) / CAST(%2$s AS decimal(38,0))");

  private final String wide;
  private final String quotient;

  SqlDialect(String wide, String quotient) {
    this.wide = wide;
    this.quotient = quotient;
  }

  /** Converts an integer expression to an integer of up to 38 digits. */
  String wide(String expression) {
    return "CAST(" + expression + " AS " + wide + ")";
  }

  /** Divides two wide integers and drops the fraction; null if the divisor is null. */
  String truncatedQuotient(String dividend, String divisor) {
    return quotient.formatted(dividend, divisor);
  }
}
