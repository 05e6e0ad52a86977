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
 * A question as a JSON object: the parameters of the address, their values as texts, numbers,
 * booleans or lists of those; {@code null} is as good as absent. For questions that are too long
 * for an address, and for the member {@code query} of answers: its {@code filters} are members of
 * their own, and its {@code months} tell what the answer covered, which is a filter only where
 * there is no other one of periods.
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
   * The parameters of a posted question.
   *
   * @param body may be null, as it is where there is none
   * @throws QuestionException when it is no JSON object of texts, numbers and lists
   */
  static Map<String, List<String>> parameters(byte[] body) {
    PostedQuestion question = new PostedQuestion();
    question.readBody(body == null ? new byte[0] : body);
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
      // said below, together with what is JSON but no object; bytes that are no text come here too
    }
    errors.clear();
    addError(
        "body",
        "doit être un seul objet JSON, par exemple {\"group_by\":[\"region\"],\"month\":\"2024-01\"}",
        "must be one JSON object, such as {\"group_by\":[\"region\"],\"month\":\"2024-01\"}");
  }

  /** The members of an object, of which none may be there twice: which one counts, nobody knows. */
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

  /** Those of filters are members of the question. */
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

  /** 100.0 and 1e2 are 100. Numbers that are refused anyway could have a gigabyte of zeros. */
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
