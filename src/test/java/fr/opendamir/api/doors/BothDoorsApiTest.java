package fr.opendamir.api.doors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import fr.opendamir.testing.Draws;
import fr.opendamir.testing.SideBySide;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One question through REST and GraphQL: every figure, code and label, what is said of them, where
 * the next page starts and what it costs are the same, and the figures are the sums of the blocks.
 */
@QuarkusTest
@WithTestResource(RolledUpMonths.class)
class BothDoorsApiTest {
  private static final int QUESTIONS = 280;
  private static final long SEED = 5;
  private static final int MOST_PAGES = 3;

  @TestHTTPResource("/")
  URI base;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger rows = new AtomicInteger();
  private final AtomicInteger laterPages = new AtomicInteger();
  private final AtomicInteger byVariables = new AtomicInteger();
  private final AtomicInteger byFragments = new AtomicInteger();

  /** All that a page tells, however it is written. */
  private record Told(
      List<FigureRow> rows,
      List<List<String>> labels,
      long total,
      List<String> months,
      String release,
      String policy,
      int threshold,
      Map<String, Map<String, JsonNode>> notDisclosed,
      List<String> warnings,
      Optional<String> next,
      long mostUnits) {
    Told costing(long units) {
      return new Told(
          rows,
          labels,
          total,
          months,
          release,
          policy,
          threshold,
          notDisclosed,
          warnings,
          next,
          units);
    }
  }

  /** What a refusal says to programs: problem, status, and each error with its code. */
  private record Refusal(int status, String type, String title, List<List<String>> errors) {}

  @Test
  void bothDoorsTellTheSame() {
    BlockTable table =
        BlockTable.read(
            ConfigProvider.getConfig().getValue(RolledUpMonths.BLOCKS_URL, String.class));
    SideBySide.check(
        Draws.sources(new Random(SEED), QUESTIONS),
        source -> {
          Random random = source.random();
          RandomQuestion question = RandomQuestion.draw(random, table);
          check(question, NaiveAnswer.of(question, table.blocks(question.release())), random);
        });
    assertThat(rows).as("rows compared").hasValueGreaterThan(5_000);
    assertThat(laterPages).as("pages after the first").hasValueGreaterThan(80);
    assertThat(byVariables).as("questions with variables").hasValueGreaterThan(100);
    assertThat(byFragments).as("questions with fragments").hasValueGreaterThan(50);
  }

  private void check(RandomQuestion question, List<FigureRow> expected, Random random) {
    String language = random.nextBoolean() ? "fr" : "en";
    int size = List.of(1, 10, 100, 10_000, 1 + random.nextInt(3_000)).get(random.nextInt(5));
    Optional<String> cursor = Optional.empty();
    int offset = 0;
    for (int page = 0; page < MOST_PAGES && (page == 0 || cursor.isPresent()); page++) {
      GraphqlQuestion asked = new GraphqlQuestion(question, language, size, cursor, random);
      Told byRest = rest(question, language, size, cursor);
      Told byGraphql = graphql(asked, language, cursor);

      // A label in a second language is more than REST can be asked for, and has a price.
      assertThat(asked.asksTwice() ? byGraphql.costing(byRest.mostUnits()) : byGraphql)
          .as(asked.document())
          .isEqualTo(byRest);
      assertThat(byGraphql.mostUnits()).isGreaterThanOrEqualTo(byRest.mostUnits());
      assertThat(byGraphql.rows())
          .as(asked.document())
          .isEqualTo(NaiveAnswer.page(expected, offset, size));
      offset += size;
      long cells = expected.stream().filter(row -> !row.isTotal()).count();
      assertThat(byGraphql.next().isPresent()).isEqualTo(offset < cells);
      cursor = byRest.next();
      rows.addAndGet(byRest.rows().size());
      laterPages.addAndGet(page > 0 ? 1 : 0);
      byVariables.addAndGet(asked.document().contains("query Question(") ? 1 : 0);
      byFragments.addAndGet(asked.document().contains("fragment ") ? 1 : 0);
    }
  }

