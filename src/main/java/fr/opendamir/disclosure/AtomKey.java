package fr.opendamir.disclosure;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.ReservedCodes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Everything by which atoms are grouped, as one number of at most 126 bits: a field for each code,
 * each group of codes, the layer, and the class that stays apart. Atoms that agree in some fields
 * agree in the number under the mask of these, so that a recoding groups and joins by one column
 * instead of a dozen. Numbers are ordered like the codes, from the first field to the last.
 */
public final class AtomKey {
  static final String LAYER = "layer";
  static final String APART = "apart";

  private static final int BITS_OF_A_HALF = 63;
  private static final int MOST_BITS = 2 * BITS_OF_A_HALF;

  /** Fields of so many bits are put together as BIGINT, which is faster than HUGEINT. */
  private static final int BITS_OF_A_PART = 62;

  /**
   * A field.
   *
   * @param column whose codes, or groups of codes, the field holds; empty for other fields
   * @param least the value that is stored as 0
   * @param ranked whether the field holds the rank of a code among all codes that can occur
   */
  private record Field(
      String name, Optional<CodeColumn> column, long least, int bits, boolean ranked, int shift) {
    BigInteger mask() {
      return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE).shiftLeft(shift);
    }

    Field above(int bitsBehind) {
      return new Field(name, column, least, bits, ranked, bitsBehind);
    }

    String encoded() {
      return ranked
          ? "enum_code(%s::VARCHAR::%s)::BIGINT".formatted(name, type(column.orElseThrow()))
          : "(%s + %d)::BIGINT".formatted(name, -least);
    }

