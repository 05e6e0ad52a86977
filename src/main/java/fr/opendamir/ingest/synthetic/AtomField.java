package fr.opendamir.ingest.synthetic;

import fr.opendamir.ingest.source.SourceColumn;
import java.util.Arrays;

/**
 * What makes an atom, packed into one {@code long} because a real month has about a million of
 * them. Fields with a column hold the index of a code in the published list of that column; the
 * others an index into lists of this package.
 */
enum AtomField {
  SERVICE(0, 10, null),
  ROW_TYPE(10, 4, null),
  FACILITY(14, 6, null),
  LAG(20, 3, null),
  ACTIVITY(23, 4, SourceColumn.PSE_ACT_SNDS),
  CATEGORY(27, 4, SourceColumn.PSE_ACT_CAT),
  SPECIALTY(31, 5, SourceColumn.PSE_SPE_SNDS),
  EXEMPTION(36, 5, SourceColumn.EXO_MTF),
  INSURANCE(41, 4, SourceColumn.ASU_NAT),
  COMPLEMENT(45, 2, SourceColumn.CPL_COD),
  SOLIDARITY(47, 2, SourceColumn.BEN_CMU_TOP),
  REGION(49, 4, SourceColumn.BEN_RES_REG),
  AGE(53, 4, SourceColumn.AGE_BEN_SNDS),
  SEX(57, 2, SourceColumn.BEN_SEX_COD);

  private final int shift;
  private final long mask;
  private final SourceColumn column;

  @SuppressWarnings("ImmutableEnumChecker") // Filled once and never handed out.
  private final int[] codes;

  AtomField(int shift, int bits, SourceColumn column) {
    this.shift = shift;
    this.mask = (1L << bits) - 1;
    this.column = column;
    this.codes = column == null ? new int[0] : PublishedCounts.january2024().codes(column);
    if (codes.length > 1 << bits) {
      throw new IllegalStateException("too many codes for " + bits + " bits");
    }
  }

  /** The column whose codes the field holds, or null. */
  SourceColumn column() {
    return column;
  }

  /** How many values the field can hold. */
  int size() {
    return (int) mask + 1;
  }

  int index(long atom) {
    return (int) (atom >>> shift & mask);
  }

  int code(long atom) {
    return codes[index(atom)];
  }

  /** The bits of an index, to be joined with those of the other fields. */
  long ofIndex(int index) {
    return (long) index << shift;
  }

  /** The bits of a code. */
  long ofCode(int code) {
    int index = Arrays.binarySearch(codes, code);
    if (index < 0) {
      throw new IllegalArgumentException("unknown code " + code + " of " + column);
    }
    return ofIndex(index);
  }
}
