package fr.opendamir.api.rest;

import fr.opendamir.format.AnswerFormat;
import fr.opendamir.format.Formats;
import fr.opendamir.format.Negotiation;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import jakarta.ws.rs.NotAcceptableException;
import java.util.List;
import java.util.Optional;

/** Determines the format that a request asks for. */
final class RequestedFormat {
  private RequestedFormat() {}

  /** Selects one of all formats. */
  static AnswerFormat of(Optional<String> parameter, String accept) {
    return of(parameter, accept, Formats.ALL);
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
    return new QuestionException(
        QuestionException.Reason.MALFORMED,
        List.of(
            QuestionError.unknownValue(
                "format", id, offered.stream().map(AnswerFormat::id).toList())));
  }
}
