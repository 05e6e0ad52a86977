package fr.opendamir.format;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** All formats. */
public final class Formats {
  public static final AnswerFormat JSON = new JsonFormat();
  public static final AnswerFormat CSV = new CsvFormat();

  /** The value of the parameter {@code dialect} for {@link ExcelCsvFormat}. */
  public static final String EXCEL_FR = "excel-fr";

  /** The preferred one first. */
  public static final List<AnswerFormat> ALL =
      List.of(
          JSON,
          CSV,
          new NdjsonFormat(),
          new JsonStatFormat(),
          new XlsxFormat(),
          new ParquetFormat(),
          new SdmxCsvFormat());

  /** The formats of reference tables. */
  public static final List<AnswerFormat> OF_REFERENCES =
      ALL.stream().filter(format -> !format.isOfAnswersOnly()).toList();

  /** Other forms of {@link #CSV}, by the value of the parameter {@code dialect}. */
  public static final Map<String, AnswerFormat> DIALECTS = Map.of(EXCEL_FR, new ExcelCsvFormat());

  private Formats() {}

  /** The names of all formats. */
  public static List<String> ids() {
    return ids(format -> true);
  }

  /** The names of the formats that match a predicate. */
  public static List<String> ids(Predicate<AnswerFormat> which) {
    return ALL.stream().filter(which).map(AnswerFormat::id).toList();
  }

  /** Finds a format by name among those offered; names are not case-sensitive. */
  public static Optional<AnswerFormat> find(String id, List<AnswerFormat> offered) {
    return offered.stream().filter(format -> format.id().equalsIgnoreCase(id)).findFirst();
  }
}
