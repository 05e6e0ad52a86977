package fr.opendamir.api.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Level;
import fr.opendamir.question.Argument;
import fr.opendamir.question.Message;
import fr.opendamir.question.QuestionBound;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionErrors;
import fr.opendamir.question.QuestionException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Parses a question posted as a JSON object. Its members are the parameters of the URL; values are
 * texts, numbers, booleans or lists of these, and {@code null} means absent. It is used for
 * questions too long for a URL. It also accepts the member {@code query} of an answer: the members
 * of {@code filters} are read as members of the question, and {@code months}, the months that the
 * answer covered, is a filter only if there is no other filter on periods.
 */
final class PostedQuestion {
  private static final int MOST_DIGITS = 100;
  private static final String FILTERS = "filters";
  private static final String MONTHS = "months";
  private static final List<String> PERIODS =
      Stream.concat(
              Level.of(Dimension.MONTH).stream().map(Level::id), Stream.of("from", "to", "last"))
          .toList();

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final QuestionErrors errors = new QuestionErrors();
  private final Map<String, List<String>> parameters = new LinkedHashMap<>();
  private int read;

  private PostedQuestion() {}

  /**
   * Parses the parameters of a posted question.
   *
   * @throws QuestionException if the body is not a JSON object of such values
   */
  static Map<String, List<String>> parameters(byte[] body) {
    PostedQuestion question = new PostedQuestion();
    question.readBody(body);
    question.errors.requireNone();
    return question.parameters;
  }

  private void readBody(byte[] body) {
    try (JsonParser json = MAPPER.createParser(body)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        Map<String, JsonNode> members = members(json);
        if (json.nextToken() == null) {
          members.forEach((name, value) -> addMember(name, value, members));
          return;
        }
      }
    } catch (IOException | NumberFormatException e) {
      // reported below, as for JSON that is not an object; bytes that are not valid text get here
      // too
    }
    errors.clear();
    addError(
        "body",
        "doit être un seul objet JSON, par exemple"
            + " {\"group_by\":[\"region\"],\"month\":\"2024-01\"}",
        "must be one JSON object, such as {\"group_by\":[\"region\"],\"month\":\"2024-01\"}");
  }

  /**
   * Reads the members of an object. Duplicates are errors, because JSON does not define which one
   * counts.
   */
  private Map<String, JsonNode> members(JsonParser json) throws IOException {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      requireFewMembers(++read);
      boolean isFilters =
          name.equalsIgnoreCase(FILTERS) && json.currentToken() == JsonToken.START_OBJECT;
      JsonNode value =
          isFilters ? MAPPER.createObjectNode().setAll(members(json)) : MAPPER.readTree(json);
      if (members.putIfAbsent(name, value) != null) {
        addError(
            name,
            "est donné deux fois ; réunir ses valeurs en une liste",
            "is there twice; put its values into one list");
      }
    }
    return members;
  }

  /**
   * Requires that the number of members, including those of {@code filters}, is within its bound.
   */
  private void requireFewMembers(int count) {
    if (QuestionBound.PARAMETERS.isExceededBy(count)) {
      errors.clear();
      errors.add(QuestionBound.PARAMETERS.error(new Argument.Named("parameters"), count));
      errors.requireNone();
    }
  }

  private void addMember(String name, JsonNode value, Map<String, JsonNode> members) {
    if (name.equalsIgnoreCase(FILTERS)) {
      addFilters(value);
    } else if (name.equalsIgnoreCase(MONTHS)) {
      boolean isOtherwiseFiltered =
          members.keySet().stream().map(PostedQuestion::ownName).anyMatch(PERIODS::contains);
      List<String> months = values(name, value);
      if (!isOtherwiseFiltered) {
        add(Level.MONTH_OF_PROCESSING.id(), months);
      }
    } else {
      add(name, values(name, value));
    }
  }

  private void addFilters(JsonNode filters) {
    if (filters.isObject()) {
      for (Map.Entry<String, JsonNode> filter : filters.properties()) {
        String name = filter.getKey();
        List<String> values = values(name, filter.getValue());
        if (Level.find(name).isPresent()) {
          add(name, values);
        } else {
          addError(
              name,
              "filters ne contient que des axes et leurs niveaux (/v1/dimensions)",
              "filters has dimensions and their levels only (/v1/dimensions)");
        }
      }
    } else if (!filters.isNull()) {
      addError(
          FILTERS,
          "doit être un objet, par exemple {\"region\":[\"11\"]}",
          "must be an object, such as {\"region\":[\"11\"]}");
    }
  }

  private void add(String name, List<String> values) {
    parameters.computeIfAbsent(name, key -> new ArrayList<>()).addAll(values);
  }

  private List<String> values(String name, JsonNode value) {
    List<String> values = new ArrayList<>();
    for (JsonNode one : value.isArray() ? value : List.of(value)) {
      if (one.isTextual() || one.isBoolean() || one.isIntegralNumber()) {
        values.add(one.asText());
      } else if (one.isNumber()) {
        values.add(text(one.decimalValue()));
      } else if (!one.isNull()) {
        addError(
            name,
            "doit être un texte, un nombre, un booléen ou une liste de ceux-ci",
            "must be a text, a number, a boolean or a list of those");
      }
    }
    return values;
  }

  /**
   * Formats a number: 100.0 and 1e2 become 100. Very large exponents are not expanded: they are
   * rejected in any case, and could take a gigabyte of zeros.
   */
  private static String text(BigDecimal number) {
    boolean isShort =
        number.precision() <= MOST_DIGITS && Math.abs((long) number.scale()) <= MOST_DIGITS;
    return isShort ? number.stripTrailingZeros().toPlainString() : number.toString();
  }

  private static String ownName(String name) {
    return Level.find(name).map(Level::id).orElse(name.toLowerCase(Locale.ROOT));
  }

  private void addError(String parameter, String french, String english) {
    errors.add(
        new Argument.Named(QuestionError.shown(parameter)),
        Message.of("malformed_value", new Label(french, english)));
  }
}