  private Told rest(RandomQuestion question, String language, int size, Optional<String> cursor) {
    String address =
        "/v1/aggregates?"
            + question.parameters()
            + "&limit="
            + size
            + cursor.map(text -> "&cursor=" + text).orElse("");
    JsonNode answer = answered(get(address, language));
    JsonNode dryRun = answered(get(address + "&dry_run=true", language));
    List<Level> levels = question.groupBy();
    FigureReader reader =
        new FigureReader(http, base, levels.stream().map(Level::id).toList(), question.measures());
    Map<String, Map<String, JsonNode>> notDisclosed = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> level : answer.at("/disclosure/not_disclosed").properties()) {
      Map<String, JsonNode> shares = new LinkedHashMap<>();
      level.getValue().properties().forEach(of -> shares.put(of.getKey(), of.getValue()));
      notDisclosed.put(level.getKey(), shares);
    }
    return new Told(
        reader.json(answer),
        all(
            answer.get("data"),
            row -> levels.stream().map(level -> row.get(label(level)).asText()).toList()),
        answer.at("/page/total").asLong(),
        all(answer.at("/query/months"), JsonNode::asText),
        answer.at("/release/id").asText(),
        answer.at("/disclosure/policy").asText(),
        answer.at("/disclosure/threshold").asInt(),
        notDisclosed,
        all(answer.get("warnings"), JsonNode::asText),
        text(answer.at("/page/next_cursor")),
        dryRun.get("max_units").asLong());
  }

  private static String lowerCase(JsonNode name) {
    return name.asText().toLowerCase(Locale.ROOT);
  }

  /** Periods have no labels in GraphQL. */
  private static String label(Level level) {
    return level.dimension() == Dimension.MONTH ? level.id() : level.id() + "_label";
  }

  private Told graphql(GraphqlQuestion asked, String language, Optional<String> after) {
    // how the caller stands is told by POST only
    String body =
        answered(post(asked.body(), language))
            .toString()
            .replaceFirst(",\"throttleStatus\":\\{[^}]*}", "");
    JsonNode answer = FigureReader.json(body);
    if (after.isEmpty()) {
      assertThat(answered(get(asked.address(), language)))
          .as("by GET and by POST")
          .hasToString(body);
    }
    JsonNode spending = answer.at("/data/spending");
    assertThat(text(spending.at("/pageInfo/startCursor"))).isEqualTo(after);
    assertThat(spending.at("/pageInfo/hasPreviousPage").asBoolean()).isEqualTo(after.isPresent());
    Optional<String> next = text(spending.at("/pageInfo/endCursor"));
    assertThat(spending.at("/pageInfo/hasNextPage").asBoolean()).isEqualTo(next.isPresent());
    JsonNode cost = answer.at("/extensions/cost");
    assertThat(cost.get("actualQueryCost").asLong())
        .isBetween(1L, cost.get("requestedQueryCost").asLong());
    Map<String, Map<String, JsonNode>> notDisclosed = new LinkedHashMap<>();
    for (JsonNode one : spending.at("/disclosure/notDisclosed")) {
      notDisclosed
          .computeIfAbsent(lowerCase(one.get("dimension")), any -> new LinkedHashMap<>())
          .put(lowerCase(one.get("measure")), one.get("share"));
    }
    return new Told(
        asked.rows(spending),
        asked.labels(spending),
        spending.get("totalCount").asLong(),
        all(spending.get("months"), JsonNode::asText),
        spending.at("/release/id").asText(),
        spending.at("/disclosure/policy").asText(),
        spending.at("/disclosure/threshold").asInt(),
        notDisclosed,
        all(spending.get("warnings"), JsonNode::asText),
        next,
        cost.get("requestedQueryCost").asLong());
  }

  /** The cursor is that of a question by region. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "limit=0 | (first: 0) { nodes { reimbursed } }",
        "limit=10001 | (first: 10001) { nodes { reimbursed } }",
        "limit=-5 | (first: -5) { nodes { reimbursed } }",
        "measures=average_charge | { nodes { averageCharge } }",
        "measures=average_charge,average_reimbursed&region=11"
            + " | (filter: {region: {in: [\"11\"]}}) { nodes { averageCharge averageReimbursed } }",
        "measures=average_charge&service=!1110"
            + " | (filter: {service: {notIn: [\"1110\"]}}) { nodes { averageCharge } }",
        "group_by=region,sex,month,insurance,age_band,exemption,service | { nodes { region { code }"
            + " sex { code } month insurance { code } ageBand { code } exemption { code }"
            + " service { code } } }",
        "having=reimbursed:ge:1234567890123456"
            + " | (having: [{measure: REIMBURSED, is: GE, value: 1234567890123456}])"
            + " { nodes { reimbursed } }",
        "having=reimbursed:ge:0.1234567 | (having: [{measure: REIMBURSED, is: GE, value:"
            + " 0.1234567}]) { nodes { reimbursed } }",
        "having=reimbursed:ge:1e999999999"
            + " | (having: [{measure: REIMBURSED, is: GE, value: 1e999999999}])"
            + " { nodes { reimbursed } }",
        "having=reimbursed:ge:1e-999999999"
            + " | (having: [{measure: REIMBURSED, is: GE, value: 1e-999999999}])"
            + " { nodes { reimbursed } }",
        "measures=charged&having=reimbursed:eq:1"
            + " | (having: [{measure: REIMBURSED, is: EQ, value: 1}]) { nodes { charged } }",
        "measures=charged&sort=quantity | (orderBy: [{measure: QUANTITY}]) { nodes { charged } }",
        "group_by=region&sort=-sex"
            + " | (orderBy: [{dimension: SEX, direction: DESC}]) { nodes { region { code } } }",
        "region=1%201 | (filter: {region: {in: [\"1 1\"]}}) { nodes { reimbursed } }",
        "provider_specialty=!%C3%A9 | (filter: {providerSpecialty: {notIn: [\"é\"]}})"
            + " { nodes { reimbursed } }",
        "month=2024-13 | (filter: {month: {in: [\"2024-13\"]}}) { nodes { reimbursed } }",
        "month=2024-13..2024-14 | (filter: {month: {from: \"2024-13\", to: \"2024-14\"}})"
            + " { nodes { reimbursed } }",
        "quarter=2024-Q5 | (filter: {quarter: {notIn: [\"2024-Q5\"]}}) { nodes { reimbursed } }",
        "year=20x.. | (filter: {year: {from: \"20x\"}}) { nodes { reimbursed } }",
        "last=0 | (filter: {month: {last: 0}}) { nodes { reimbursed } }",
        "last=1201&limit=0&sort=sex"
            + " | (filter: {month: {last: 1201}}, first: 0, orderBy: [{dimension: SEX}])"
            + " { nodes { reimbursed } }",
        "cursor=x | (after: \"x\") { nodes { reimbursed } }",
        "group_by=sex&cursor={cursor} | (after: \"{cursor}\") { nodes { sex { code } } }",
        "group_by=region&measures=charged&release=2020-01-01.1&cursor={cursor}"
            + " | (after: \"{cursor}\", release: \"2020-01-01.1\")"
            + " { nodes { region { code } charged } }",
        "release=abc | (release: \"abc\") { nodes { reimbursed } }",
        "release=2020-01-01.1 | (release: \"2020-01-01.1\") { nodes { reimbursed } }",
      })
  void bothDoorsRefuseTheSame(String parameters, String selection) {
    String cursor =
        answered(get("/v1/aggregates?group_by=region&measures=charged&limit=1", "en"))
            .at("/page/next_cursor")
            .textValue();
    JsonNode problem =
        refused(get("/v1/aggregates?" + parameters.replace("{cursor}", cursor), "en"));
    String document = "{ spending " + selection.replace("{cursor}", cursor) + " }";
    HttpResponse<String> response =
        post("{\"query\": " + FigureReader.quoted(document) + "}", "en");
    JsonNode error = refused(response).at("/errors/0/extensions");

    assertThat(refusal(error.get("problem"))).as(response.body()).isEqualTo(refusal(problem));
    assertThat(response.statusCode()).isEqualTo(problem.get("status").asInt());
    assertThat(error.get("code").asText()).isEqualTo(problem.at("/errors/0/code").asText());
  }

  /** Parameters by the names that arguments have. */
  private static Refusal refusal(JsonNode problem) {
    return new Refusal(
        problem.get("status").asInt(),
        problem.get("type").asText(),
        problem.get("title").asText(),
        all(
            problem.get("errors"),
            error ->
                List.of(argument(error.get("parameter").asText()), error.get("code").asText())));
  }

  private static String argument(String parameter) {
    return switch (parameter) {
      case "group_by", "measures" -> "nodes";
      case "sort" -> "orderBy";
      case "limit" -> "first";
      case "cursor" -> "after";
      case "last" -> "filter.month.last";
      case "provider_specialty" -> "filter.providerSpecialty";
      default -> Level.find(parameter).map(level -> "filter." + level.id()).orElse(parameter);
    };
  }

  private HttpResponse<String> get(String path, String language) {
    return send(HttpRequest.newBuilder(base.resolve(path)), language);
  }

  private HttpResponse<String> post(String body, String language) {
    return send(
        HttpRequest.newBuilder(base.resolve("/graphql"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)),
        language);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String language) {
    return http.sendAsync(
            request.header("Accept-Language", language).build(), BodyHandlers.ofString())
        .join();
  }

  private static JsonNode answered(HttpResponse<String> response) {
    assertThat(response.statusCode()).as("%s: %s", response.uri(), response.body()).isEqualTo(200);
    return FigureReader.json(response.body());
  }

  private static JsonNode refused(HttpResponse<String> response) {
    assertThat(response.statusCode())
        .as("%s: %s", response.uri(), response.body())
        .isBetween(400, 499);
    return FigureReader.json(response.body());
  }

  private static <T> List<T> all(JsonNode list, Function<JsonNode, T> read) {
    List<T> items = new ArrayList<>();
    list.forEach(item -> items.add(read.apply(item)));
    return items;
  }

  private static Optional<String> text(JsonNode node) {
    return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
  }
}
