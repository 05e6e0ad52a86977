package fr.opendamir.api.doors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.opendamir.api.doors.RandomQuestion.Condition;
import fr.opendamir.api.doors.RandomQuestion.PeriodCondition;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A question as a GraphQL document, which can be written in many ways: arguments as literals or
 * variables, fields under aliases and in fragments, others that are skipped.
 */
final class GraphqlQuestion {
  private static final JsonMapper JSON = new JsonMapper();

  /** The value of an enumeration. */
  private record Name(String text) {}

  private final RandomQuestion question;
  private final String language;
  private final Random random;

  private final Map<String, Object> variables = new LinkedHashMap<>();
  private final List<String> declarations = new ArrayList<>();
  private final List<String> fragments = new ArrayList<>();

  /** What levels, measures and the status are called in the answer. */
  private final Map<String, String> keys = new LinkedHashMap<>();

  private final String document;

  /** Writes a page of a question in one of many ways. */
  GraphqlQuestion(
      RandomQuestion question, String language, int first, Optional<String> after, Random random) {
    this.question = question;
    this.language = language;
    this.random = random;
    String arguments =
        arguments(first, after).entrySet().stream()
            .map(
                argument ->
                    argument.getKey() + ": " + value(argument.getKey(), argument.getValue()))
            .collect(Collectors.joining(", "));
    String nodes = nodes();
    this.document =
        """
        query Question%s {
          spending(%s) {
            nodes { %s }
            totalCount
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
            release { id }
            months
            warnings
            disclosure { policy threshold notDisclosed { dimension measure share } }
          }
        }
        %s\
        """
            .formatted(
                declarations.isEmpty() ? "" : "(" + String.join(", ", declarations) + ")",
                arguments,
                nodes,
                String.join("\n", fragments));
  }

  /** Whether it asks for a field of nodes under two names. */
  boolean asksTwice() {
    return document().contains("other: label");
  }

  String document() {
    return document;
  }

  /** As GET has it. */
  String address() {
    return "/graphql?query="
        + encoded(document)
        + (variables.isEmpty() ? "" : "&variables=" + encoded(json(variables)));
  }

  /** As POST has it. */
  String body() {
    return json(Map.of("query", document, "variables", variables));
  }

  /** The rows of the answer. */
  List<FigureRow> rows(JsonNode spending) {
    List<FigureRow> rows = new ArrayList<>();
    for (JsonNode node : spending.get("nodes")) {
      rows.add(
          new FigureRow(
              question.groupBy().stream().map(level -> code(level, node)).toList(),
              question.measures().stream()
                  .map(measure -> node.get(keys.get(measure)))
                  .map(FigureReader::number)
                  .toList(),
              node.get(keys.get("status")).textValue().toLowerCase(Locale.ROOT)));
    }
    return rows;
  }

  /** The labels of the answer's rows; for periods, which have none, themselves. */
  List<List<String>> labels(JsonNode spending) {
    List<List<String>> labels = new ArrayList<>();
    for (JsonNode node : spending.get("nodes")) {
      labels.add(
          question.groupBy().stream()
              .map(
                  level ->
                      isPeriod(level)
                          ? code(level, node)
                          : node.get(keys.get(level.id())).get("label").textValue())
              .toList());
    }
    return labels;
  }

  private String code(Level level, JsonNode node) {
    JsonNode value = node.get(keys.get(level.id()));
    return (isPeriod(level) ? value : value.get("code")).textValue();
  }

  private static boolean isPeriod(Level level) {
    return level.dimension() == Dimension.MONTH;
  }

