package fr.opendamir.api.rest;

import fr.opendamir.format.AnswerFormat;
import fr.opendamir.format.Formats;
import fr.opendamir.format.Negotiation;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import jakarta.ws.rs.NotAcceptableException;
import java.util.List;
import java.util.Optional;

/** The format that a request asks for. */
final class RequestedFormat {
  private RequestedFormat() {}

  /** Chooses one of all formats. */
  static AnswerFormat of(Optional<String> parameter, String accept) {
    return of(parameter, accept, Formats.ALL);
  }

  /**
   * Chooses a format: the one the parameter names, else the best of the header.
   *
   * @param parameter the value of {@code format} as sent; blank is as good as absent
   * @param accept the value of {@code Accept}; null where there is none
   * @param offered the preferred one first
   * @throws QuestionException when the parameter names none of them
   * @throws NotAcceptableException when the header accepts none of them, or is not well formed
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
    return new QuestionException(
        QuestionException.Reason.MALFORMED,
        List.of(
            QuestionError.unknownValue(
                "format", id, offered.stream().map(AnswerFormat::id).toList())));
  }
}
