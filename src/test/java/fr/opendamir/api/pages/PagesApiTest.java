package fr.opendamir.api.pages;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.api.rest.ServedMonths;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.DecoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages and their files as a browser receives them. */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class PagesApiTest {
  private static final Path SOURCES = Path.of("src/main/resources/fr/opendamir/api/pages/web");
  private static final Pattern FOLDER = Pattern.compile("/assets/[0-9a-f]{16}(?=/style\\.css)");

  @Test
  void theExplorerHasAStrictPolicyAndNothingInline() {
    Response page = given().get("/explore?group_by=region&view=map");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.contentType()).isEqualTo("text/html;charset=UTF-8");
    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
        .doesNotContain("unsafe", "sha256");
    assertThat(page.header("Cache-Control")).isEqualTo("public, max-age=300");
    assertThat(page.header("Access-Control-Allow-Origin")).isNull();
    assertThat(page.asString())
        .contains("<html lang=\"fr\">", "data-formats=\"json,csv,ndjson,json-stat", "<noscript>")
        .doesNotContain("<style", "style=", "onclick", "{{")
        .doesNotContainPattern("<script(?![^>]* src=)")
        .doesNotContainPattern("(src|href)=\"(https?:)?//");
  }

  /** Both months of {@link ServedMonths}: 2,491.01 and 840 euros reimbursed. */
  @Test
  void theStartPageHasAChartAndThreeQuestionsThatWorkWithoutScripts() {
    for (String lang : List.of("fr", "en")) {
      String page = given().get("/?lang=" + lang).asString();
      assertThat(page)
          .doesNotContain("<script", "{{", "style=")
          .contains("<svg", "2024-01", "2024-02");
      List<String> questions =
          Pattern.compile("href=\"/explore\\?(group_by[^\"]+)\"")
              .matcher(page)
              .results()
              .map(found -> found.group(1).replace("&amp;", "&").replaceAll("&view=\\w+", ""))
              .toList();
      assertThat(questions).hasSize(3);
      for (String question : questions) {
        given().get("/v1/aggregates?" + question).then().statusCode(200);
      }
    }
    assertThat(given().get("/").asString()).contains("0,0025", "0,0008", "aria-label=");
    assertThat(given().get("/?lang=en").asString()).contains("0.0025", "Three questions");
  }

  @Test
  void theDocumentationHasTheLimitsAndFormatsInForce() {
    assertThat(given().get("/docs").asString())
        .contains("<code>json-stat</code>", "contract.js", "http://localhost:8080/v1/aggregates")
        .doesNotContain("{{", "style=");
    assertThat(given().get("/docs?lang=en").asString())
        .contains("<html lang=\"en\">", "First steps");
  }

  @Test
  void thePageIsInTheLanguageOfItsAddressWhateverTheBrowserPrefers() {
    Response english = given().get("/explore?lang=en");
    assertThat(english.asString()).contains("<html lang=\"en\">", "Explorer – Open DAMIR");
    assertThat(english.header("Content-Language")).isEqualTo("en");
    Response french = given().header("Accept-Language", "en").get("/explore/");
    assertThat(french.asString()).contains("<html lang=\"fr\">", "Explorateur – Open DAMIR");
    assertThat(given().get("/explore?lang=xx").asString()).contains("<html lang=\"fr\">");
  }

  @Test
  void filesAreImmutableUnderTheirHashAndNothingElseIsServed() {
    String folder = folder();
    for (String name : List.of("explore.js", "d3.min.js", "style.css", "regions.geojson")) {
      Response file = given().get(folder + "/" + name);
      assertThat(file.statusCode()).as(name).isEqualTo(200);
      assertThat(file.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
      assertThat(file.header("Content-Encoding")).isEqualTo("gzip");
      given()
          .header("If-None-Match", file.header("ETag"))
          .get(folder + "/" + name)
          .then()
          .statusCode(304);
    }
    for (String name :
        List.of("page.html", "LICENSE", "../page.html", "%2e%2e/page.html", "d3.js")) {
      given().get(folder + "/" + name).then().statusCode(404);
    }
  }

  /** A page may be stored for five minutes, and its files are found after an update too. */
  @Test
  void theFolderOfAnEarlierVersionLeadsToTheFilesOfToday() {
    given()
        .redirects()
        .follow(false)
        .get("/assets/0123456789abcdef/explore.js")
        .then()
        .statusCode(307)
        .header("Cache-Control", "no-store")
        .header("Location", folder() + "/explore.js");
    given().get("/assets/0123456789abcdef/secret.js").then().statusCode(404);
  }

  @Test
  void everyModuleIsListedAndServedWithoutItsComments() throws IOException {
    try (Stream<Path> sources = Files.list(SOURCES)) {
      assertThat(sources.map(source -> source.getFileName().toString()))
          .filteredOn(name -> name.endsWith(".js"))
          .containsExactlyInAnyOrderElementsOf(PageFiles.MODULES);
    }
    for (String name : PageFiles.MODULES) {
      String module = given().get(folder() + "/" + name).asString();
      assertThat(module)
          .as(name)
          .doesNotContain("/**", "@param")
          .doesNotContainPattern("(?m)^ *//");
    }
  }

  /** Budgets in bytes as they are sent. */
  @Test
  void pagesStayLight() {
    assertThat(bytes(PageFiles.LIBRARIES)).as("libraries").isLessThanOrEqualTo(100_000);
    assertThat(bytes(List.of(PageFiles.OUTLINES))).as("map").isLessThanOrEqualTo(35_000);
    List<String> own =
        Pattern.compile("/assets/[0-9a-f]{16}/([a-z-]+\\.(?:js|css))\"")
            .matcher(given().get("/explore").asString())
            .results()
            .map(found -> found.group(1))
            .distinct()
            .toList();
    assertThat(own)
        .contains("explore.js", "words.js", PageFiles.STYLE)
        .doesNotContain("contract.js");
    assertThat(bytes(own)).as("our own").isLessThanOrEqualTo(40_000);
  }

  private static int bytes(List<String> names) {
    String folder = folder();
    return names.stream()
        .mapToInt(
            name ->
                Integer.parseInt(
                    given()
                        .config(
                            RestAssuredConfig.config()
                                .decoderConfig(DecoderConfig.decoderConfig().noContentDecoders()))
                        .header("Accept-Encoding", "gzip")
                        .get(folder + "/" + name)
                        .header("Content-Length")))
        .sum();
  }

  private static String folder() {
    return FOLDER
        .matcher(given().get("/explore").asString())
        .results()
        .findFirst()
        .orElseThrow()
        .group();
  }
}
