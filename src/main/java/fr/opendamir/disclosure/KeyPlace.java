package fr.opendamir.disclosure;

/**
 * Where a field is in an {@link AtomKey}, and numbers at this place.
 *
 * @param least the value that is stored as 0, where values are numbers
 */
record KeyPlace(long least, int shift, int bits) {
  /** The number in a key of two halves. */
  long number(long high, long low) {
    long shifted =
        shift >= AtomKey.BITS_OF_A_HALF
            ? high >>> (shift - AtomKey.BITS_OF_A_HALF)
            : low >>> shift | high << (AtomKey.BITS_OF_A_HALF - shift);
    return shifted & ((1L << bits) - 1);
  }

  /** The more significant bits of a key that has only this number. */
  long high(long number) {
    return shift >= AtomKey.BITS_OF_A_HALF
        ? number << (shift - AtomKey.BITS_OF_A_HALF)
        : number >>> (AtomKey.BITS_OF_A_HALF - shift);
  }

  /** The less significant bits of a key that has only this number. */
  long low(long number) {
    return shift >= AtomKey.BITS_OF_A_HALF ? 0 : (number << shift) & Long.MAX_VALUE;
  }
}
