package fr.opendamir.catalog;

import java.util.regex.Pattern;

/**
 * What a code that is in no list may look like, so that questions, addresses and files can name it
 * as it is shown: up to 64 printable characters, in which only single blanks are not visible.
 */
public final class WrittenCode {
  /** In UTF-16, as strings count. */
  public static final int LONGEST = 64;

  /** Letters, marks, numbers, punctuation and symbols of all scripts, and blanks between them. */
  private static final Pattern PRINTABLE =
      Pattern.compile("[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]+( [\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]+)*");

  /**
   * What separates and marks codes in questions, quotes of CSV, and the mark of bytes that are no
   * text.
   */
  private static final Pattern SEPARATOR = Pattern.compile("[,;!\"\uFFFD]|\\.\\.");

  /** What a spreadsheet takes for the beginning of a formula. */
  private static final Pattern FORMULA = Pattern.compile("[=+@-].*");

  private WrittenCode() {}

  public static boolean isPossible(String code) {
    return code.length() <= LONGEST
        && PRINTABLE.matcher(code).matches()
        && !SEPARATOR.matcher(code).find()
        && !FORMULA.matcher(code).matches();
  }
}