    String decoded(String key) {
      String value = "(%s >> %d & %d)".formatted(key, shift, (1L << bits) - 1);
      return ranked
          ? "enum_range(NULL::%s)[%s::INTEGER + 1]::%s"
              .formatted(type(column.orElseThrow()), value, column.orElseThrow().sqlType())
          : "(%s::INTEGER - %d)".formatted(value, -least);
    }
  }

  private final List<CodeColumn> columns;
  private final boolean ranked;
  private final List<Field> fields;

  private AtomKey(
      List<CodeColumn> columns, ApartSql apart, ToLongFunction<CodeColumn> values, boolean ranked) {
    this.columns = columns;
    this.ranked = ranked;
    List<Field> found = new ArrayList<>();
    for (CodeColumn column : columns) {
      long codes = values.applyAsLong(column);
      Optional<CodeColumn> some = Optional.of(column);
      found.add(new Field(column.name(), some, column.least(), bits(codes), ranked, 0));
      column
          .groups()
          .map(Level::id)
          .ifPresent(
              name ->
                  found.add(
                      new Field(
                          name,
                          some,
                          column.least(),
                          // Groups are words, which have the least values.
                          bits(ranked ? codes : -column.least()),
                          ranked,
                          0)));
    }
    found.add(new Field(LAYER, Optional.empty(), -1, bits(Layer.ALL.size() + 1L), false, 0));
    found.add(new Field(APART, Optional.empty(), -1, bits(apart.classes() + 1L), false, 0));
    int behind = found.stream().mapToInt(Field::bits).sum();
    List<Field> placed = new ArrayList<>();
    for (Field field : found) {
      behind -= field.bits();
      placed.add(field.above(behind));
    }
    this.fields = List.copyOf(placed);
  }

  /**
   * Returns the key of numeric codes; empty if a column holds words or the codes are too large.
   *
   * @param largest the largest code of each column
   */
  public static Optional<AtomKey> ofNumbers(
      List<CodeColumn> columns, ApartSql apart, ToLongFunction<CodeColumn> largest) {
    if (!columns.stream().allMatch(CodeColumn::numeric)) {
      return Optional.empty();
    }
    return Optional.of(
            new AtomKey(
                columns, apart, c -> Math.max(-1, largest.applyAsLong(c)) - c.least() + 1, false))
        .filter(AtomKey::fits);
  }

  /**
   * Returns the key of any codes, which holds their ranks.
   *
   * @param codes the number of different codes of each column
   * @throws IllegalArgumentException if there are too many
   */
  public static AtomKey ofRanks(
      List<CodeColumn> columns, ApartSql apart, ToLongFunction<CodeColumn> codes) {
    AtomKey key =
        new AtomKey(columns, apart, c -> codes.applyAsLong(c) + reserved(c).count(), true);
    if (!key.fits()) {
      throw new IllegalArgumentException("more different codes than a key can hold");
    }
    return key;
  }

  private boolean fits() {
    return fields.stream().mapToInt(Field::bits).sum() <= MOST_BITS;
  }

  private static int bits(long values) {
    return Long.SIZE - Long.numberOfLeadingZeros(values - 1);
  }

  /**
   * Creates the types of the ranks, if the key holds ranks: the codes of a table in their order.
   */
  List<String> types(String table) {
    return ranked
        ? columns.stream()
            .map(
                column ->
                    """
                    CREATE TYPE %s AS ENUM (SELECT code::VARCHAR FROM (
                      SELECT %s AS code FROM %s UNION SELECT unnest([%s])) ORDER BY code)
                    """
                        .formatted(
                            type(column),
                            column.name(),
                            table,
                            reserved(column).collect(joining(", "))))
            .toList()
        : List.of();
  }

  private static String type(CodeColumn column) {
    return "rank_of_" + column.name();
  }

  /** The codes that blocks and groups have in addition to the codes of atoms. */
  private static Stream<String> reserved(CodeColumn column) {
    return Stream.concat(
            Stream.of(ReservedCodes.NOT_FILLED, ReservedCodes.NOT_DISCLOSED),
            column.words().stream())
        .map(column::literal);
  }

  /** Renders the key of a row with a column for each field. */
  String expression() {
    List<String> parts = new ArrayList<>();
    List<Field> part = new ArrayList<>();
    for (Field field : fields) {
      if (!part.isEmpty()
          && part.get(0).shift() + part.get(0).bits() - field.shift() > BITS_OF_A_PART) {
        parts.add(rendered(part));
        part.clear();
      }
      part.add(field);
    }
    parts.add(rendered(part));
    return String.join(" + ", parts);
  }

  private static String rendered(List<Field> part) {
    int behind = part.get(part.size() - 1).shift();
    return "(%s)::HUGEINT * %s"
        .formatted(
            part.stream()
                .map(f -> "(%s << %d)".formatted(f.encoded(), f.shift() - behind))
                .collect(joining(" + ")),
            BigInteger.ONE.shiftLeft(behind));
  }

  /** The bits of some fields, where a key is in two halves. */
  record Mask(long high, long low) {
    /** Renders the more significant bits of a key, which are not negative. */
    static String high(String key) {
      return "(%s >> %d)::BIGINT".formatted(key, BITS_OF_A_HALF);
    }

    /** Renders the less significant bits of a key, which are not negative. */
    static String low(String key) {
      return "(%s & %d)::BIGINT".formatted(key, Long.MAX_VALUE);
    }
  }

  /** Returns the bits of some fields. */
  Mask mask(Collection<String> names) {
    BigInteger bits = bits(names);
    return new Mask(
        bits.shiftRight(BITS_OF_A_HALF).longValueExact(),
        bits.and(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact());
  }

  /** Renders the bits of some fields of a key. */
  String under(Collection<String> names, String key) {
    return "(%s & %s)".formatted(key, bits(names));
  }

  private BigInteger bits(Collection<String> names) {
    return fields.stream()
        .filter(field -> names.contains(field.name()))
        .map(Field::mask)
        .reduce(BigInteger.ZERO, BigInteger::or);
  }

  /** Renders the value of a field of a key. */
  String value(String name, String key) {
    return fields.stream()
        .filter(field -> field.name().equals(name))
        .findFirst()
        .orElseThrow()
        .decoded(key);
  }
}
