package fr.opendamir.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import fr.opendamir.answer.AnswerRequest;
import fr.opendamir.catalog.Language;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A call of a tool.
 *
 * @param arguments an object
 * @param request pays for the call
 */
record ToolCall(JsonNode arguments, AnswerRequest request) {
  static final String LANG = "lang";

  /**
   * Requires that all arguments are known.
   *
   * @throws RefusedArgumentException for the first that is not
   */
  void requireKnown(Set<String> known) {
    for (var names = arguments.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        List<String> nearest = Suggestions.nearest(name, known);
        throw new RefusedArgumentException(
            QuestionError.shown(name),
            "is no argument of this tool; its arguments: " + String.join(", ", known),
            nearest);
      }
    }
  }

  /** The language of labels and texts: English unless the argument says otherwise. */
  Language language() {
    return text(LANG)
        .map(
            sent ->
                Language.find(sent)
                    .orElseThrow(
                        () ->
                            new RefusedArgumentException(
                                LANG, "must be fr or en", List.of("fr", "en"))))
        .orElse(Language.EN);
  }

  /** An argument with one text, or a number as text; empty if it is absent or null. */
  Optional<String> text(String name) {
    List<String> values = texts(name);
    if (values.size() > 1) {
      throw new RefusedArgumentException(name, "takes one value", List.of());
    }
    return values.stream().findFirst();
  }

  /** An argument with a list of texts; a single text is a list of one. */
  List<String> texts(String name) {
    return texts(name, arguments.path(name));
  }

  /** Reads texts, numbers and lists of them. */
  static List<String> texts(String name, JsonNode value) {
    List<String> texts = new ArrayList<>();
    for (JsonNode one : value.isArray() ? value : List.of(value)) {
      if (one.isTextual() || one.isIntegralNumber()) {
        texts.add(one.asText());
      } else if (!one.isNull() && !one.isMissingNode()) {
        throw new RefusedArgumentException(name, "must be a text or a list of texts", List.of());
      }
    }
    return texts;
  }
}
