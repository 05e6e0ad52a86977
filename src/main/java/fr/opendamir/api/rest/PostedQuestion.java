package fr.opendamir.api.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.opendamir.catalog.Label;
import fr.opendamir.query.QuestionError;
import fr.opendamir.query.QuestionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A question as a JSON object: the parameters of the address, their values as texts, numbers,
 * booleans or lists of those. For questions that are too long for an address.
 */
final class PostedQuestion {
  private static final JsonMapper MAPPER = new JsonMapper();

  private PostedQuestion() {}

  /**
   * The parameters of a posted question.
   *
   * @throws QuestionException when it is no JSON object of texts, numbers and lists
   */
  static Map<String, List<String>> parameters(byte[] body) {
    JsonNode question = read(body);
    List<QuestionError> errors = new ArrayList<>();
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : question.properties()) {
      List<String> values = new ArrayList<>();
      JsonNode value = member.getValue();
      if (value.isArray()) {
        value.forEach(one -> add(member.getKey(), one, values, errors));
      } else {
        add(member.getKey(), value, values, errors);
      }
      parameters.put(member.getKey(), values);
    }
    if (!errors.isEmpty()) {
      throw new QuestionException(QuestionException.Reason.MALFORMED, errors);
    }
    return parameters;
  }

  private static JsonNode read(byte[] body) {
    try {
      JsonNode question = MAPPER.readTree(body);
      if (question.isObject()) {
        return question;
      }
    } catch (JsonProcessingException e) {
      // said below, together with what is JSON but no object
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory cannot fail", e);
    }
    throw new QuestionException(
        QuestionException.Reason.MALFORMED,
        List.of(
            error(
                "body",
                "doit être un objet JSON, par exemple {\"group_by\":[\"region\"],\"month\":\"2024-01\"}",
                "must be a JSON object, such as {\"group_by\":[\"region\"],\"month\":\"2024-01\"}")));
  }

  private static void add(
      String name, JsonNode value, List<String> values, List<QuestionError> errors) {
    if (value.isTextual() || value.isNumber() || value.isBoolean()) {
      values.add(value.asText());
    } else {
      errors.add(
          error(
              QuestionError.shown(name),
              "doit être un texte, un nombre ou une liste de ceux-ci",
              "must be a text, a number or a list of those"));
    }
  }

  private static QuestionError error(String parameter, String french, String english) {
    return new QuestionError(parameter, "malformed_value", new Label(french, english), List.of());
  }
}
