package fr.opendamir.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keys in the database that uses them: what went in comes out, in the same order. */
class AtomKeyTest {
  private static final List<String> WORDS = List.of("G:consultations", "6_11");
  private static final List<CodeColumn> NUMBERS = columns(true);
  private static final int ROWS = 300;

  private boolean straddling;

  @Test
  void numbersComeOutAsTheyWentInAndInTheirOrder() throws SQLException {
    checkAllOrders(
        NUMBERS, AtomKey.ofNumbers(NUMBERS, apart(NUMBERS), column -> 99).orElseThrow(), 100);
  }

  @Test
  void ranksOfTextDoTheSame() throws SQLException {
    List<CodeColumn> texts = columns(false);
    checkAllOrders(texts, AtomKey.ofRanks(texts, apart(texts), column -> 100), 100);
  }

  @Test
  void ranksOfLargeNumbersDoTheSame() throws SQLException {
    assertThat(AtomKey.ofNumbers(NUMBERS, apart(NUMBERS), column -> 9_999)).isEmpty();
    checkAllOrders(NUMBERS, AtomKey.ofRanks(NUMBERS, apart(NUMBERS), column -> 100), 9_999);
  }

  @Test
  void textHasNoKeyOfNumbersAndTooManyCodesHaveNone() {
    List<CodeColumn> texts = columns(false);
    assertThat(AtomKey.ofNumbers(texts, apart(texts), column -> 9)).isEmpty();
    assertThatThrownBy(() -> AtomKey.ofRanks(texts, apart(texts), column -> 1_000))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Fills a table with codes, reserved ones among them, and looks at their keys. */
  private void checkAllOrders(List<CodeColumn> columns, AtomKey key, int bound)
      throws SQLException {
    List<String> names =
        columns.stream()
            .flatMap(c -> Stream.concat(Stream.of(c.name()), c.groups().map(g -> g.id()).stream()))
            .collect(Collectors.toCollection(ArrayList::new));
    names.add(AtomKey.LAYER);
    names.add(AtomKey.APART);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      List<String> rows = rows(columns, bound);
      statement.execute(
          "CREATE TABLE row AS SELECT * FROM (VALUES %s) v(%s)"
              .formatted(rows.get(0), names(columns)));
      // One by one: the engine takes seconds to plan as many values at once.
      for (String row : rows.subList(1, rows.size())) {
        statement.execute("INSERT INTO row VALUES " + row);
      }
      for (String type : key.types("row")) {
        statement.execute(type);
      }
      statement.execute(
          "CREATE TABLE keyed AS SELECT *, %s AS high, %s AS low FROM (SELECT *, %s AS key FROM row)"
              .formatted(AtomKey.Mask.high("key"), AtomKey.Mask.low("key"), key.expression()));
      for (String name : names) {
        assertThat(
                count(
                    statement,
                    "SELECT count(*) FROM keyed WHERE %s IS DISTINCT FROM %s"
                        .formatted(name, key.value(name, "high", "low"))))
            .as(name)
            .isZero();
        checkPlace(statement, key, name);
      }
      String inOrder =
          "SELECT count(*) FROM (SELECT row_number() OVER (ORDER BY %s, number) AS by_codes,"
              + " row_number() OVER (ORDER BY key, number) AS by_key FROM keyed) WHERE by_codes <>"
              + " by_key";
      assertThat(count(statement, inOrder.formatted(String.join(", ", names)))).isZero();
      assertThat(straddling).as("a field is in both halves").isTrue();
    }
  }

  /** Equal codes have equal numbers at the place of the field, and a number is put there again. */
  private void checkPlace(Statement statement, AtomKey key, String name) throws SQLException {
    KeyPlace place = key.place(name);
    AtomKey.Mask mask = key.mask(List.of(name));
    Map<String, Long> numbers = new HashMap<>();
    try (ResultSet row =
        statement.executeQuery("SELECT %s, high, low FROM keyed".formatted(name))) {
      while (row.next()) {
        long high = row.getLong(2);
        long low = row.getLong(3);
        long number = place.number(high, low);
        assertThat(numbers.computeIfAbsent(row.getString(1), code -> number)).isEqualTo(number);
        assertThat(place.high(number)).isEqualTo(high & mask.high());
        assertThat(place.low(number)).isEqualTo(low & mask.low());
      }
    }
    straddling |= mask.high() != 0 && mask.low() != 0;
    assertThat(new HashSet<>(numbers.values())).as(name).hasSameSizeAs(numbers.keySet());
  }

  private static long count(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static List<String> rows(List<CodeColumn> columns, int bound) {
    Random random = new Random(1);
    List<String> rows = new ArrayList<>();
    List<List<String>> codes = new ArrayList<>();
    for (CodeColumn column : columns) {
      List<String> some = new ArrayList<>(List.of("NR", "ND", "G:consultations", "6_11"));
      for (int i = 0; i < 90; i++) {
        some.add(String.valueOf(random.nextInt(bound)));
      }
      codes.add(some.stream().map(column::literal).toList());
    }
    for (int i = 0; i < ROWS; i++) {
      List<String> values = new ArrayList<>();
      for (int c = 0; c < columns.size(); c++) {
        values.add(codes.get(c).get(random.nextInt(codes.get(c).size())));
        if (columns.get(c).groups().isPresent()) {
          values.add(codes.get(c).get(random.nextInt(4)));
        }
      }
      values.add(String.valueOf(random.nextInt(Layer.ALL.size() + 1) - 1));
      values.add(String.valueOf(random.nextInt(apart(columns).classes() + 1) - 1));
      values.add(String.valueOf(i));
      rows.add("(" + String.join(", ", values) + ")");
    }
    return rows;
  }

  /** The columns of a row. */
  private static String names(List<CodeColumn> columns) {
    return columns.stream()
            .map(c -> c.name() + c.groups().map(g -> ", " + g.id()).orElse(""))
            .collect(Collectors.joining(", "))
        + ", layer, apart, number";
  }

  private static ApartSql apart(List<CodeColumn> columns) {
    return new ApartSql(PolicyReader.builtIn(), columns, YearMonth.of(2025, 1));
  }

  private static List<CodeColumn> columns(boolean numeric) {
    return DisclosurePolicy.blockDimensions().stream()
        .map(dimension -> new CodeColumn(dimension, numeric, WORDS))
        .toList();
  }
}
