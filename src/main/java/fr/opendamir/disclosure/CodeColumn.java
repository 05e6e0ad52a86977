package fr.opendamir.disclosure;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.ReservedCodes;
import java.util.List;
import java.util.Optional;

/**
 * How the codes of a dimension are held in the import's analytical database. Numeric codes, which
 * is what the files hold, are integers (grouping millions of lines on integers takes two thirds of
 * the time that text takes) with negative numbers for the words; a dimension that turns out to hold
 * other codes is text.
 *
 * @param numeric whether the source codes are all whole numbers
 * @param words the codes of this dimension that are words, such as {@code 3_5} or {@code
 *     G:pharmacy}
 */
public record CodeColumn(Dimension dimension, boolean numeric, List<String> words) {
  private static final int NOT_FILLED = -1;
  private static final int NOT_DISCLOSED = -2;
  private static final int FIRST_WORD = -10;

  public CodeColumn {
    words = List.copyOf(words);
  }

  public String name() {
    return dimension.id();
  }

  /** The level of its groups, which is also the name of their column; empty for most dimensions. */
  public Optional<Level> groups() {
    return Level.groupsOf(dimension);
  }

  /**
   * The table of the codes that occur, each with its group, and for services with the units of an
   * act. There is one for each dimension with groups.
   */
  public String codeTable() {
    return "code_of_" + name();
  }

  public String sqlType() {
    return numeric ? "INTEGER" : "VARCHAR";
  }

  /** The SQL literal of a public code. */
  public String literal(String code) {
    if (!numeric) {
      return quote(code);
    }
    if (code.equals(ReservedCodes.NOT_FILLED)) {
      return String.valueOf(NOT_FILLED);
    }
    if (code.equals(ReservedCodes.NOT_DISCLOSED)) {
      return String.valueOf(NOT_DISCLOSED);
    }
    int word = words.indexOf(code);
    return word >= 0 ? String.valueOf(FIRST_WORD - word) : String.valueOf(Integer.parseInt(code));
  }

  /** The SQL expression that gives the public code, as text, of an expression of this column. */
  public String decode(String expression) {
    if (!numeric) {
      return expression;
    }
    StringBuilder sql = new StringBuilder("CASE WHEN " + expression + " >= 0 THEN ");
    sql.append("CAST(").append(expression).append(" AS VARCHAR) ELSE CASE ").append(expression);
    when(sql, NOT_FILLED, ReservedCodes.NOT_FILLED);
    when(sql, NOT_DISCLOSED, ReservedCodes.NOT_DISCLOSED);
    for (int i = 0; i < words.size(); i++) {
      when(sql, FIRST_WORD - i, words.get(i));
    }
    return sql.append(" END END").toString();
  }

  private static void when(StringBuilder sql, int value, String code) {
    sql.append(" WHEN ").append(value).append(" THEN ").append(quote(code));
  }

  static String quote(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
