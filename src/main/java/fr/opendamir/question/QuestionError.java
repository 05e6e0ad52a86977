package fr.opendamir.question;

import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Level;
import java.util.List;

/**
 * An error in a question.
 *
 * @param argument what the error is about
 * @param message the kind of error
 * @param values the values for the text of the message, see {@link Text}
 * @param didYouMean the nearest valid values, best first; may be empty
 */
public record QuestionError(
    Argument argument, Message message, List<Object> values, List<String> didYouMean) {
  private static final int LONGEST_SHOWN = 60;

  public QuestionError {
    values = List.copyOf(values);
    didYouMean = List.copyOf(didYouMean);
  }

  /** Creates an error with its own text. */
  public QuestionError(String parameter, String code, Label detail, List<String> didYouMean) {
    this(Argument.of(parameter), Message.of(code, detail), List.of(), didYouMean);
  }

  /** Creates an error without a suggestion. */
  public static QuestionError of(Argument argument, Message message, Object... values) {
    return new QuestionError(argument, message, List.of(values), List.of());
  }

  /** Creates the error for a parameter whose value is not one of the valid values. */
  public static QuestionError unknownValue(String parameter, String value, List<String> valid) {
    return unknownValue(Argument.of(parameter), QuestionMessage.UNKNOWN_VALUE, value, valid, true);
  }

  static QuestionError unknownValue(
      Argument argument, Message message, String value, List<String> valid, boolean isExplained) {
    return new QuestionError(
        argument,
        message,
        List.of(shown(value), String.join(", ", valid)),
        isExplained ? Suggestions.nearest(value, valid) : List.of());
  }

  /** Creates the error for a value that cannot be a code. */
  public static QuestionError noCode(Level level, String value, List<String> nearest) {
    return new QuestionError(
        new Argument.Filter(level),
        QuestionMessage.NO_CODE,
        List.of(shown(value), new See.Codes(level)),
        nearest);
  }

  /** The name of the argument in the text form of a question. */
  public String parameter() {
    return argument.parameter();
  }

  public String code() {
    return message.code();
  }

  /** Describes the error and the valid values, in the terms of an API. */
  public Label detail(Terms terms) {
    return new Text(terms.pattern(message), values).in(terms);
  }

  /** The detail in the terms of the text form, which has no URLs of lists. */
  public Label detail() {
    return detail(TextForm.INSTANCE);
  }

  private enum TextForm implements Terms {
    INSTANCE;

    @Override
    public String name(Argument argument) {
      return argument.parameter();
    }

    @Override
    public String address(See see) {
      return see.toString();
    }
  }

  /**
   * Makes a sent value fit for a message: printable and at most {@value #LONGEST_SHOWN} characters.
   */
  public static String shown(String sent) {
    String printable = sent.replaceAll("\\p{Cntrl}", "?");
    return printable.length() > LONGEST_SHOWN
        ? printable.substring(0, LONGEST_SHOWN) + "…"
        : printable;
  }
}
