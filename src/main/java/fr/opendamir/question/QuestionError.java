package fr.opendamir.question;

import fr.opendamir.catalog.Label;
import java.util.List;

/**
 * One thing that is wrong with a question.
 *
 * @param parameter the parameter it is about
 * @param code stable, for programs: {@code unknown_parameter}, {@code unknown_value}, …
 * @param detail what is wrong and what would work, in both languages
 * @param didYouMean the nearest valid names, best first; may be empty
 */
public record QuestionError(String parameter, String code, Label detail, List<String> didYouMean) {
  private static final int LONGEST_SHOWN = 60;

  public QuestionError {
    didYouMean = List.copyOf(didYouMean);
  }

  /** A parameter has a value that is none of the valid ones. */
  public static QuestionError unknownValue(String parameter, String value, List<String> valid) {
    return unknownValue(parameter, value, valid, true);
  }

  static QuestionError unknownValue(
      String parameter, String value, List<String> valid, boolean isExplained) {
    return new QuestionError(
        parameter,
        "unknown_value",
        new Label(
            "« %s » n'existe pas ; valeurs acceptées : %s"
                .formatted(shown(value), String.join(", ", valid)),
            "\"%s\" does not exist; accepted values: %s"
                .formatted(shown(value), String.join(", ", valid))),
        isExplained ? Suggestions.nearest(value, valid) : List.of());
  }

  /** What was sent, fit for a message: printable and not too long. */
  public static String shown(String sent) {
    String printable = sent.replaceAll("\\p{Cntrl}", "?");
    return printable.length() > LONGEST_SHOWN
        ? printable.substring(0, LONGEST_SHOWN) + "…"
        : printable;
  }
}
