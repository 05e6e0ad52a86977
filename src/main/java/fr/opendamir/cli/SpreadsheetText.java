package fr.opendamir.cli;

/**
 * Text for a cell of a file that people open in a spreadsheet. Spreadsheets compute cells that
 * begin with certain characters, quoted or not, and what they compute may run programs or send the
 * other cells away; an apostrophe before such a character makes it text (OWASP, CSV injection).
 */
final class SpreadsheetText {
  /** With the wide forms that some spreadsheets read as the plain ones. */
  private static final String STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  private SpreadsheetText() {}

  static String guarded(String text) {
    return !text.isEmpty() && STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }
}
