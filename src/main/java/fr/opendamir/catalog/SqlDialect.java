package fr.opendamir.catalog;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What differs between the SQL of the engines that answer questions: integers of 38 digits, their
 * division, and how codes are looked up and compared with lists. Everything else is rendered once,
 * in the subset that all of them share.
 */
public enum SqlDialect {
  POSTGRESQL("numeric(38,0)", "div(%s, %s)") {
    @Override
    public String code(String column, Map<String, String> codes) {
      return codes.entrySet().stream()
          .map(entry -> "\"" + safe(entry.getKey()) + "\":\"" + safe(entry.getValue()) + "\"")
          .collect(joining(",", "(CAST('{", "}' AS jsonb) ->> (" + column + "))"));
    }
  },
  DUCKDB("hugeint", "(%s) // (%s)") {
    @Override
    public String code(String column, Map<String, String> codes) {
      return found(column, codes, SqlDialect::literal);
    }

    private String found(String column, Map<String, ?> values, Function<Object, String> literal) {
      return values.entrySet().stream()
          .map(entry -> literal(entry.getKey()) + ": " + literal.apply(entry.getValue()))
          .collect(joining(", ", "map_extract_value(MAP {", "}, " + column + ")"));
    }

    /**
     * Looks up what was found once more instead of calling {@code coalesce}: only functions of one
     * column are evaluated for the codes of a dictionary instead of for every row.
     */
    @Override
    public String code(String column, Map<String, String> codes, String otherwise) {
      Map<String, String> results = new TreeMap<>();
      codes.values().forEach(code -> results.put(code, code));
      results.put("", otherwise);
      return code("concat(" + code(column, codes) + ")", results);
    }

    /** DuckDB compares a list of codes with each row, but finds a position once for each code. */
    @Override
    public String isOneOf(String column, List<String> parameters) {
      return parameters.size() == 1
          ? super.isOneOf(column, parameters)
          : "list_position([%s], %s) IS NOT NULL".formatted(String.join(", ", parameters), column);
    }

    /**
     * The list has a row of results for each first code; numbers for both codes add to a position.
     */
    @Override
    public String code(
        String first, String second, Map<String, Map<String, String>> codes, String otherwise) {
      List<String> seconds =
          codes.values().stream().flatMap(row -> row.keySet().stream()).distinct().toList();
      List<String> firsts = List.copyOf(codes.keySet());
      String list =
          firsts.stream()
              .flatMap(key -> seconds.stream().map(codes.get(key)::get))
              .map(code -> code == null ? "NULL" : literal(code))
              .collect(joining(", ", "[", "]"));
      return "coalesce(list_extract(%s, %s + %s), %s)"
          .formatted(
              list,
              found(first, positions(firsts, 0, seconds.size()), String::valueOf),
              found(second, positions(seconds, 1, 1), String::valueOf),
              literal(otherwise));
    }

    /**
     * Gives each second code a bit, and each first code the sum of the bits of what is accepted
     * with it. Comparing bits takes half the time of finding a position in a list.
     */
    @Override
    public String isAccepted(
        String first,
        String second,
        Map<String, Map<String, Boolean>> accepted,
        boolean otherwise) {
      Map<String, Long> bits = new TreeMap<>();
      accepted.values().forEach(row -> row.keySet().forEach(key -> bits.put(key, 0L)));
      long bit = 1;
      for (Map.Entry<String, Long> entry : bits.entrySet()) {
        entry.setValue(bit);
        bit = Math.multiplyExact(bit, 2);
      }
      Map<String, Long> sums = new TreeMap<>();
      accepted.forEach(
          (key, row) ->
              sums.put(
                  key,
                  row.entrySet().stream()
                      .filter(Map.Entry::getValue)
                      .mapToLong(entry -> bits.get(entry.getKey()))
                      .sum()));
      String isAccepted =
          "(%s & %s) <> 0"
              .formatted(found(first, sums, String::valueOf), found(second, bits, String::valueOf));
      return otherwise ? "coalesce(" + isAccepted + ", true)" : isAccepted;
    }

    private Map<String, Integer> positions(List<String> keys, int first, int step) {
      return IntStream.range(0, keys.size())
          .boxed()
          .collect(Collectors.toMap(keys::get, i -> first + i * step, (a, b) -> a, TreeMap::new));
    }
  },
  /** A quotient of decimals is rounded, so what is divided is a multiple of the divisor. */
  TRINO(
      "decimal(38,0)",
      "((%1$s) - mod(%1$s, CAST(%2$s AS decimal(38,0)))) / CAST(%2$s AS decimal(38,0))") {
    @Override
    public String code(String column, Map<String, String> codes) {
      return "element_at(map(%s, %s), %s)"
          .formatted(array(codes.keySet()), array(codes.values()), column);
    }

    private String array(Collection<String> codes) {
      return codes.stream().map(SqlDialect::literal).collect(joining(", ", "ARRAY[", "]"));
    }
  };

  /** What codes consist of: nothing that has a meaning in a literal or in JSON. */
  private static final Pattern CODE = Pattern.compile("[\\w.:-]*");

  private static final String SEPARATOR = ":";

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

  /**
   * Renders the code that belongs to the code in a column; null for all codes that are not given.
   *
   * @param codes results by the code in the column
   * @throws IllegalArgumentException if a code has a character that no listed code has
   */
  public abstract String code(String column, Map<String, String> codes);

  /**
   * Renders the code that belongs to the code in a column.
   *
   * @param codes results by the code in the column
   * @param otherwise the result for all other codes
   */
  public String code(String column, Map<String, String> codes, String otherwise) {
    return "coalesce(%s, %s)".formatted(code(column, codes), literal(otherwise));
  }

  /**
   * Renders the code that belongs to the codes in two columns.
   *
   * @param codes results by the code in the first column, then by that in the second
   * @param otherwise the result for all other codes
   */
  public String code(
      String first, String second, Map<String, Map<String, String>> codes, String otherwise) {
    Map<String, String> both = new TreeMap<>();
    codes.forEach(
        (key, row) -> row.forEach((other, code) -> both.put(key + SEPARATOR + other, code)));
    return code(first + " || '" + SEPARATOR + "' || " + second, both, otherwise);
  }

  /**
   * Renders whether the codes in two columns are accepted together; null counts as false.
   *
   * @param accepted by the code in the first column, then by that in the second
   * @param otherwise whether all other codes are accepted
   */
  public String isAccepted(
      String first, String second, Map<String, Map<String, Boolean>> accepted, boolean otherwise) {
    Map<String, Map<String, String>> codes = new TreeMap<>();
    accepted.forEach(
        (key, row) -> {
          Map<String, String> ofRow = new TreeMap<>();
          row.forEach((other, value) -> ofRow.put(other, value.toString()));
          codes.put(key, ofRow);
        });
    return "%s = 'true'".formatted(code(first, second, codes, String.valueOf(otherwise)));
  }

  /**
   * Renders whether the code in a column is one of several.
   *
   * @param parameters the placeholders of the codes
   */
  public String isOneOf(String column, List<String> parameters) {
    return "%s IN (%s)".formatted(column, String.join(", ", parameters));
  }

  private static String literal(Object code) {
    return "'" + safe(String.valueOf(code)) + "'";
  }

  private static String safe(String code) {
    if (!CODE.matcher(code).matches()) {
      throw new IllegalArgumentException("not a code of a list: " + code);
    }
    return code;
  }
}