  private Map<String, Object> arguments(int first, Optional<String> after) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    Map<String, Object> filter = new LinkedHashMap<>();
    question
        .filters()
        .forEach(
            (level, codes) ->
                filter.put(
                    field(level.id()),
                    Map.of(
                        question.excluded().contains(level) ? "notIn" : "in", List.copyOf(codes))));
    for (PeriodCondition condition : question.periods()) {
      filter.put(field(condition.level().id()), period(condition));
    }
    question
        .last()
        .ifPresent(
            months -> {
              Map<String, Object> month = new LinkedHashMap<>();
              if (filter.get("month") instanceof Map<?, ?> asked) {
                asked.forEach((name, value) -> month.put(String.valueOf(name), value));
              }
              month.put("last", months);
              filter.put("month", month);
            });
    if (!filter.isEmpty()) {
      arguments.put("filter", filter);
    }
    if (!question.having().isEmpty()) {
      arguments.put("having", question.having().stream().map(GraphqlQuestion::having).toList());
    }
    if (!question.sort().isEmpty()) {
      arguments.put("orderBy", question.sort().stream().map(this::order).toList());
    }
    if (!question.fill().equals("none")) {
      arguments.put("fill", new Name(question.fill().toUpperCase(Locale.ROOT)));
    }
    if (!question.totals().equals("none")) {
      arguments.put("totals", new Name(question.totals().toUpperCase(Locale.ROOT)));
    }
    arguments.put("first", first);
    after.ifPresent(cursor -> arguments.put("after", cursor));
    arguments.put("release", question.release());
    return arguments;
  }

  private static Map<String, Object> period(PeriodCondition condition) {
    Map<String, Object> members = new LinkedHashMap<>();
    if (!condition.listed().isEmpty()) {
      members.put(condition.isExclusion() ? "notIn" : "in", condition.listed());
    }
    condition.from().ifPresent(from -> members.put("from", from));
    condition.to().ifPresent(to -> members.put("to", to));
    return members;
  }

  private static Map<String, Object> having(Condition condition) {
    return Map.of(
        "measure", new Name(condition.measure().toUpperCase(Locale.ROOT)),
        "is", new Name(condition.operator().toUpperCase(Locale.ROOT)),
        "value", condition.value());
  }

  private Map<String, Object> order(String key) {
    Map<String, Object> order = new LinkedHashMap<>();
    boolean isDescending = key.startsWith("-");
    String name = isDescending ? key.substring(1) : key;
    order.put(
        question.measures().contains(name) ? "measure" : "dimension",
        new Name(name.toUpperCase(Locale.ROOT)));
    if (isDescending || random.nextBoolean()) {
      order.put("direction", new Name(isDescending ? "DESC" : "ASC"));
    }
    return order;
  }

  /** A literal, or a variable that is declared. */
  private String value(String argument, Object value) {
    if (random.nextBoolean()) {
      return literal(value);
    }
    String type =
        switch (argument) {
          case "filter" -> "SpendingFilter";
          case "having" -> "[MeasureCondition!]";
          case "orderBy" -> "[SpendingOrder!]";
          case "totals" -> "TotalRows";
          case "fill" -> "FilledPeriods";
          case "first" -> "Int";
          default -> "String";
        };
    declarations.add("$" + argument + ": " + type);
    variables.put(argument, plain(value));
    return "$" + argument;
  }

  private static String literal(Object value) {
    if (value instanceof Map<?, ?> members) {
      return members.entrySet().stream()
          .map(member -> member.getKey() + ": " + literal(member.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof List<?> items) {
      return items.stream()
          .map(GraphqlQuestion::literal)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Name name) {
      return name.text();
    }
    return value instanceof BigDecimal number ? number.toPlainString() : json(value);
  }

  /** As JSON has it, which knows no names. */
  private static Object plain(Object value) {
    if (value instanceof Map<?, ?> members) {
      Map<String, Object> object = new LinkedHashMap<>();
      members.forEach((name, member) -> object.put(String.valueOf(name), plain(member)));
      return object;
    }
    if (value instanceof List<?> items) {
      return items.stream().map(GraphqlQuestion::plain).toList();
    }
    return value instanceof Name name ? name.text() : value;
  }

  /** Levels and measures in their order, each some way between the others. */
  private String nodes() {
    List<Level> levels = new ArrayList<>(question.groupBy());
    List<String> measures = new ArrayList<>(question.measures());
    List<String> fields = new ArrayList<>();
    fields.add(named("status", "status"));
    while (!levels.isEmpty() || !measures.isEmpty()) {
      if (measures.isEmpty() || (!levels.isEmpty() && random.nextBoolean())) {
        Level level = levels.remove(0);
        fields.add(named(level.id(), field(level.id())) + (isPeriod(level) ? "" : code()));
      } else {
        String measure = measures.remove(0);
        fields.add(named(measure, field(measure)));
      }
    }
    List<String> selections = new ArrayList<>();
    while (!fields.isEmpty()) {
      List<String> some = fields.subList(0, 1 + random.nextInt(fields.size()));
      selections.add(wrapped(String.join(" ", some)));
      some.clear();
    }
    if (random.nextInt(3) == 0) {
      selections.add(random.nextInt(selections.size() + 1), skipped());
    }
    return String.join(" ", selections);
  }

  private String named(String id, String field) {
    String key = random.nextInt(3) == 0 ? field + "_" + random.nextInt(10) : field;
    keys.put(id, key);
    return key.equals(field) ? field : key + ": " + field;
  }

  private String code() {
    return switch (random.nextInt(4)) {
      case 0 -> " { label code }";
      case 1 -> " { ... on Code { code } label(lang: %s) }".formatted(language(language));
      case 2 ->
          " { code label other: label(lang: %s) }"
              .formatted(language(language.equals("fr") ? "en" : "fr"));
      default -> " { code ... { label(lang: null) } }";
    };
  }

  private static String language(String language) {
    return language.toUpperCase(Locale.ROOT);
  }

  private String wrapped(String fields) {
    return switch (random.nextInt(5)) {
      case 0 -> "... on SpendingNode { %s }".formatted(fields);
      case 1 -> "... @include(if: true) { %s }".formatted(fields);
      case 2 -> "... @skip(if: %s) { %s }".formatted(flag(false), fields);
      case 3 -> {
        String name = "Some" + fragments.size();
        fragments.add("fragment %s on SpendingNode { %s }".formatted(name, fields));
        yield "..." + name;
      }
      default -> fields;
    };
  }

  /** Fields that nobody asks for after all. */
  private String skipped() {
    return switch (random.nextInt(3)) {
      case 0 -> "... @include(if: %s) { none: careLag { code } }".formatted(flag(false));
      case 1 -> "none: region @skip(if: %s) { code }".formatted(flag(true));
      default -> "none: charged @include(if: false)";
    };
  }

  private String flag(boolean value) {
    String name = value ? "yes" : "no";
    if (variables.put(name, value) == null) {
      declarations.add("$" + name + ": Boolean!");
    }
    return "$" + name;
  }

  /** {@code age_band} as {@code ageBand}. */
  private static String field(String id) {
    StringBuilder field = new StringBuilder();
    for (int i = 0; i < id.length(); i++) {
      boolean isStart = i > 0 && id.charAt(i - 1) == '_';
      if (id.charAt(i) != '_') {
        field.append(isStart ? Character.toUpperCase(id.charAt(i)) : id.charAt(i));
      }
    }
    return field.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
