package fr.opendamir.api.discovery;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import fr.opendamir.api.rest.ServedMonths;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service whose operator has configured nothing: it says what is missing. */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class UndeclaredServiceApiTest {
  @ParameterizedTest
  @CsvSource({
    "/sitemap.xml, opendamir.http.public-url",
    "/.well-known/security.txt, security contact",
    "/catalog.jsonld, opendamir.http.public-url",
  })
  void aDocumentThatCannotBeMadeSaysWhy(String path, String reason) {
    given()
        .header("Accept-Language", "en")
        .get(path)
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("detail", containsString(reason));
  }

  @Test
  void searchEnginesAreNotToldOfDataAtAnUnknownAddress() {
    given().get("/").then().statusCode(200).body(not(containsString("ld+json")));
  }

  @Test
  void otherDocumentsHaveAddressesWithoutAHost() {
    given().get("/robots.txt").then().statusCode(200).body(not(containsString("Sitemap")));
    given().get("/llms.txt").then().body(containsString("](/v1/measures/reimbursed?lang=en)"));
    given().get("/v1/releases.atom").then().body(containsString("href=\"/v1/releases/"));
    given()
        .header("Host", "attacker.example.org")
        .get("/.well-known/api-catalog")
        .then()
        .body("linkset[1].anchor", startsWith("/v1/"));
  }
}
