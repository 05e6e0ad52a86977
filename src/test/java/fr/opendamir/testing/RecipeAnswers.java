package fr.opendamir.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Follows the recipes of a service as its answers write them. */
public final class RecipeAnswers {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int EXCERPT = 17;

  private final URI base;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public RecipeAnswers(URI base) {
    this.base = base;
  }

  /** The recipes of questions that have an answer. */
  public List<JsonNode> answerable() {
    return json(get("/v1/recipes?lang=en"))
        .get("data")
        .valueStream()
        .filter(recipe -> recipe.get("answerable").booleanValue())
        .map(recipe -> json(get(recipe.get("url").textValue() + "?lang=en")))
        .toList();
  }

  /**
   * Sends a request of a recipe to both doors and compares their answers.
   *
   * @return code of the error by which both refuse; empty if they answer
   */
  public Optional<String> ask(JsonNode request) {
    String address = request.get("rest").textValue();
    JsonNode rest = json(get(address + "&lang=en"));
    JsonNode graphql = graphql(request.get("graphql").textValue());
    if (rest.has("errors")) {
      String code = rest.at("/errors/0/code").textValue();
      assertThat(graphql.path("errors").toString()).as(address).contains(code);
      return Optional.of(code);
    }
    assertThat(graphql.has("errors")).as("%s: %s", address, graphql).isFalse();
    assertThat(rest.path("data").isArray()).as("%s: %s", address, rest).isTrue();
    JsonNode field = graphql.get("data").iterator().next();
    List<Map<String, String>> found =
        field.has("nodes")
            ? field.get("nodes").valueStream().map(RecipeAnswers::ofNode).toList()
            : ofTable(field.get(0));
    List<Map<String, String>> expected = new ArrayList<>();
    for (JsonNode row : rest.get("data")) {
      Map<String, String> values = new TreeMap<>();
      row.properties().forEach(one -> values.put(one.getKey(), text(one.getValue())));
      // GraphQL has no labels of periods, and codes alone in reference tables.
      values.keySet().retainAll(found.isEmpty() ? values.keySet() : found.get(0).keySet());
      expected.add(values);
    }
    assertThat(found).as(address).isEqualTo(expected);
    return Optional.empty();
  }

  /** What a recipe answers, as its member of {@code demonstration.json}. */
  public ObjectNode recorded(JsonNode recipe, List<String> script) {
    ObjectNode recorded = MAPPER.createObjectNode();
    script.forEach(recorded.putArray("script")::add);
    ObjectNode answers = recorded.putObject("answers");
    for (JsonNode request : recipe.get("requests")) {
      if (request.get("refused_on_demonstration").isNull()) {
        ObjectNode excerpt = answers.putObject(request.get("name").textValue());
        for (String language : List.of("fr", "en")) {
          String address = request.get("rest").textValue() + "&format=csv&lang=" + language;
          List<String> lines = get(address).lines().toList();
          excerpt.put("rows", lines.size() - 1);
          lines.stream().limit(EXCERPT).forEach(excerpt.withArray(language)::add);
        }
      }
    }
    return recorded;
  }

  private static Map<String, String> ofNode(JsonNode node) {
    Map<String, String> values = new TreeMap<>();
    node.properties()
        .forEach(
            one -> {
              String name =
                  one.getKey().replaceAll("([A-Z]|[0-9]+)", "_$1").toLowerCase(Locale.ROOT);
              JsonNode value = one.getValue();
              if (value.isObject()) {
                values.put(name, text(value.get("code")));
                values.put(name + "_label", text(value.get("label")));
              } else {
                values.put(
                    name,
                    name.equals("status") ? text(value).toLowerCase(Locale.ROOT) : text(value));
              }
            });
    return values;
  }

  private static List<Map<String, String>> ofTable(JsonNode table) {
    List<String> columns =
        table.get("columns").valueStream().map(column -> column.get("name").textValue()).toList();
    return table
        .get("rows")
        .valueStream()
        .map(
            row -> {
              Map<String, String> values = new TreeMap<>();
              for (int i = 0; i < columns.size(); i++) {
                values.put(columns.get(i), text(row.get(i)));
              }
              return values;
            })
        .toList();
  }

  /** Numbers are texts in reference tables of GraphQL, with their zeros. */
  private static String text(JsonNode value) {
    String text = value.isNull() ? "" : value.asText();
    return text.matches("-?[0-9]+(\\.[0-9]+)?")
        ? new BigDecimal(text).stripTrailingZeros().toPlainString()
        : text;
  }

  private JsonNode graphql(String document) {
    String body = MAPPER.createObjectNode().put("query", document).toString();
    return json(
        send(
            HttpRequest.newBuilder(base.resolve("/graphql"))
                .header("Content-Type", "application/json")
                .header("Accept-Language", "en")
                .POST(HttpRequest.BodyPublishers.ofString(body))));
  }

  private String get(String address) {
    return send(HttpRequest.newBuilder(base.resolve(address)));
  }

  private String send(HttpRequest.Builder request) {
    return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString()).join().body();
  }

  private static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }
}
