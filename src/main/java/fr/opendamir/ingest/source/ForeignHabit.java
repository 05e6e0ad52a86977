package fr.opendamir.ingest.source;

import java.util.regex.Pattern;

/** How other programs write values that monthly files write in another way, and the way back. */
enum ForeignHabit {
  QUOTES(
      "\".*|.*\"|'.*'",
      ": the value is in quotes; monthly files have none: export it without, or remove them with tr -d '\"'"),
  DECIMAL_COMMA(
      "[+-]?[0-9 ]*,[0-9]+",
      ": that is a decimal comma; monthly files have no commas: write points with tr ',' '.', or import"
          + " the file as the producer publishes it"),
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

  /** Returns what a wrong value comes from, to end a message with; empty if that is not known. */
  static String hint(String value) {
    for (ForeignHabit habit : values()) {
      if (habit.form.matcher(value).matches()) {
        return habit.hint;
      }
    }
    return "";
  }
}
