package fr.opendamir.ingest.source;

import fr.opendamir.catalog.SourceMeasure;
import java.time.YearMonth;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Parses the fields of one line after the other into a {@link ReadLine}, and collects the month,
 * the codes and the totals of the file.
 */
final class LineFields {
  private static final int MEASURES = SourceMeasure.values().length;
  private static final int MONTH_LENGTH = 6;

  private final int[] codeFields;
  private final int[] numberFields;
  private final int[] decimals;
  private final int monthField;
  private final int careYearField;
  private final int careMonthField;
  private final boolean hasCount;
  private final long[] numbers;
  private final ReadLine line = new ReadLine();
  private final ControlTotals totals;
  private final char mark;
  private final List<CodeDictionary> dictionaries;
  private final CodeDictionary[] dictionaryOf;
  private final Set<SourceColumn> wordColumns = EnumSet.noneOf(SourceColumn.class);
  private String month;
  private long monthBytes;
  private int processing;

  LineFields(LineLayout layout, char mark) {
    this.mark = mark;
    this.totals = new ControlTotals(mark);
    this.dictionaries =
        RequiredColumns.CODES.stream()
            .map(column -> new CodeDictionary(layout.codePrefix(column)))
            .toList();
    this.dictionaryOf = dictionaries.toArray(CodeDictionary[]::new);
    RequiredColumns.CODES.stream()
        .filter(column -> !layout.codePrefix(column).isEmpty())
        .forEach(wordColumns::add);
    this.codeFields = layout.codes();
    this.numberFields = layout.numbers();
    this.decimals = new int[numberFields.length];
    for (int i = 0; i < numberFields.length; i++) {
      decimals[i] = layout.kind(numberFields[i]).decimals();
    }
    this.numbers = new long[numberFields.length];
    this.monthField = layout.field(SourceColumn.FLX_ANN_MOI);
    this.careYearField = layout.field(SourceColumn.SOI_ANN);
    this.careMonthField = layout.field(SourceColumn.SOI_MOI);
    this.hasCount = layout.field(SourceColumn.FLT_ACT_NBR) >= 0;
  }

  /** The line that was parsed last. */
  ReadLine line() {
    return line;
  }

  /** The codes that were met, by column of {@link RequiredColumns#CODES}. */
  List<CodeDictionary> dictionaries() {
    return dictionaries;
  }

  Set<SourceColumn> wordColumns() {
    return wordColumns;
  }

  ControlTotals totals() {
    return totals;
  }

  /** The month of the lines; null before the first one. */
  String month() {
    return month;
  }

  /** Sets the month of the lines, such as 202501. */
  void month(String found) {
    month = found;
    monthBytes = 0;
    for (int i = 0; i < MONTH_LENGTH; i++) {
      monthBytes |= (long) found.charAt(i) << (8 * i);
    }
    YearMonth date =
        YearMonth.of(Integer.parseInt(found.substring(0, 4)), Integer.parseInt(found.substring(4)));
    processing = 12 * date.getYear() + date.getMonthValue() - 1;
  }

  /**
   * Parses a line that has all its fields; returns false if its fields must be checked one by one,
   * because a value is wrong, a code is new, or it is the first line.
   *
   * @param stops positions of the ends of fields
   * @param first index of the stop before the line
   */
  boolean parse(byte[] text, int[] stops, int first) {
    int from = stops[first + monthField] + 1;
    if (stops[first + monthField + 1] - from != MONTH_LENGTH
        || ByteWords.at(text, from, MONTH_LENGTH) != monthBytes) {
      return false;
    }
    return parseCodes(text, stops, first)
        && parseCareDate(text, stops, first)
        && parseNumbers(text, stops, first);
  }

  private boolean parseCodes(byte[] text, int[] stops, int first) {
    for (int i = 0; i < codeFields.length; i++) {
      int before = first + codeFields[i];
      int code = dictionaryOf[i].find(text, stops[before] + 1, stops[before + 1]);
      if (code < 0) {
        return false;
      }
      line.codes[i] = code;
    }
    return true;
  }

  private boolean parseCareDate(byte[] text, int[] stops, int first) {
    int year =
        CareLag.number(text, stops[first + careYearField] + 1, stops[first + careYearField + 1]);
    int month =
        CareLag.number(text, stops[first + careMonthField] + 1, stops[first + careMonthField + 1]);
    line.careLag = CareLag.of(processing, year, month);
    return year >= 0 && month >= 0;
  }

  private boolean parseNumbers(byte[] text, int[] stops, int first) {
    for (int i = 0; i < numberFields.length; i++) {
      int before = first + numberFields[i];
      long value = WideNumber.parse(text, stops[before] + 1, stops[before + 1], decimals[i], mark);
      if (value == NumberField.MALFORMED) {
        return false;
      }
      numbers[i] = value;
    }
    for (int i = 0; i < MEASURES; i++) {
      int before = first + numberFields[i];
      line.measures[i] = numbers[i];
      totals.add(i, text, stops[before] + 1, stops[before + 1]);
    }
    line.count = hasCount ? numbers[MEASURES] : 0;
    return true;
  }

  /**
   * Parses a line of any number of fields, whose values were checked; what it lacks is not filled.
   */
  void parseChecked(byte[] text, int[] stops, int first, int count) {
    line.clear();
    for (int i = 0; i < codeFields.length; i++) {
      if (codeFields[i] < count) {
        int before = first + codeFields[i];
        line.codes[i] = code(dictionaryOf[i], text, stops[before] + 1, stops[before + 1]);
      }
    }
    if (careYearField < count && careMonthField < count) {
      var unused = parseCareDate(text, stops, first);
    }
    for (int i = 0; i < (hasCount ? MEASURES + 1 : MEASURES); i++) {
      if (numberFields[i] < count) {
        parseNumber(i, text, stops, first);
      }
    }
  }

  private void parseNumber(int i, byte[] text, int[] stops, int first) {
    int from = stops[first + numberFields[i]] + 1;
    int to = stops[first + numberFields[i] + 1];
    long value = WideNumber.parse(text, from, to, decimals[i], mark);
    if (i < MEASURES) {
      line.measures[i] = value;
      totals.add(i, text, from, to);
    } else {
      line.count = value;
    }
  }

  private static int code(CodeDictionary codes, byte[] text, int from, int to) {
    int found = codes.find(text, from, to);
    return found >= 0 ? found : codes.add(text, from, to);
  }
}
