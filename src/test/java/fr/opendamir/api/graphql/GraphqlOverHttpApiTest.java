package fr.opendamir.api.graphql;

import static fr.opendamir.api.graphql.GraphqlClient.GRAPHQL;
import static fr.opendamir.api.graphql.GraphqlClient.JSON;
import static fr.opendamir.api.graphql.GraphqlClient.address;
import static fr.opendamir.api.graphql.GraphqlClient.ask;
import static fr.opendamir.api.graphql.GraphqlClient.body;
import static fr.opendamir.api.graphql.GraphqlClient.get;
import static fr.opendamir.api.graphql.GraphqlClient.post;
import static fr.opendamir.api.graphql.GraphqlClient.send;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.api.graphql.GraphqlClient.Answer;
import fr.opendamir.api.rest.ServedMonths;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GraphQL over HTTP: media types, statuses, entity tags, content codings, refusals. */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class GraphqlOverHttpApiTest {
  private static final String QUESTION = "{spending{nodes{region{code label} reimbursed}}}";
  private static final String WRONG = "{spending(first:0){totalCount}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | 200 | graphql-response+json",
        "*/* | 200 | graphql-response+json",
        "application/* | 200 | graphql-response+json",
        "application/graphql-response+json | 200 | graphql-response+json",
        "APPLICATION/GraphQL-Response+JSON | 200 | graphql-response+json",
        "application/json | 200 | json",
        "Application/JSON | 200 | json",
        "application/json; charset=utf-8 | 200 | json",
        "application/json;charset=\"UTF-8\" | 200 | json",
        "application/json, application/graphql-response+json;q=0.9 | 200 | json",
        "application/json;q=0.4, application/graphql-response+json;q=0.5 | 200 |"
            + " graphql-response+json",
        "text/html;q=1, application/json;q=0.1 | 200 | json",
        "application/graphql-response+json;q=0, */* | 200 | json",
        "application/json;q=0, */*;q=0.1 | 200 | graphql-response+json",
        "application/json;q=0 | 406 | graphql-response+json",
        "text/html | 406 | graphql-response+json",
        "text/* | 406 | graphql-response+json",
        "application/xml | 406 | graphql-response+json",
        "application/json;charset=iso-8859-1 | 406 | graphql-response+json",
        "nothing | 406 | graphql-response+json",
      })
  void theMediaTypeIsTheBestThatIsAccepted(String accept, int status, String subtype) {
    for (Answer answer :
        List.of(
            get("{limits{maxDepth}}", "Accept", accept),
            post(body("{limits{maxDepth}}", "{}"), "Accept", accept))) {
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.header("Content-Type"))
          .isEqualTo("application/" + subtype + "; charset=utf-8");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json | 200",
        "Application/JSON | 200",
        "application/json; charset=UTF-8 | 200",
        "application/json;charset=\"utf-8\" | 200",
        "application/json; charset=utf-16 | 415",
        "application/json; charset=iso-8859-1 | 415",
        "application/graphql | 415",
        "application/x-www-form-urlencoded | 415",
        "multipart/form-data; boundary=x | 415",
        "text/plain | 415",
        "nothing | 415",
      })
  void bodiesAreJsonInUtf8(String type, int status) {
    Answer answer = post(body("{limits{maxDepth}}", "{}"), "Content-Type", type);
    assertThat(answer.status()).isEqualTo(status);
    if (status != 200) {
      assertThat(answer.code()).isEqualTo("unsupported_media_type");
    }
  }

  /** Older clients read what GraphQL refuses only where the status is 200. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{spending(first:0){totalCount}} | 400 | malformed_value",
        "{spending{nodes{averageCharge}}} | 422 | several_services",
        "{spending(release:\"2020-01-01.1\"){totalCount}} | 404 | unknown_release",
        "{spending(filter:{regin:{}}){totalCount}} | 400 | invalid_document",
        "{ | 400 | invalid_syntax",
        "'' | 400 | invalid_syntax",
        "{a{b{c{d{e{f{g{h{i}}}}}}}}} | 400 | too_deep",
        "query a{limits{maxDepth}} query b{limits{maxDepth}} | 400 | unknown_operation",
        "mutation{a} | 400 | invalid_document",
      })
  void failuresHaveStatusesAndNoData(String document, int status, String code) {
    for (String type : List.of(GRAPHQL, JSON)) {
      Answer answer = post(body(document, "{}"), "Accept", type);
      assertThat(answer.status()).isEqualTo(type.equals(JSON) ? 200 : status);
      assertThat(answer.code()).isEqualTo(code);
      assertThat(answer.json().has("data")).isFalse();
      assertThat(answer.json().has("extensions")).isFalse();
      assertThat(answer.at("/errors/0/extensions/problem/status")).isEqualTo("" + status);
      assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
      assertThat(answer.header("ETag")).isNull();
    }
  }

  @Test
  void whatWorksIsToldBesideWhatFails() {
    for (String type : List.of(GRAPHQL, JSON)) {
      Answer answer =
          get(
              "{limits{maxDepth} bad:spending(first:0){totalCount} good:spending{totalCount}}",
              "Accept",
              type);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.at("/data"))
          .isEqualTo("{\"limits\":{\"maxDepth\":8},\"bad\":null,\"good\":{\"totalCount\":1}}");
      assertThat(answer.json().path("errors")).hasSize(1);
      assertThat(answer.at("/errors/0/path")).isEqualTo("[\"bad\"]");
      assertThat(answer.at("/errors/0/locations/0/line")).isEqualTo("1");
      assertThat(answer.code()).isEqualTo("malformed_value");
      assertThat(answer.json().at("/extensions/cost/actualQueryCost").asInt()).isPositive();
      assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
      assertThat(answer.header("ETag")).isNull();
    }
    Answer all =
        get(
            "{a:spending(first:0){totalCount} b:spending{nodes{averageCharge}}}",
            "Accept",
            GRAPHQL);
    assertThat(all.status()).isEqualTo(422);
    assertThat(all.json().has("data")).isFalse();
    assertThat(all.json().path("errors")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS"})
  void otherMethodsAreRefused(String method) {
    Answer answer = send(method, address("query", "{limits{maxDepth}}"));
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, POST");
    assertThat(answer.code()).isEqualTo("method_not_allowed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mutation{a}", "mutation M{limits{maxDepth}}", "subscription{a}"})
  void getIsForReading(String document) {
    for (String method : List.of("GET", "HEAD")) {
      Answer answer = send(method, address("query", document));
      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.header("Allow")).isEqualTo("POST");
    }
    Answer named =
        send(
            "GET",
            address("query", "query q{limits{maxDepth}} mutation m{a}", "operationName", "m"));
    assertThat(named.status()).isEqualTo(405);
  }

  @Test
  void headIsGetWithoutBody() {
    Answer got = get(QUESTION);
    Answer head = send("HEAD", address("query", QUESTION));
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    for (String name :
        List.of("ETag", "Content-Type", "Content-Length", "Cache-Control", "Vary", "X-Release")) {
      assertThat(head.header(name)).as(name).isNotNull().isEqualTo(got.header(name));
    }
    Answer wrong = send("HEAD", address("query", WRONG));
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.body()).isEmpty();
  }

  @Test
  void whoComesByBrowserWithoutAQuestionIsShownThePage() {
    Answer page = send("GET", "/graphql", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    assertThat(page.status()).isEqualTo(303);
    assertThat(page.header("Location")).isEqualTo("/graphiql");
    Answer none = send("GET", "/graphql");
    assertThat(none.status()).isEqualTo(400);
    assertThat(none.code()).isEqualTo("document_missing");
  }

  @Test
  void aBodyThatIsTooLongIsRefused() {
    int most = ask("{limits{maxBodyBytes}}").json().at("/data/limits/maxBodyBytes").asInt();
    String shell = body("{limits{maxDepth}}", "{\"a\":\"\"}");
    String longest = shell.replace("\"a\":\"", "\"a\":\"" + "x".repeat(most - shell.length()));
    assertThat(post(longest).status()).isEqualTo(200);
    Answer longer = post(longest + " ");
    assertThat(longer.status()).isEqualTo(413);
    assertThat(longer.code()).isEqualTo("request_too_large");
    Answer address = get("{limits{maxDepth}}" + " ".repeat(100_000));
    assertThat(address.status()).isEqualTo(414);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | malformed_json",
        "` ` | malformed_json",
        "null | malformed_json",
        "1 | malformed_json",
        "\"x\" | malformed_json",
        "{ | malformed_json",
        "{'query':'{limits{maxDepth}}'} | malformed_json",
        "{\"query\":\"{limits{maxDepth}}\"}x | malformed_json",
        "{\"query\":\"{limits{maxDepth}}\"}{} | malformed_json",
        "{\"query\":\"{limits{maxDepth}}\",\"query\":\"{limits{maxDepth}}\"} | malformed_json",
        "{\"query\":\"{limits{maxDepth}}\",\"variables\":{\"a\":1,\"a\":1}} | malformed_json",
        "{\"query\":\"{limits{maxDepth}}\",\"variables\":{\"a\":NaN}} | malformed_json",
        "{\"query\":\"{limits{maxDepth}}\",\"variables\":{\"a\":1e99999999999}} | malformed_json",
        "[] | batching_not_supported",
        "[{\"query\":\"{limits{maxDepth}}\"}] | batching_not_supported",
        "{} | document_missing",
        "{\"query\":null} | document_missing",
        "{\"variables\":{}} | document_missing",
        "{\"query\":\"{limits{maxDepth}}\",\"documentId\":\"sha256:00\"} | document_missing",
        "{\"query\":1} | malformed_value",
        "{\"query\":[\"{limits{maxDepth}}\"]} | malformed_value",
        "{\"query\":{}} | malformed_value",
        "{\"documentId\":1} | malformed_value",
        "{\"query\":\"{limits{maxDepth}}\",\"operationName\":1} | malformed_value",
        "{\"query\":\"{limits{maxDepth}}\",\"variables\":[]} | malformed_value",
        "{\"query\":\"{limits{maxDepth}}\",\"variables\":\"{}\"} | malformed_value",
        "{\"query\":\"{limits{maxDepth}}\",\"extensions\":1} | malformed_value",
      })
  void bodiesThatAreNoRequestsAreRefused(String body, String code) {
    for (String type : List.of(GRAPHQL, JSON)) {
      Answer answer = post(body == null ? "" : body, "Accept", type);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.code()).isEqualTo(code);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "variables | { | malformed_json",
        "variables | [] | malformed_value",
        "variables | 1 | malformed_value",
        "variables | {\"a\":1,\"a\":2} | malformed_json",
        "extensions | [] | malformed_value",
        "documentId | sha256:00 | document_missing",
        "operationName | x | unknown_operation",
      })
  void addressesThatAreNoRequestsAreRefused(String name, String value, String code) {
    Answer answer = send("GET", address("query", "{limits{maxDepth}}", name, value));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(code);
  }

  @Test
  void emptyParametersAreAbsent() {
    Answer answer =
        send(
            "GET",
            address(
                "query",
                "{limits{maxDepth}}",
                "variables",
                "",
                "operationName",
                "",
                "extensions",
                ""));
    assertThat(answer.at("/data")).isEqualTo("{\"limits\":{\"maxDepth\":8}}");
    assertThat(
            post("{\"query\":\"{limits{maxDepth}}\",\"variables\":null,\"operationName\":null,"
                    + "\"extensions\":null,\"documentId\":null,\"other\":1}")
                .status())
        .isEqualTo(200);
  }

  @Test
  void theOperationIsTheOneThatIsNamed() {
    String document = "query A{limits{maxDepth}} query B{limits{maxAliases}}";
    String body = "{\"query\":\"" + document + "\",\"operationName\":\"%s\"}";
    assertThat(post(body.formatted("A")).at("/data")).isEqualTo("{\"limits\":{\"maxDepth\":8}}");
    assertThat(post(body.formatted("B")).at("/data")).isEqualTo("{\"limits\":{\"maxAliases\":20}}");
    assertThat(send("GET", address("query", document, "operationName", "B")).at("/data"))
        .isEqualTo("{\"limits\":{\"maxAliases\":20}}");
    for (String unknown : List.of("C", "a", "", "A B", "\\u0000")) {
      Answer answer = post(body.formatted(unknown));
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.code()).isEqualTo("unknown_operation");
    }
  }

  @Test
  void documentsThatAreKnownNeedOnlyTheirId() {
    String document = TrustedDocuments.example("spending-by-region.graphql");
    String id = TrustedDocuments.id(document);
    String expected =
        send("GET", address("query", document, "variables", "{\"last\":1}")).at("/data");
    assertThat(expected).contains("\"reimbursed\":840.00");
    assertThat(send("GET", address("documentId", id, "variables", "{\"last\":1}")).at("/data"))
        .isEqualTo(expected);
    assertThat(post("{\"documentId\":\"" + id + "\",\"variables\":{\"last\":1}}").at("/data"))
        .isEqualTo(expected);
    for (String unknown :
        List.of(
            "sha256:" + "0".repeat(64),
            id.substring(7),
            id.toUpperCase(java.util.Locale.ROOT),
            "",
            "' OR 1=1",
            "../x")) {
      Answer answer = send("GET", address("documentId", unknown));
      assertThat(answer.status()).as(unknown).isEqualTo(404);
      assertThat(answer.code()).isEqualTo("unknown_document");
    }
  }

  @Test
  void spellingDoesNotChangeTheTag() {
    Set<String> tags = new HashSet<>();
    for (String spelling :
        List.of(
            "query($a:Int=1,$b:String){spending(first:$a,after:$b){nodes{region{code}reimbursed}}}",
            """
            # What is reimbursed
            query ($a: Int = 1, $b: String) {
              spending(first: $a, after: $b) {
                nodes { region { code }, reimbursed }
              }
            }
            """)) {
      for (String variables : List.of("{\"a\":2,\"b\":null}", " {\"b\": null,\n\"a\": 2}")) {
        Answer answer = send("GET", address("query", spelling, "variables", variables));
        assertThat(answer.status()).isEqualTo(200);
        tags.add(answer.header("ETag"));
      }
    }
    assertThat(tags).hasSize(1).first().asString().matches("\"[0-9a-f]{32}\"");
  }

  @Test
  void whateverChangesTheAnswerChangesTheTag() {
    List<String> tags = new ArrayList<>();
    for (String[] headers :
        new String[][] {
          {"Accept", GRAPHQL, "Accept-Language", "fr"},
          {"Accept", GRAPHQL, "Accept-Language", "en"},
          {"Accept", JSON, "Accept-Language", "fr"},
          {"Accept", GRAPHQL, "Accept-Language", "fr", "Accept-Encoding", "gzip"},
        }) {
      tags.add(get(QUESTION, headers).header("ETag"));
    }
    String document = "query($n:Int){spending(first:$n){nodes{region{code} reimbursed}}}";
    tags.add(get(document).header("ETag"));
    tags.add(send("GET", address("query", document, "variables", "{\"n\":1}")).header("ETag"));
    tags.add(send("GET", address("query", document, "variables", "{\"n\":2}")).header("ETag"));
    tags.add(send("GET", address("query", document, "variables", "{\"n\":null}")).header("ETag"));
    String two = "query A{measures{id}} query B{measures{id unit}}";
    tags.add(send("GET", address("query", two, "operationName", "A")).header("ETag"));
    tags.add(send("GET", address("query", two, "operationName", "B")).header("ETag"));
    assertThat(tags).doesNotContainNull().doesNotHaveDuplicates();
  }

  @Test
  void anAnswerThatIsKnownIsNotSentAgain() {
    String tag = get(QUESTION).header("ETag");
    String zipped = get(QUESTION, "Accept-Encoding", "gzip").header("ETag");
    assertThat(zipped).isEqualTo(tag.replaceFirst("\"$", "-gzip\""));
    for (String known : List.of(tag, zipped, "W/" + tag, "\"other\", " + tag)) {
      for (String method : List.of("GET", "HEAD")) {
        Answer answer = send(method, address("query", QUESTION), "If-None-Match", known);
        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("ETag")).isEqualTo(tag);
        assertThat(answer.header("Vary")).isEqualTo("Accept, Accept-Language, Accept-Encoding");
        assertThat(answer.header("Cache-Control")).startsWith("public, max-age=300");
        assertThat(answer.header("Content-Encoding")).isNull();
      }
    }
    assertThat(get(QUESTION, "If-None-Match", "\"other\"").status()).isEqualTo(200);
    assertThat(get(QUESTION, "If-None-Match", tag, "Accept-Language", "en").status())
        .isEqualTo(200);
    assertThat(get(QUESTION, "If-None-Match", tag, "Accept", JSON).status()).isEqualTo(200);
    Answer posted = post(body(QUESTION, "{}"), "If-None-Match", tag);
    assertThat(posted.status()).isEqualTo(200);
  }

  @Test
  void answersOfANamedReleaseMayBeKeptForEver() {
    String release = ask("{releases{id}}").json().at("/data/releases/0/id").asText();
    String pinned = "public, max-age=31536000, immutable";
    String newest = "public, max-age=300, stale-while-revalidate=86400, stale-if-error=604800";
    String named = "{spending(release:\"" + release + "\"){totalCount}}";
    assertThat(get(named).header("Cache-Control")).isEqualTo(pinned);
    assertThat(get(named).header("X-Release")).isNull(); // the question names it
    String variable = "query($r:String){spending(release:$r){totalCount}}";
    assertThat(
            send("GET", address("query", variable, "variables", "{\"r\":\"" + release + "\"}"))
                .header("Cache-Control"))
        .isEqualTo(pinned);
    for (String document :
        List.of(
            "{spending{totalCount}}",
            "{spending(release:null){totalCount}}",
            variable,
            "{a:spending(release:\"" + release + "\"){totalCount} b:spending{totalCount}}",
            "{spending(release:\"" + release + "\"){totalCount} releases{id}}",
            "{...F spending(release:\""
                + release
                + "\"){totalCount}} fragment F on Query{measures{id}}")) {
      assertThat(get(document).header("Cache-Control")).as(document).isEqualTo(newest);
    }
  }

  @Test
  void answersAreCompressedForThoseWhoTakeIt() throws IOException {
    String plain = get(QUESTION).text();
    for (Answer zipped :
        List.of(
            get(QUESTION, "Accept-Encoding", "gzip"),
            get(QUESTION, "Accept-Encoding", "br, gzip;q=0.5"),
            post(body(QUESTION, "{}"), "Accept-Encoding", "gzip"))) {
      assertThat(zipped.header("Content-Encoding")).isEqualTo("gzip");
      assertThat(zipped.body()).startsWith(0x1f, 0x8b);
      assertThat(withoutThrottle(unzip(zipped.body()))).isEqualTo(plain);
    }
    for (String refused : List.of("identity", "gzip;q=0", "br")) {
      assertThat(get(QUESTION, "Accept-Encoding", refused).text()).isEqualTo(plain);
    }
    assertThat(get(QUESTION).header("Vary")).isEqualTo("Accept, Accept-Language, Accept-Encoding");
    Answer wrong = post(body("{x}", "{}"), "Accept-Encoding", "gzip");
    assertThat(unzip(wrong.body())).contains("invalid_document");
  }

  @Test
  void answersToPostAreNotKept() {
    String body = body(QUESTION, "{}");
    String first = post(body).at("/data");
    Answer got = get(QUESTION);
    Answer again = post(body);
    assertThat(again.at("/data")).isEqualTo(first).isEqualTo(got.at("/data"));
    assertThat(again.text()).contains("\"throttleStatus\":{\"maximumAvailable\":");
    assertThat(withoutThrottle(again.text())).isEqualTo(got.text());
    for (Answer answer : List.of(post(body), again, post(body(WRONG, "{}")))) {
      assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
      assertThat(answer.header("ETag")).isNull();
      assertThat(answer.header("Last-Modified")).isNull();
    }
    assertThat(again.header("X-Release")).isEqualTo(got.header("X-Release"));
    assertThat(again.header("Link")).contains("license");
  }

  @Test
  void requestsHaveTheIdThatTheyCameWith() {
    String id = "caller-0123456789";
    assertThat(get(QUESTION, "X-Request-Id", id).header("X-Request-Id")).isEqualTo(id);
    for (Answer failed :
        List.of(
            get(WRONG, "X-Request-Id", id),
            get("{", "X-Request-Id", id),
            get("{a:spending(first:0){totalCount} limits{maxDepth}}", "X-Request-Id", id),
            post("[", "X-Request-Id", id),
            post("{}", "X-Request-Id", id, "Content-Type", "text/plain"),
            send("PUT", "/graphql", "X-Request-Id", id))) {
      assertThat(failed.header("X-Request-Id")).isEqualTo(id);
      assertThat(failed.json().at("/errors/0/extensions/problem/request_id").asText())
          .isEqualTo(id);
    }
    assertThat(get(WRONG, "X-Request-Id", "<script>").text()).doesNotContain("<script>");
    assertThat(get(WRONG).header("X-Request-Id")).matches("[0-9a-f-]{36}");
  }

  @Test
  void whoAsksAtOnceIsAnsweredTheSame() {
    String document = "{spending(filter:{sex:{in:[\"2\"]}}){nodes{service{code} charged}}}";
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      boolean isGet = i % 2 == 0;
      answers.add(
          CompletableFuture.supplyAsync(() -> isGet ? get(document) : post(body(document, "{}"))));
    }
    assertThat(
            answers.stream()
                .map(CompletableFuture::join)
                .map(answer -> withoutThrottle(answer.text()))
                .distinct())
        .hasSize(1)
        .first()
        .asString()
        .contains("\"charged\":1830.50");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | nodes{region{code} charged} | group_by=region&measures=charged",
        "(first:2) | nodes{region{code} sex{code} service{code} month charged quantity}"
            + " | group_by=region,sex,service,month&measures=charged,quantity&limit=2",
        "(totals:ROLLUP) | nodes{region{code} sex{code} reimbursed}"
            + " | group_by=region,sex&totals=rollup",
        "(filter:{month:{in:\"2024-02\"}}) | totalCount | month=2024-02",
        "(filter:{region:{in:\"76\"}}) | nodes{region{code}} | group_by=region&region=76",
      })
  void thePriceIsThatOfRest(String arguments, String selection, String rest) {
    Answer answer = ask("{spending" + arguments + "{" + selection + "}}");
    int requested = answer.json().at("/extensions/cost/requestedQueryCost").asInt();
    int actual = answer.json().at("/extensions/cost/actualQueryCost").asInt();
    int quoted = given().get("/v1/aggregates?dry_run=true&" + rest).path("max_units");
    assertThat(requested).isEqualTo(quoted);
    assertThat(actual).isBetween(1, requested);
    int twice =
        ask("{a:spending%1$s{%2$s} b:spending%1$s{%2$s} limits{maxDepth}}"
                .formatted(arguments, selection))
            .json()
            .at("/extensions/cost/requestedQueryCost")
            .asInt();
    assertThat(twice).isEqualTo(2 * requested);
  }

  private static String unzip(byte[] bytes) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  /** How the caller stands is told by POST only, and changes with each request. */
  private static String withoutThrottle(String answer) {
    return answer.replaceFirst(",\"throttleStatus\":\\{[^}]*}", "");
  }
}
