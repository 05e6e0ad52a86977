package fr.opendamir.disclosure;

import java.math.BigInteger;
import java.util.Optional;

/**
 * A field of an {@link AtomKey}: a code, a group of codes, the layer, or the class that stays
 * apart.
 *
 * @param column whose codes, or groups of codes, the field holds; empty for other fields
 * @param least the value that is stored as 0
 * @param ranked whether the field holds the rank of a code among all codes that can occur
 */
record KeyField(
    String name, Optional<CodeColumn> column, long least, int bits, boolean ranked, int shift) {
  BigInteger mask() {
    return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE).shiftLeft(shift);
  }

  KeyPlace place() {
    return new KeyPlace(least, shift, bits);
  }

  KeyField above(int bitsBehind) {
    return new KeyField(name, column, least, bits, ranked, bitsBehind);
  }

  String encoded(String value) {
    return ranked
        ? "enum_code((%s)::VARCHAR::%s)::BIGINT".formatted(value, type(column.orElseThrow()))
        : "(%s + %d)::BIGINT".formatted(value, -least);
  }

  /** Renders the value of which a number is in a field. */
  String decoded(String number) {
    return ranked
        ? "enum_range(NULL::%s)[%s::INTEGER + 1]::%s"
            .formatted(type(column.orElseThrow()), number, column.orElseThrow().sqlType())
        : "(%s::INTEGER - %d)".formatted(number, -least);
  }

  /** Renders the number in a key of two halves. */
  String number(String high, String low) {
    String mask = String.valueOf((1L << bits) - 1);
    if (shift >= AtomKey.BITS_OF_A_HALF) {
      return "(%s >> %d & %s)".formatted(high, shift - AtomKey.BITS_OF_A_HALF, mask);
    }
    if (shift + bits <= AtomKey.BITS_OF_A_HALF) {
      return "(%s >> %d & %s)".formatted(low, shift, mask);
    }
    int inHigh = shift + bits - AtomKey.BITS_OF_A_HALF;
    return "((%s >> %d) | ((%s & %d) << %d))"
        .formatted(low, shift, high, (1L << inHigh) - 1, AtomKey.BITS_OF_A_HALF - shift);
  }

  /** The type whose numbers are the ranks of the codes of a column. */
  static String type(CodeColumn column) {
    return "rank_of_" + column.name();
  }
}
