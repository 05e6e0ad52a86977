package fr.opendamir.ingest.source;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes of text at once: the first byte is the lowest of the word. All masks are exact and
 * have the highest bit of each byte found.
 */
final class ByteWords {
  static final long ZEROS = 0x3030303030303030L;

  private static final long LOW_SEVEN = 0x7F7F7F7F7F7F7F7FL;
  private static final long HIGH = 0x8080808080808080L;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private ByteWords() {}

  /** Reads eight bytes, which must exist in the array, also behind the end of a text. */
  static long at(byte[] text, int from) {
    return (long) LONG.get(text, from);
  }

  /**
   * Reads up to eight bytes; the rest of the word is zero.
   *
   * @param length 1..8
   */
  static long at(byte[] text, int from, int length) {
    return at(text, from) & (-1L >>> (64 - 8 * length));
  }

  /** A word of one byte, repeated. */
  static long repeat(char value) {
    return value * 0x0101010101010101L;
  }

  /** Marks the bytes that are equal to a repeated one. */
  static long equal(long word, long repeated) {
    long different = word ^ repeated;
    return ~(((different & LOW_SEVEN) + LOW_SEVEN) | different | LOW_SEVEN);
  }

  /** Marks the bytes below a space. */
  static long control(long word) {
    return ~(((word & LOW_SEVEN) + 0x6060606060606060L) | word) & HIGH;
  }

  /** Whether all eight bytes are digits. */
  static boolean areDigits(long word) {
    long tens = 0xF0F0F0F0F0F0F0F0L;
    return (word & tens) == ZEROS && ((word + 0x0606060606060606L) & tens) == ZEROS;
  }

  /** The number that eight digits write, three multiplications instead of eight. */
  static long number(long digits) {
    long pairs = (digits - ZEROS) * 10 + ((digits - ZEROS) >>> 8);
    return (((pairs & 0x000000FF000000FFL) * 0x000F424000000064L)
            + (((pairs >>> 16) & 0x000000FF000000FFL) * 0x0000271000000001L))
        >>> 32;
  }

  /** Moves up to eight bytes to the end of the word and fills it with zeros as digits. */
  static long rightAligned(long bytes, int length) {
    return length == 8 ? bytes : (bytes << (64 - 8 * length)) | (ZEROS >>> (8 * length));
  }
}
