package fr.opendamir.ingest.source;

import java.util.regex.Pattern;

/** Notations of values that monthly files do not have, and how to get back to theirs. */
enum ForeignHabit {
  QUOTES(
      "\".*|.*\"|'.*'",
      ": the value is in quotes, as the first lines of the file are not: export it without, or"
          + " remove them with tr -d '\"'"),
  DECIMAL_COMMA(
      "[+-]?[0-9 ]*,[0-9]+",
      ": that is a decimal comma, where the first lines of the file have none: write points with tr"
          + " ',' '.', or import the file as the producer publishes it"),
  DECIMAL_POINT(
      "[+-]?[0-9 ]*\\.[0-9]+",
      ": that is a decimal point, where the first lines of the file have commas: the file was put"
          + " together or edited; import it as the producer publishes it"),
  THOUSANDS(
      "[+-]?[0-9]{1,3}([.,][0-9]{3})+([.,][0-9]+)?",
      ": it has separators between thousands; export it without"),
  EXPONENT(
      "[+-]?[0-9]+([.,][0-9]+)?[eE][+-]?[0-9]+",
      ": a spreadsheet has rounded it; import the file as the producer publishes it"),
  SPACES(
      "[+-]?[0-9]{1,3}([ \u00a0\u202f][0-9]{3})+([.,][0-9]+)?",
      ": it has spaces between thousands; export it without");

  private final Pattern form;
  private final String hint;

  ForeignHabit(String form, String hint) {
    this.form = Pattern.compile(form);
    this.hint = hint;
  }

  /**
   * Returns the cause of a wrong value, as the end of a message; empty if it is not known.
   *
   * @param decimalMark of the file, which counts as its own notation
   */
  static String hint(String value, char decimalMark) {
    for (ForeignHabit habit : values()) {
      boolean isOurs = habit == (decimalMark == ',' ? DECIMAL_COMMA : DECIMAL_POINT);
      if (!isOurs && habit.form.matcher(value).matches()) {
        return habit.hint;
      }
    }
    return "";
  }
}
