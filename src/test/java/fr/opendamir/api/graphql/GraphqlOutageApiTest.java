package fr.opendamir.api.graphql;

import static fr.opendamir.api.graphql.GraphqlClient.GRAPHQL;
import static fr.opendamir.api.graphql.GraphqlClient.JSON;
import static fr.opendamir.api.graphql.GraphqlClient.body;
import static fr.opendamir.api.graphql.GraphqlClient.get;
import static fr.opendamir.api.graphql.GraphqlClient.post;
import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.api.graphql.GraphqlClient.Answer;
import fr.opendamir.api.rest.StoppableServer;
import fr.opendamir.testing.HeldColumns;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A database that is stopped: what is known is served, the rest is unavailable and says so. */
@QuarkusTest
@QuarkusTestResource(value = StoppableServer.class, restrictToAnnotatedClass = true)
class GraphqlOutageApiTest {
  private static final String KNOWN = "{spending{nodes{month charged}}}";

  @Test
  void whatIsKnownIsServedAndTheRestIsUnavailable() throws IOException {
    Answer known = get(KNOWN);
    assertThat(known.nodes()).isEqualTo("[{\"month\":\"2024-01\",\"charged\":600.50}]");
    StoppableServer.stopServer();
    assertThat(get("{spending{nodes{sex{code} charged}}}").status()).isEqualTo(200);
    HeldColumns.Hold away = HeldColumns.away();
    assertThat(get(KNOWN).text()).isEqualTo(known.text());
    assertThat(get(KNOWN, "If-None-Match", known.header("ETag")).status()).isEqualTo(304);
    for (String type : List.of(GRAPHQL, JSON)) {
      String document = "{spending{nodes{region{code} charged}}}";
      for (Answer answer :
          List.of(get(document, "Accept", type), post(body(document, "{}"), "Accept", type))) {
        assertThat(answer.status()).as(answer::text).isEqualTo(503);
        assertThat(answer.header("Retry-After")).matches("\\d+");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.code()).isEqualTo("unavailable");
        assertThat(answer.at("/errors/0/message"))
            .contains("Le moteur de calcul des chiffres ne répond pas à temps.");
        assertThat(answer.json().has("data")).isFalse();
        assertThat(answer.text()).doesNotContain("Exception", "postgres", "SELECT", "refused");
      }
      Answer partial =
          get(
              "{limits{maxDepth} spending{nodes{sex{code}}}}",
              "Accept",
              type,
              "Accept-Language",
              "en");
      assertThat(partial.status()).isEqualTo(200);
      assertThat(partial.at("/data")).isEqualTo("{\"limits\":{\"maxDepth\":8},\"spending\":null}");
      assertThat(partial.code()).isEqualTo("unavailable");
      assertThat(partial.at("/errors/0/message"))
          .contains("The engine that computes figures does not answer in time.");
    }
    away.release();
    StoppableServer.startServer();
  }
}
