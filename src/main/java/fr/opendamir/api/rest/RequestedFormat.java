package fr.opendamir.api.rest;

import fr.opendamir.catalog.Label;
import fr.opendamir.format.AnswerFormat;
import fr.opendamir.format.Formats;
import fr.opendamir.format.Negotiation;
import fr.opendamir.question.Argument;
import fr.opendamir.question.Message;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import fr.opendamir.question.QuestionParser;
import jakarta.ws.rs.NotAcceptableException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Determines the format that a request asks for. */
final class RequestedFormat {
  private static final String DIALECT = "dialect";

  private RequestedFormat() {}

  /** Selects one of all formats, by {@code format} and {@code dialect} or the header. */
  static AnswerFormat of(Map<String, List<String>> parameters, String accept) {
    return of(parameters, accept, Formats.ALL);
  }

  /** Selects one of some formats, by {@code format} and {@code dialect} or the header. */
  static AnswerFormat of(
      Map<String, List<String>> parameters, String accept, List<AnswerFormat> offered) {
    return of(
        QuestionParser.value(parameters, "format"),
        QuestionParser.value(parameters, DIALECT),
        accept,
        offered);
  }

  /**
   * Selects a format, and one of its dialects. A dialect alone selects CSV.
   *
   * @param dialect the value of {@code dialect} as sent
   * @throws QuestionException as {@link #of(Optional, String, List)} does, and if the dialect does
   *     not exist or is of another format
   */
  static AnswerFormat of(
      Optional<String> parameter,
      Optional<String> dialect,
      String accept,
      List<AnswerFormat> offered) {
    Optional<String> named = dialect.map(String::strip).filter(name -> !name.isEmpty());
    if (named.isEmpty()) {
      return of(parameter, accept, offered);
    }
    AnswerFormat format = of(parameter.or(() -> Optional.of(Formats.CSV.id())), accept, offered);
    if (format != Formats.CSV) {
      throw malformed(
          QuestionError.of(
              Argument.of(DIALECT),
              Message.of(
                  "contradiction",
                  new Label(
                      "ne vaut que pour format=csv, pas pour %s",
                      "is for format=csv only, not %s")),
              format.id()));
    }
    return Optional.ofNullable(Formats.DIALECTS.get(named.get().toLowerCase(Locale.ROOT)))
        .orElseThrow(
            () ->
                malformed(
                    QuestionError.unknownValue(
                        DIALECT, named.get(), List.copyOf(Formats.DIALECTS.keySet()))));
  }

  /**
   * Selects a format: by the parameter if present, otherwise by the header.
   *
   * @param parameter the value of {@code format} as sent; blank means absent
   * @param accept the value of {@code Accept}; null if absent
   * @param offered the preferred one first
   * @throws QuestionException if the parameter names none of the offered formats
   * @throws NotAcceptableException if the header accepts none of the offered formats or is
   *     malformed
   */
  static AnswerFormat of(Optional<String> parameter, String accept, List<AnswerFormat> offered) {
    return parameter
        .map(String::strip)
        .filter(id -> !id.isEmpty())
        .map(id -> Formats.find(id, offered).orElseThrow(() -> unknown(id, offered)))
        .or(() -> Negotiation.best(accept, offered))
        .orElseThrow(NotAcceptableException::new);
  }

  private static QuestionException unknown(String id, List<AnswerFormat> offered) {
    return malformed(
        QuestionError.unknownValue("format", id, offered.stream().map(AnswerFormat::id).toList()));
  }

  private static QuestionException malformed(QuestionError error) {
    return new QuestionException(QuestionException.Reason.MALFORMED, List.of(error));
  }
}
