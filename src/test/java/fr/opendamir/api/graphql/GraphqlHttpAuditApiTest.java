package fr.opendamir.api.graphql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.opendamir.api.rest.ServedMonths;
import fr.opendamir.testing.NodeClients;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * The audits of GraphQL over HTTP that graphql-http's authors wrote, run by node against the
 * service. Whatever the specification demands holds; what it only advises and we do otherwise is
 * written down, with the reason, in deviations.txt beside this test's resources.
 */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class GraphqlHttpAuditApiTest {
  private static final Logger LOG = Logger.getLogger(GraphqlHttpAuditApiTest.class);
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  /** As many as version 1.23.1 of the package has: none may get lost on the way. */
  private static final int AUDITS = 61;

  @TestHTTPResource("/graphql")
  URI graphql;

  @TestHTTPResource("/v1/measures")
  URI anotherDoor;

  @Test
  void everyDemandIsMetAndEveryDeviationFromAdviceIsWrittenDown()
      throws IOException, InterruptedException {
    List<Audit> audits = audit(graphql);
    List<String> unmet = new ArrayList<>();
    List<String> deviations = new ArrayList<>();
    for (Audit audit : audits) {
      switch (audit.status()) {
        case "ok" -> {}
        case "error" -> unmet.add(audit.toString());
        default -> {
          LOG.infof("not as advised: %s", audit);
          deviations.add(audit.id());
        }
      }
    }
    assertThat(audits).hasSize(AUDITS);
    assertThat(unmet).isEmpty();
    assertThat(deviations)
        .as("audits that are not ok, against deviations.txt")
        .containsExactlyInAnyOrderElementsOf(writtenDown());
  }

  /** An audit that cannot fail proves nothing: a door that speaks no GraphQL does not pass. */
  @Test
  void aDoorThatSpeaksNoGraphqlDoesNotPass() throws IOException, InterruptedException {
    assertThat(audit(anotherDoor)).filteredOn(audit -> audit.status().equals("error")).isNotEmpty();
  }

  private static List<Audit> audit(URI address) throws IOException, InterruptedException {
    List<Audit> audits = new ArrayList<>();
    for (JsonNode found : NodeClients.install().run(TIMEOUT, "audit.mjs", address.toString())) {
      audits.add(
          new Audit(
              found.path("id").textValue(),
              found.path("name").textValue(),
              found.path("status").textValue(),
              found.path("reason").asText()));
    }
    return audits;
  }

  /** The first word of each line that is no comment. */
  private static List<String> writtenDown() throws IOException {
    try (InputStream file = GraphqlHttpAuditApiTest.class.getResourceAsStream("deviations.txt")) {
      return new String(file.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split(" ", 2)[0])
          .toList();
    }
  }

  private record Audit(String id, String name, String status, String reason) {
    @Override
    public String toString() {
      return id + " " + name + ": " + reason;
    }
  }
}
