package fr.opendamir.ingest.source;

import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.function.Function;

/** Checks single fields, and says what is wrong with them. */
final class FieldCheck {
  private final LineLayout layout;
  private final LineFields fields;
  private final char mark;
  private final Function<String, InvalidSourceFileException> problem;

  /**
   * Creates the checks of a file.
   *
   * @param mark before decimals
   * @param problem makes an exception that names the line being checked
   */
  FieldCheck(
      LineLayout layout,
      LineFields fields,
      char mark,
      Function<String, InvalidSourceFileException> problem) {
    this.layout = layout;
    this.fields = fields;
    this.mark = mark;
    this.problem = problem;
  }

  /**
   * Checks one field; stores the first month and the columns of words in {@link LineFields}.
   *
   * @throws InvalidSourceFileException if it is wrong
   */
  void check(int field, byte[] text, int from, int to) {
    if (field == layout.size() && to > from) {
      throw problem.apply("has a value after the last ';'");
    }
    switch (layout.kind(field)) {
      case AMOUNT, COUNT -> number(field, text, from, to);
      case CODE -> code(field, text, from, to);
      case MONTH -> month(text, from, to);
      case CARE_DATE -> careDate(field, text, from, to);
      case UNUSED -> {}
    }
  }

  private void number(int field, byte[] text, int from, int to) {
    int decimals = layout.kind(field).decimals();
    if (NumberField.parse(text, from, to, decimals, mark) == NumberField.MALFORMED) {
      throw problem.apply(
          "column %s holds %s, not %s%s"
              .formatted(
                  layout.name(field),
                  printable(text, from, to),
                  decimals == 0 ? "a whole number" : amount(mark),
                  ForeignHabit.hint(CodeDictionary.text(text, from, to), mark)));
    }
  }

  /** Accepts a code that is not a plain number, unless it looks like a reserved code. */
  private void code(int field, byte[] text, int from, int to) {
    String code = CodeDictionary.text(text, from, to);
    if (code.isEmpty() || CodeDictionary.isPlainNumber(code)) {
      return;
    }
    SourceCodes.problem(code)
        .or(() -> SourceCodes.problem(layout.codePrefix(layout.column(field)) + code))
        .ifPresent(
            why -> {
              throw problem.apply(
                  "column %s holds %s, %s%s"
                      .formatted(
                          layout.name(field),
                          printable(text, from, to),
                          why,
                          ForeignHabit.hint(code, mark)));
            });
    fields.wordColumns().add(layout.column(field));
  }

  /** Accepts any text; what is not even ASCII is damage. */
  private void careDate(int field, byte[] text, int from, int to) {
    if (to > from && CareLag.number(text, from, to) == CareLag.NO_NUMBER) {
      for (int at = from; at < to; at++) {
        if (text[at] < 0) {
          throw problem.apply(
              "column %s holds %s, not a number"
                  .formatted(layout.column(field), printable(text, from, to)));
        }
      }
      fields.wordColumns().add(layout.column(field));
    }
  }

  private void month(byte[] text, int from, int to) {
    String found = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
    String month = fields.month();
    if (found.equals(month)) {
      return;
    }
    if (!found.matches("(19|20)\\d{2}(0[1-9]|1[0-2])")) {
      throw problem.apply(
          "column FLX_ANN_MOI holds %s, not a month such as 202501"
              .formatted(printable(text, from, to)));
    }
    if (month != null) {
      throw problem.apply(
          "column FLX_ANN_MOI holds %s where the lines before hold %s: a monthly file holds one month"
              .formatted(found, month));
    }
    YearMonth date =
        YearMonth.of(Integer.parseInt(found.substring(0, 4)), Integer.parseInt(found.substring(4)));
    if (!layout.isOf(date)) {
      throw problem.apply(
          ("column FLX_ANN_MOI holds %s where the header has %s: files until December 2014 have"
                  + " zones (BEN_RES_ZEAT), files since January 2015 regions (BEN_RES_REG); was the"
                  + " header of another year put before the lines?")
              .formatted(found, layout.hasZones() ? "zones" : "regions"));
    }
    fields.month(found);
  }

  /** What an amount looks like. */
  static String amount(char mark) {
    return "a number such as 18, 18%1$c4 or -%1$c57 with at most two decimals".formatted(mark);
  }

  static String printable(byte[] text, int from, int to) {
    return FileInspection.printable(new String(text, from, to - from, StandardCharsets.ISO_8859_1));
  }
}
