package fr.opendamir.ingest.aggregate;

import fr.opendamir.disclosure.LineTraits;
import fr.opendamir.ingest.source.CareLag;
import fr.opendamir.ingest.source.ReadLine;
import fr.opendamir.ingest.source.RequiredColumns;
import java.util.Arrays;

/**
 * The codes, care lag and traits of a line, packed into two longs. Each column has some bits, more
 * than its codes need; when a column outgrows them, a wider packing replaces this one.
 */
final class AtomKeys {
  private static final int TRAIT_BITS = bitsOf(LineTraits.COUNT - 1);
  private static final int LAG_BITS = bitsOf(CareLag.CODES.size() - 1);
  private static final int LAG_SHIFT = TRAIT_BITS;
  private static final int START_BITS = 8;
  private static final int START_BITS_OF_SERVICES = 12;

  private final int[] bits;
  private final int[] shifts;
  private final boolean[] inHigh;
  private final long[] masks;

  AtomKeys(int serviceColumn) {
    this(startBits(serviceColumn));
  }

  private AtomKeys(int[] bits) {
    this.bits = bits;
    this.shifts = new int[bits.length];
    this.inHigh = new boolean[bits.length];
    this.masks = new long[bits.length];
    int low = TRAIT_BITS + LAG_BITS;
    int high = 0;
    for (int i = 0; i < bits.length; i++) {
      masks[i] = (1L << bits[i]) - 1;
      inHigh[i] = low + bits[i] > Long.SIZE;
      shifts[i] = inHigh[i] ? high : low;
      low += inHigh[i] ? 0 : bits[i];
      high += inHigh[i] ? bits[i] : 0;
    }
    if (high > Long.SIZE) {
      throw new TooManyCodesException();
    }
  }

  private static int[] startBits(int serviceColumn) {
    int[] bits = new int[RequiredColumns.CODES.size()];
    Arrays.fill(bits, START_BITS);
    bits[serviceColumn] = START_BITS_OF_SERVICES;
    return bits;
  }

  private static int bitsOf(int greatest) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(greatest);
  }

  /** Whether the codes of a line have the bits that they need. */
  boolean fit(ReadLine line) {
    long over = 0;
    for (int i = 0; i < bits.length; i++) {
      over |= line.code(i) & ~masks[i];
    }
    return over == 0;
  }

  /**
   * Returns a packing that the codes of a line fit.
   *
   * @throws TooManyCodesException if there is none in two longs
   */
  AtomKeys widened(ReadLine line) {
    int[] wider = bits.clone();
    for (int i = 0; i < bits.length; i++) {
      wider[i] = Math.max(bits[i], bitsOf(line.code(i)));
    }
    return new AtomKeys(wider);
  }

  long low(ReadLine line, int traits) {
    long key = traits | ((long) line.careLag() << LAG_SHIFT);
    for (int i = 0; i < bits.length; i++) {
      key |= inHigh[i] ? 0 : (long) line.code(i) << shifts[i];
    }
    return key;
  }

  long high(ReadLine line) {
    long key = 0;
    for (int i = 0; i < bits.length; i++) {
      key |= inHigh[i] ? (long) line.code(i) << shifts[i] : 0;
    }
    return key;
  }

  int traits(long low) {
    return (int) (low & ((1L << TRAIT_BITS) - 1));
  }

  int careLag(long low) {
    return (int) ((low >>> LAG_SHIFT) & ((1L << LAG_BITS) - 1));
  }

  /** The position of the code of a column of {@link RequiredColumns#CODES}. */
  int code(int column, long low, long high) {
    return (int) (((inHigh[column] ? high : low) >>> shifts[column]) & masks[column]);
  }

  /** The lower long in another packing. */
  long low(AtomKeys other, long low, long high) {
    long key = low & ((1L << (TRAIT_BITS + LAG_BITS)) - 1);
    for (int i = 0; i < bits.length; i++) {
      key |= other.inHigh[i] ? 0 : (long) code(i, low, high) << other.shifts[i];
    }
    return key;
  }

  /** The higher long in another packing. */
  long high(AtomKeys other, long low, long high) {
    long key = 0;
    for (int i = 0; i < bits.length; i++) {
      key |= other.inHigh[i] ? (long) code(i, low, high) << other.shifts[i] : 0;
    }
    return key;
  }
}
