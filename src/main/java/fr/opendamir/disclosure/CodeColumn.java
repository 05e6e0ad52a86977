package fr.opendamir.disclosure;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.ReservedCodes;
import java.util.List;
import java.util.Optional;

/**
 * The column of a dimension's codes in the import's analytical database. Numeric codes, the usual
 * case in the files, are stored as integers: grouping millions of lines by integers takes two
 * thirds of the time that text takes. Codes that are words are then negative integers. A dimension
 * whose file holds any other code is stored as text.
 *
 * <p>The encoding is private to one import: blocks are exported with {@link #decode}, as public
 * codes.
 *
 * @param numeric whether the source codes are all whole numbers
 * @param words the codes of this dimension that are words, such as {@code 6_11} or {@code
 *     G:pharmacy}; their positions give their integers, so the order must not change during an
 *     import
 */
public record CodeColumn(Dimension dimension, boolean numeric, List<String> words) {
  // Negative, because source codes are plain non-negative numbers.
  private static final int NOT_FILLED = -1;
  private static final int NOT_DISCLOSED = -2;
  private static final int FIRST_WORD = -10;

  public CodeColumn {
    words = List.copyOf(words);
  }

  /** Returns the column of a dimension. */
  public static CodeColumn of(Dimension dimension, List<CodeColumn> columns) {
    return columns.stream().filter(c -> c.dimension == dimension).findFirst().orElseThrow();
  }

  public String name() {
    return dimension.id();
  }

  /**
   * The level of the dimension's groups, whose id is also the name of their column; empty for most
   * dimensions.
   */
  public Optional<Level> groups() {
    return Level.groupsOf(dimension);
  }

  /**
   * Returns the name of the table that holds the codes that occur, each with its group and, for
   * services, the units per act. Each dimension with groups has one.
   */
  public String codeTable() {
    return "code_of_" + name();
  }

  public String sqlType() {
    return numeric ? "INTEGER" : "VARCHAR";
  }

  /** The least value of a numeric column. */
  int least() {
    return FIRST_WORD - words.size();
  }

  /** Returns the SQL literal of a public code. */
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

  /**
   * Returns an SQL expression that converts a value of this column into its public code as text.
   */
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
