package fr.opendamir.api.graphql;

import static fr.opendamir.api.graphql.GraphqlClient.GRAPHQL;
import static fr.opendamir.api.graphql.GraphqlClient.JSON;
import static fr.opendamir.api.graphql.GraphqlClient.address;
import static fr.opendamir.api.graphql.GraphqlClient.get;
import static fr.opendamir.api.graphql.GraphqlClient.post;
import static fr.opendamir.api.graphql.GraphqlClient.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.opendamir.api.graphql.GraphqlClient.Answer;
import fr.opendamir.api.rest.ServedMonths;
import fr.opendamir.testing.NodeClients;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Automatic persisted queries, by hand and with Apollo Client. */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class PersistedQueriesApiTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  @TestHTTPResource("/graphql")
  URI graphql;

  @Test
  void whatIsNotKnownIsAskedForInApollosWords() {
    String extensions = extensions("{spending{nodes{reimbursed}}} # never sent");
    for (String type : List.of(GRAPHQL, JSON)) {
      for (Answer answer :
          List.of(
              send("GET", address("extensions", extensions), "Accept", type),
              post("{\"extensions\":" + extensions + "}", "Accept", type))) {
        assertThat(answer.status()).isEqualTo(type.equals(JSON) ? 200 : 404);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("ETag")).isNull();
        assertThat(answer.json().has("data")).isFalse();
        assertThat(answer.at("/errors/0/message")).isEqualTo("\"PersistedQueryNotFound\"");
        assertThat(answer.code()).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
        assertThat(answer.at("/errors/0/extensions/problem/status")).isEqualTo("404");
      }
    }
  }

  /** The answer to a hash is that to its text: the same bytes, tag and caching. */
  @Test
  void aHashMeansTheTextThatWasSentWithIt() {
    for (boolean isPosted : new boolean[] {true, false}) {
      String text = "query P%b{spending{nodes{sex{code} reimbursed}}}".formatted(isPosted);
      String extensions = extensions(text);
      Answer registered =
          isPosted
              ? post("{\"query\":\"" + text + "\",\"extensions\":" + extensions + "}")
              : send("GET", address("query", text, "extensions", extensions));
      assertThat(registered.status()).as(registered.text()).isEqualTo(200);
      Answer plain = get(text);
      Answer hashed = send("GET", address("extensions", extensions));
      assertThat(hashed.nodes()).isEqualTo(plain.nodes()).isNotEqualTo("[]");
      for (String name : List.of("ETag", "Cache-Control", "Vary", "X-Release", "Content-Type")) {
        assertThat(hashed.header(name)).as(name).isEqualTo(plain.header(name)).isNotNull();
      }
      assertThat(
              send("GET", address("extensions", extensions), "If-None-Match", hashed.header("ETag"))
                  .status())
          .isEqualTo(304);
      assertThat(post("{\"extensions\":" + extensions + "}").nodes()).isEqualTo(plain.nodes());
    }
  }

  @Test
  void variablesAndOperationNamesAreOfTheRequest() {
    String text =
        "query A($last:Int){spending(filter:{month:{last:$last}}){nodes{reimbursed}}} query B{limits{maxDepth}}";
    String extensions = extensions(text);
    assertThat(send("GET", address("query", text, "extensions", extensions)).code())
        .isEqualTo("unknown_operation");
    assertThat(send("GET", address("operationName", "B", "extensions", extensions)).at("/data"))
        .isEqualTo("{\"limits\":{\"maxDepth\":8}}");
    assertThat(
            send(
                    "GET",
                    address(
                        "operationName",
                        "A",
                        "variables",
                        "{\"last\":1}",
                        "extensions",
                        extensions))
                .nodes())
        .isEqualTo("[{\"reimbursed\":840.00}]");
  }

  @Test
  void documentsThatAreNotValidAreNotKept() {
    for (String text : List.of("{", "{nothing}", "{a{b{c{d{e{f{g{h{i}}}}}}}}}")) {
      String extensions = extensions(text);
      assertThat(send("GET", address("query", text, "extensions", extensions)).status())
          .isEqualTo(400);
      assertThat(send("GET", address("extensions", extensions)).code())
          .isEqualTo("PERSISTED_QUERY_NOT_FOUND");
    }
  }

  /** Who sends a text under the hash of another cannot change what the other means. */
  @Test
  void aHashCannotBeGivenToAnotherText() {
    String mine = "query Mine{limits{maxDepth}}";
    String other = "query Other{limits{maxAliases}}";
    String extensions = extensions(mine);
    for (int time = 0; time < 2; time++) {
      Answer refused = send("GET", address("query", other, "extensions", extensions));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.code()).isEqualTo("hash_mismatch");
      assertThat(refused.at("/errors/0/message")).contains(PersistedQuery.hash(other));
    }
    assertThat(send("GET", address("extensions", extensions)).code())
        .isEqualTo("PERSISTED_QUERY_NOT_FOUND");
    send("GET", address("query", mine, "extensions", extensions));
    assertThat(send("GET", address("extensions", extensions)).at("/data"))
        .isEqualTo("{\"limits\":{\"maxDepth\":8}}");
  }

  /** Each client sends a hash, is asked for the text, sends it, and needs the hash only after. */
  @Test
  void apolloClientSendsTheTextOnceAndThenItsHash() throws IOException, InterruptedException {
    JsonNode seen =
        NodeClients.install()
            .run(
                TIMEOUT,
                "apollo.mjs",
                graphql.toString(),
                "{spending(filter: {month: {last: 1}}) {nodes {region {code} reimbursed}}}");
    assertThat(seen.path("answers")).hasSize(8);
    for (JsonNode answer : seen.path("answers")) {
      assertThat(answer.at("/spending/nodes/0/region/code").asText()).isEqualTo("11");
      assertThat(answer.at("/spending/nodes/0/reimbursed").asInt()).isEqualTo(840);
    }
    List<String> requests = new ArrayList<>();
    seen.path("requests")
        .forEach(
            sent ->
                requests.add(
                    "%s %s %d %s"
                        .formatted(
                            sent.path("method").asText(),
                            sent.path("hasText").asBoolean() ? "text" : "hash",
                            sent.path("status").asInt(),
                            sent.path("cacheControl").asText().split(",", 2)[0])));
    assertThat(requests)
        .containsExactly(
            "GET hash 404 no-store",
            "POST text 200 no-store",
            "GET hash 200 public",
            "POST hash 404 no-store",
            "POST text 200 no-store",
            "POST hash 200 no-store",
            "GET hash 200 no-store",
            "POST text 200 no-store",
            "GET hash 200 public",
            "POST hash 200 no-store",
            "POST text 200 no-store",
            "POST hash 200 no-store");
  }

  private static String extensions(String text) {
    return "{\"persistedQuery\":{\"version\":1,\"sha256Hash\":\""
        + PersistedQuery.hash(text)
        + "\"}}";
  }
}
