package fr.opendamir.api.rest;

import fr.opendamir.catalog.Label;
import fr.opendamir.question.Argument;
import fr.opendamir.question.Message;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parses the query string of a URL. Only {@code &} separates parameters. The parsers of Vert.x and
 * Netty are not used, because they also split at semicolons and silently drop everything after the
 * first thousand parameters.
 */
final class AddressedQuestion {
  private AddressedQuestion() {}

  /**
   * The parameters of a request, by name, with their values in order.
   *
   * @throws QuestionException if a part is not valid percent-encoded text
   */
  static Map<String, List<String>> parameters(HttpServerRequest request) {
    return parameters(request.query());
  }

  /** The parameters of the query string of a URL, which may be null. */
  static Map<String, List<String>> parameters(String query) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String part : query == null ? new String[0] : query.split("&", -1)) {
      if (!part.isEmpty()) {
        String[] sides = part.split("=", 2);
        parameters
            .computeIfAbsent(text(sides[0]), name -> new ArrayList<>())
            .add(sides.length > 1 ? text(sides[1]) : "");
      }
    }
    return parameters;
  }

  private static String text(String escaped) {
    try {
      return URLDecoder.decode(escaped, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new QuestionException(
          QuestionException.Reason.MALFORMED,
          List.of(
              QuestionError.of(
                  new Argument.Named(QuestionError.shown(escaped)),
                  Message.of(
                      "malformed_value",
                      new Label(
                          "% doit être suivi de deux chiffres hexadécimaux ; lui-même s'écrit %25",
                          "% must be followed by two hexadecimal digits; itself, it is written %25")))));
    }
  }
}
