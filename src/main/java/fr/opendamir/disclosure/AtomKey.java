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

  static final int BITS_OF_A_HALF = 63;
  private static final int MOST_BITS = 2 * BITS_OF_A_HALF;

  /** Fields of so many bits are put together as BIGINT, which is faster than HUGEINT. */
  private static final int BITS_OF_A_PART = 62;

  private final List<CodeColumn> columns;
  private final boolean ranked;
  private final List<KeyField> fields;

  private AtomKey(
      List<CodeColumn> columns, ApartSql apart, ToLongFunction<CodeColumn> values, boolean ranked) {
    this.columns = columns;
    this.ranked = ranked;
    List<KeyField> found = new ArrayList<>();
    for (CodeColumn column : columns) {
      long codes = values.applyAsLong(column);
      Optional<CodeColumn> some = Optional.of(column);
      found.add(new KeyField(column.name(), some, column.least(), bits(codes), ranked, 0));
      column
          .groups()
          .map(Level::id)
          .ifPresent(
              name ->
                  found.add(
                      new KeyField(
                          name,
                          some,
                          column.least(),
                          // Groups are words, which have the least values.
                          bits(ranked ? codes : -column.least()),
                          ranked,
                          0)));
    }
    found.add(new KeyField(LAYER, Optional.empty(), -1, bits(Layer.ALL.size() + 1L), false, 0));
    found.add(new KeyField(APART, Optional.empty(), -1, bits(apart.classes() + 1L), false, 0));
    int behind = found.stream().mapToInt(KeyField::bits).sum();
    List<KeyField> placed = new ArrayList<>();
    for (KeyField field : found) {
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
    return fields.stream().mapToInt(KeyField::bits).sum() <= MOST_BITS;
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
                            KeyField.type(column),
                            column.name(),
                            table,
                            reserved(column).collect(joining(", "))))
            .toList()
        : List.of();
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
    List<KeyField> part = new ArrayList<>();
    for (KeyField field : fields) {
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

  private static String rendered(List<KeyField> part) {
    int behind = part.get(part.size() - 1).shift();
    return "(%s)::HUGEINT * %s"
        .formatted(
            part.stream()
                .map(f -> "(%s << %d)".formatted(f.encoded(f.name()), f.shift() - behind))
                .collect(joining(" + ")),
            BigInteger.ONE.shiftLeft(behind));
  }

  /** Some bits of a key, in its two halves. */
  public record Mask(long high, long low) {
    /** The other bits. */
    Mask inverse() {
      return new Mask(~high & Long.MAX_VALUE, ~low & Long.MAX_VALUE);
    }

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

  private BigInteger bits(Collection<String> names) {
    return fields.stream()
        .filter(field -> names.contains(field.name()))
        .map(KeyField::mask)
        .reduce(BigInteger.ZERO, BigInteger::or);
  }

  /** The names of the fields in which the atoms of a group agree that a recoding has found. */
  List<String> fields(Stage stage, Recoding recoding) {
    List<String> names = new ArrayList<>();
    for (CodeColumn column : columns) {
      if (recoding.keeps(column.dimension())) {
        names.add(column.name());
      } else if (recoding.keepsGroup(column.dimension())) {
        column.groups().map(Level::id).ifPresent(names::add);
      }
    }
    if (stage == Stage.PIECES) {
      names.add(LAYER);
    }
    if (!recoding.givesUpEverything()) {
      names.add(APART);
    }
    return names;
  }

  /** Renders the codes of a key in the columns {@code high} and {@code low}, named. */
  String codes() {
    return columns.stream()
        .map(column -> value(column.name(), "high", "low") + " AS " + column.name())
        .collect(joining(", "));
  }

  /** Renders the value of a field of a key in two halves. */
  String value(String name, String high, String low) {
    return field(name).decoded(field(name).number(high, low));
  }

  /** Renders the number that a field holds for a code. */
  String encoded(String name, String code) {
    return field(name).encoded(code);
  }

  /** Renders the code of which a field holds a number. */
  String decoded(String name, String number) {
    return field(name).decoded(number);
  }

  /** Where a field is. */
  KeyPlace place(String name) {
    return field(name).place();
  }

  private KeyField field(String name) {
    return fields.stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
  }

  List<CodeColumn> columns() {
    return columns;
  }
}
