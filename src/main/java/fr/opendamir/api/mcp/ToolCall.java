package fr.opendamir.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import fr.opendamir.answer.AnswerRequest;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import fr.opendamir.question.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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
   * @throws QuestionException for the first that is not
   */
  void requireKnown(Set<String> known) {
    for (var names = arguments.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        List<String> nearest = Suggestions.nearest(name, known);
        String valid = String.join(", ", new TreeSet<>(known));
        throw refused(
            QuestionError.shown(name),
            "n'est pas un argument de cet outil ; ses arguments : " + valid,
            "is not an argument of this tool; its arguments: " + valid,
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
                            refused(
                                LANG,
                                "doit être fr ou en",
                                "must be fr or en",
                                List.of("fr", "en"))))
        .orElse(Language.EN);
  }

  /** The language of refusals: the same, or English where the argument makes no sense. */
  Language languageOfRefusals() {
    return Language.find(arguments.path(LANG).asText("")).orElse(Language.EN);
  }

  /**
   * The refusal of an argument that cannot be used as it was sent, like the one of a question.
   *
   * @param didYouMean values that would work
   */
  static QuestionException refused(
      String argument, String french, String english, List<String> didYouMean) {
    return new QuestionException(
        QuestionException.Reason.MALFORMED,
        List.of(
            new QuestionError(
                argument, "malformed_value", new Label(french, english), didYouMean)));
  }

  /** An argument with one text, or a number as text; empty if it is absent or null. */
  Optional<String> text(String name) {
    List<String> values = texts(name);
    if (values.size() > 1) {
      throw refused(name, "prend une seule valeur", "takes one value", List.of());
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
        throw refused(
            name,
            "doit être un texte ou une liste de textes",
            "must be a text or a list of texts",
            List.of());
      }
    }
    return texts;
  }
}
