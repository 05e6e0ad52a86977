package fr.opendamir.ingest.source;

import java.util.List;

/**
 * Whole months from care to processing: exact up to five, then ranges. Placeholder dates (0000/00,
 * 0001/01) and care after its processing are unknown.
 */
public final class CareLag {
  /** The codes of the dimension, by the position that a {@link ReadLine} has. */
  public static final List<String> CODES =
      List.of("0", "1", "2", "3", "4", "5", "6_11", "12_plus", "unknown");

  static final int UNKNOWN = 8;
  static final int NO_NUMBER = -1;

  private static final int LONGEST = 4;
  private static final int LAST_EXACT = 5;
  private static final int SIX_TO_ELEVEN = 6;
  private static final int TWELVE_PLUS = 7;
  private static final int FIRST_YEAR = 1000;

  private CareLag() {}

  /**
   * Returns the lag of a care date.
   *
   * @param processing the month of processing, counted in months since year 0
   * @param year {@link #NO_NUMBER} if it is not filled in or no number
   */
  static int of(int processing, int year, int month) {
    int lag = processing - (12 * year + month - 1);
    if (year < FIRST_YEAR || month < 1 || month > 12 || lag < 0) {
      return UNKNOWN;
    }
    if (lag <= LAST_EXACT) {
      return lag;
    }
    return lag < 12 ? SIX_TO_ELEVEN : TWELVE_PLUS;
  }

  /** Returns a year or month of one to four digits, or {@link #NO_NUMBER}. */
  static int number(byte[] text, int from, int to) {
    int length = to - from;
    if (length == 0 || length > LONGEST) {
      return NO_NUMBER;
    }
    long digits = ByteWords.rightAligned(ByteWords.at(text, from, length), length);
    return ByteWords.areDigits(digits) ? (int) ByteWords.number(digits) : NO_NUMBER;
  }
}
