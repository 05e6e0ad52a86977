package fr.opendamir.api.doors;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ways to ask for the sum of the newest release, or of one that is named, of {@link
 * PublishingServer}: what an answer says of its release, and of how many months its figures are.
 */
enum Door {
  JSON,
  POST,
  CSV,
  STREAM,
  DRY_RUN,
  DIFFERENCE,
  GRAPHQL,
  GRAPHQL_POST,
  GRAPHQL_TWO_FIELDS,
  GRAPHQL_TWO_FIELDS_POST;

  private static final double CHARGED = 600.5;
  private static final double REIMBURSED = 420;
  private static final Pattern RELEASE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}\\.\\d+");

  /**
   * A question.
   *
   * @param from the first month, before all that is published: makes questions differ
   * @param base the release that a difference starts from
   * @param newest the release that a difference goes to
   * @param pin the release that is named where one is
   */
  record Asked(String from, String base, String newest, Optional<String> pin) {
    Asked pinned(String release) {
      return new Asked(from, base, release, Optional.of(release));
    }

    Asked after(String release) {
      return new Asked(from, base, release, Optional.empty());
    }
  }

  Response ask(Asked asked) {
    return ask(asked, given());
  }

  Response ask(Asked asked, RequestSpecification to) {
    String rest =
        "?measures=charged&from="
            + asked.from()
            + asked
                .pin()
                .filter(pin -> this != DIFFERENCE)
                .map(pin -> "&release=" + pin)
                .orElse("");
    return switch (this) {
      case JSON -> to.get("/v1/aggregates" + rest);
      case POST ->
          to.contentType("application/json").body(body(asked)).post("/v1/aggregates/query");
      case CSV -> to.get("/v1/aggregates" + rest + "&format=csv&limit=1");
      case STREAM -> to.get("/v1/aggregates" + rest + "&format=csv&limit=all&group_by=service");
      case DRY_RUN -> to.get("/v1/aggregates" + rest + "&dry_run=true");
      case DIFFERENCE -> to.get("/v1/releases/" + asked.base() + "/diff/" + asked.newest() + rest);
      case GRAPHQL, GRAPHQL_TWO_FIELDS -> to.queryParam("query", document(asked)).get("/graphql");
      case GRAPHQL_POST, GRAPHQL_TWO_FIELDS_POST ->
          to.contentType("application/json")
              .body(Map.of("query", document(asked)))
              .post("/graphql");
    };
  }

  private static Map<String, String> body(Asked asked) {
    Map<String, String> body = new LinkedHashMap<>();
    body.put("measures", "charged");
    body.put("limit", "7"); // an answer of its own: that of JSON has the same tag else
    body.put("from", asked.from());
    asked.pin().ifPresent(pin -> body.put("release", pin));
    return body;
  }

  private String document(Asked asked) {
    String arguments =
        "(first: "
            + name().length() // another one for each door: an answer of its own
            + ", filter: {month: {from: \""
            + asked.from()
            + "\"}}"
            + asked.pin().map(pin -> ", release: \"" + pin + "\"").orElse("")
            + ")";
    String charged = "spending" + arguments + " { release { id } nodes { charged } }";
    String reimbursed = "spending" + arguments + " { release { id } nodes { reimbursed } }";
    return hasTwoFields() ? "{ a: " + charged + " b: " + reimbursed + " }" : "{ " + charged + " }";
  }

  boolean hasTwoFields() {
    return this == GRAPHQL_TWO_FIELDS || this == GRAPHQL_TWO_FIELDS_POST;
  }

  /** Whether it waits for the database: a dry run computes nothing. */
  boolean hasFigures() {
    return this != DRY_RUN;
  }

  boolean hasTag() {
    return Set.of(JSON, CSV, STREAM, DIFFERENCE, GRAPHQL, GRAPHQL_TWO_FIELDS).contains(this);
  }

  /** The release of an answer: fails where it is none, or names another one anywhere. */
  String release(Response answer, Asked asked) {
    assertThat(answer.statusCode()).as(this + ": " + answer.asString()).isEqualTo(200);
    Set<String> named =
        Stream.concat(
                answer.headers().asList().stream().map(header -> header.getValue()),
                answer.asString().lines().limit(1_000))
            .flatMap(text -> RELEASE.matcher(text).results())
            .map(match -> match.group())
            .collect(Collectors.toCollection(TreeSet::new));
    if (this == DIFFERENCE) {
      assertThat(named.remove(asked.base())).as("names its base").isTrue();
    }
    assertThat(named).as(this + " names one release").hasSize(1);
    String release = named.iterator().next();
    if (hasFigures() && (asked.pin().isEmpty() || answer.header("X-Release") != null)) {
      assertThat(answer.header("X-Release")).as(this + ": X-Release").isEqualTo(release);
    }
    assertThat(answer.header("ETag") != null || !hasTag()).as(this + " has a tag").isTrue();
    return release;
  }

  /** What everybody is answered alike: not how much of a quota is left. */
  String body(Response answer) {
    return answer.asString().replaceFirst(",\"extensions\":.*", "");
  }

  /** How many months each of its figures is of. */
  List<Long> months(Response answer) {
    return switch (this) {
      case JSON, POST, DIFFERENCE -> List.of(charged(answer, "data[0].charged"));
      case CSV -> List.of(csv(answer));
      case STREAM -> List.of(csv(answer));
      case DRY_RUN -> List.of(answer.jsonPath().getLong("months"));
      case GRAPHQL, GRAPHQL_POST -> List.of(charged(answer, "data.spending.nodes[0].charged"));
      case GRAPHQL_TWO_FIELDS, GRAPHQL_TWO_FIELDS_POST ->
          List.of(
              charged(answer, "data.a.nodes[0].charged"),
              Math.round(number(answer, "data.b.nodes[0].reimbursed") / REIMBURSED));
    };
  }

  private static long charged(Response answer, String path) {
    return Math.round(number(answer, path) / CHARGED);
  }

  private static double number(Response answer, String path) {
    return ((Number) answer.path(path)).doubleValue();
  }

  /** The sum of a column of rows. */
  private static long csv(Response answer) {
    List<String> lines = answer.asString().lines().toList();
    int column = List.of(lines.get(0).split(",")).indexOf("charged");
    return Math.round(
        lines.stream()
                .skip(1)
                .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[column]))
                .sum()
            / CHARGED);
  }
}
