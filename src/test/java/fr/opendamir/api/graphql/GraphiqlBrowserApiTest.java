package fr.opendamir.api.graphql;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.opendamir.api.rest.ServedMonths;
import fr.opendamir.testing.NodeClients;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.DecoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The GraphiQL page as a person uses it, in a browser that is let nowhere but to the service. */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class GraphiqlBrowserApiTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Path SCREENSHOT = Path.of("target", "graphiql.png").toAbsolutePath();
  private static final String QUERY =
      "{ spending(first: 3) { totalCount nodes { region { code label(lang: EN) } reimbursed } } }";

  @TestHTTPResource("/graphiql/")
  URI page;

  /** Both months of region 11: 420.00 + 2000.00 + 840.00. */
  @Test
  void aPersonRunsAQueryAndSeesFigures() throws IOException, InterruptedException {
    NodeClients clients = NodeClients.install();
    JsonNode seen =
        clients.run(
            TIMEOUT,
            "graphiql.mjs",
            NodeClients.chromium().toString(),
            page.toString(),
            QUERY,
            SCREENSHOT.toString());
    assertThat(seen.path("foreign")).as("requests to other hosts").isEmpty();
    assertThat(seen.path("requests")).hasSizeGreaterThan(3);
    assertThat(seen.path("title").textValue()).contains("Open DAMIR API");
    assertThat(seen.path("example").textValue()).as("example").contains("spending(first: 20)");
    for (String shown : List.of("exampleResult", "typed", "linked")) {
      assertThat(seen.path(shown).textValue()).as(shown).satisfies(this::figures);
    }
    assertThat(seen.path("linkedQuery").textValue()).contains("spending(first: 3)");
    assertThat(seen.path("errors")).as("errors of the page").isEmpty();
  }

  /** The page's own addresses need the last slash; what was shared keeps its query. */
  @Test
  void theAddressWithoutItsSlashLeadsToThePage() {
    given()
        .redirects()
        .follow(false)
        .urlEncodingEnabled(false)
        .get("/graphiql?query=%7B__typename%7D")
        .then()
        .statusCode(308)
        .header("Location", "/graphiql/?query=%7B__typename%7D");
    given().head("/graphiql/").then().statusCode(200).contentType("text/html");
  }

  /** The editor has 3.2 MB. */
  @Test
  void filesAreCompressedOnceAndHaveTagsAndNoMapsOfTheirSources() {
    for (String name :
        List.of("", "open-damir.js", "graphiql.min.js", "graphiql.min.css", "style.css")) {
      String path = "/graphiql/" + name;
      Response plain =
          given()
              .config(
                  RestAssuredConfig.config()
                      .decoderConfig(DecoderConfig.decoderConfig().noContentDecoders()))
              .get(path);
      Response compressed = given().get(path);
      assertThat(plain.statusCode()).as(path).isEqualTo(200);
      assertThat(compressed.header("Content-Encoding")).as(path).isEqualTo("gzip");
      assertThat(compressed.header("Content-Length")).as(path).isNotNull();
      assertThat(compressed.asByteArray()).isEqualTo(plain.asByteArray());
      assertThat(plain.header("ETag")).isNotNull().isNotEqualTo(compressed.header("ETag"));
      assertThat(plain.header("Cache-Control")).startsWith("public, max-age=");
      assertThat(plain.header("Vary")).contains("Accept-Encoding");
      given().header("If-None-Match", compressed.header("ETag")).get(path).then().statusCode(304);
    }
    given().get("/graphiql/favicon.ico").then().statusCode(200).contentType("image/x-icon");
    for (String name : List.of("graphiql.min.js.map", "graphiql.min.css.map", "index.html")) {
      given().get("/graphiql/" + name).then().statusCode(404);
    }
  }

  private void figures(String result) {
    assertThat(result)
        .contains("\"code\": \"11\"", "Île-de-France", "3260")
        .doesNotContain("\"errors\"");
  }
}
