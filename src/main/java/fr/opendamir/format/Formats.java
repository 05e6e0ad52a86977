package fr.opendamir.format;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** All formats. */
public final class Formats {
  public static final AnswerFormat JSON = new JsonFormat();
  public static final CsvFormat CSV = new CsvFormat();

  /** The preferred one first. */
  public static final List<AnswerFormat> ALL =
      List.of(JSON, CSV, new NdjsonFormat(), new JsonStatFormat());

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
