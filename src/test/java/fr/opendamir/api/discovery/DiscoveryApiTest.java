package fr.opendamir.api.discovery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.rometools.rome.feed.atom.Entry;
import com.rometools.rome.feed.atom.Feed;
import com.rometools.rome.feed.atom.Link;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.WireFeedInput;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.rdf.model.Resource;
import org.apache.jena.rdf.model.ResourceFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.vocabulary.DCAT;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents for machines, of a service that knows its public address. */
@QuarkusTest
@WithTestResource(DeclaredService.class)
class DiscoveryApiTest {
  @ParameterizedTest
  @CsvSource({
    "/robots.txt, text/plain",
    "/sitemap.xml, application/xml",
    "/llms.txt, text/markdown",
    "/.well-known/api-catalog, application/linkset+json",
    "/.well-known/security.txt, text/plain",
    "/v1/releases.atom, application/atom+xml",
    "/catalog.jsonld, application/ld+json",
  })
  void everyDocumentIsKeptAndSentOnce(String path, String type) {
    Response got = given().get(path);
    assertThat(got.statusCode()).isEqualTo(200);
    assertThat(got.contentType()).startsWith(type);
    assertThat(got.header("Cache-Control")).startsWith("public, max-age=300");

    Response head = given().head(path);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.header("ETag")).isEqualTo(got.header("ETag")).isNotNull();
    assertThat(head.body().asByteArray()).isEmpty();

    given().header("If-None-Match", got.header("ETag")).get(path).then().statusCode(304);
    given().post(path).then().statusCode(405).contentType("application/problem+json");
    given()
        .get(path + "?nonsense=1")
        .then()
        .statusCode(400)
        .body("errors[0].parameter", equalTo("nonsense"));
  }

  /** Harvesters, feed readers and crawlers accept what they were written for, or nothing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/robots.txt",
        "/sitemap.xml",
        "/llms.txt",
        "/.well-known/api-catalog",
        "/v1/releases.atom",
        "/catalog.jsonld",
        "/openapi?version=3.0"
      })
  void documentsHaveOneFormWhateverIsAccepted(String path) {
    String type = given().get(path).contentType();
    for (String accept :
        List.of("text/turtle, application/rdf+xml;q=0.5", "application/rss+xml", "text/html")) {
      Response answer = given().redirects().follow(false).header("Accept", accept).get(path);
      assertThat(answer.statusCode()).as(accept).isEqualTo(200);
      assertThat(answer.contentType()).as(accept).isEqualTo(type);
    }
    for (String method : List.of("PUT", "PATCH", "DELETE")) {
      assertThat(given().request(method, path).statusCode()).as(method).isEqualTo(405);
    }
    Response head = given().head(path);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.contentType()).isEqualTo(type);
  }

  @Test
  void crawlersReadPagesAndNoAnswers() {
    given()
        .get("/robots.txt")
        .then()
        .body(containsString("Disallow: /v1/\n"))
        .body(containsString("Disallow: /graphql\n"))
        .body(containsString("Disallow: /mcp\n"))
        .body(containsString("Sitemap: " + DeclaredService.URL + "/sitemap.xml\n"));
    String sitemap = given().get("/sitemap.xml").asString();
    assertThat(found("<loc>([^<]+)</loc>", sitemap))
        .contains(DeclaredService.URL + "/")
        .allSatisfy(
            page ->
                given()
                    .get(page.substring(DeclaredService.URL.length()))
                    .then()
                    .statusCode(200)
                    .header("X-Robots-Tag", nullValue()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/aggregates",
        "/v1/aggregates?nonsense=1",
        "/v1/measures",
        "/v1/nope",
        "/v1/releases/latest/files",
        "/graphql?query=%7Bmeasures%7Bid%7D%7D"
      })
  void answersAreLeftOutOfIndexes(String path) {
    given().urlEncodingEnabled(false).get(path).then().header("X-Robots-Tag", equalTo("noindex"));
  }

  @Test
  void theListOfInterfacesIsAnnouncedAndItsLinksWork() {
    for (String path : List.of("/", "/.well-known/api-catalog")) {
      given()
          .head(path)
          .then()
          .header("Link", equalTo("</.well-known/api-catalog>; rel=\"api-catalog\""));
    }
    Response catalog = given().get("/.well-known/api-catalog");
    assertThat(catalog.contentType())
        .contains("profile=\"https://www.rfc-editor.org/info/rfc9727\"");
    catalog
        .then()
        .body("linkset[0].anchor", equalTo(DeclaredService.URL + "/.well-known/api-catalog"))
        .body(
            "linkset[0].item.href",
            hasItems(
                DeclaredService.URL + "/v1/aggregates",
                DeclaredService.URL + "/graphql",
                DeclaredService.URL + "/mcp"))
        .body("linkset[1].'service-desc'[0].href", equalTo(DeclaredService.URL + "/openapi"));
    List<String> links = found("\"href\" *: *\"([^\"]+)\"", catalog.asString());
    assertThat(links).hasSizeGreaterThan(6);
    // they answer nothing without a query or a message
    links.removeIf(link -> link.endsWith("/graphql") || link.endsWith("/mcp"));
    links.forEach(DiscoveryApiTest::assertServed);
    for (String relation : List.of("service-desc", "service-doc", "service-meta")) {
      List<List<Map<String, String>>> targets =
          catalog.jsonPath().getList("linkset.'" + relation + "'");
      targets.stream()
          .filter(Objects::nonNull)
          .flatMap(List::stream)
          .forEach(
              target ->
                  assertThat(given().get(path(target.get("href"))).contentType())
                      .startsWith(target.get("type")));
    }
  }

  @Test
  void theGuideHasEveryDimensionAndMeasureAndItsLinksWork() {
    String guide =
        given()
            .get("/llms.txt")
            .then()
            .header("Content-Language", equalTo("en"))
            .body(startsWith("# Open DAMIR API\n"))
            .body(not(containsString("synthetic")))
            .body(containsString("connect to `" + DeclaredService.URL + "/mcp`"))
            .extract()
            .asString();
    for (Level level : Level.values()) {
      assertThat(guide).contains("[" + level.id() + "](" + DeclaredService.URL);
    }
    for (Measure measure : Measure.values()) {
      assertThat(guide).contains("[" + measure.id() + "](" + DeclaredService.URL);
    }
    List<String> links = found("(?:\\(|    )(https://[^)\\s]+)", guide);
    assertThat(links).hasSizeGreaterThan(Level.values().length + Measure.values().length);
    links.forEach(DiscoveryApiTest::assertServed);
  }

  @Test
  void theSecurityContactIsTheOperators() {
    given()
        .get("/.well-known/security.txt")
        .then()
        .body(startsWith("Contact: mailto:securite@example.org\n"))
        .body(containsString("Canonical: " + DeclaredService.URL));
  }

  @Test
  void theFeedLeadsToWhatIsServed() throws FeedException {
    String xml =
        given()
            .header("Accept-Language", "en")
            .get("/v1/releases.atom")
            .then()
            .header("Content-Language", equalTo("en"))
            .extract()
            .asString();
    Feed feed = (Feed) new WireFeedInput(true, Locale.ROOT).build(new StringReader(xml));
    List<Entry> entries = feed.getEntries();

    assertThat(entries)
        .extracting(entry -> entry.getSummary().getValue())
        .containsExactly(
            "Months revised: 2024-01.",
            "The oldest release that is served: 1 months, from 2024-01 to 2024-01.");
    List<Link> links = new ArrayList<>(entries.get(0).getOtherLinks());
    links.addAll(entries.get(0).getAlternateLinks());
    assertThat(links).hasSize(4);
    links.forEach(link -> assertServed(link.getHref()));
    assertThat(xml).contains(DeclaredService.URL + "/v1/releases.atom?lang=en");
    given().get("/v1/releases.atom?lang=fr").then().body(containsString("Mois révisés"));
  }

  @Test
  void thePagesTellSearchEnginesOfTheDataSet() {
    Response page = given().get("/");
    String element = "<script type=\"application/ld\\+json\">(.*?)</script>";
    String json = found(element, page.asString()).get(0);
    JsonPath dataset = JsonPath.from(json);

    assertThat(dataset.getString("'@context'")).isEqualTo("https://schema.org/");
    assertThat(dataset.getString("'@type'")).isEqualTo("Dataset");
    assertThat(dataset.getString("name")).hasSizeGreaterThan(10);
    assertThat(dataset.getString("description")).hasSizeBetween(50, 5000);
    assertThat(dataset.getString("temporalCoverage")).isEqualTo("2024-01/2024-01");
    assertServed(dataset.getString("distribution[0].contentUrl"));
    assertThat(page.header("Content-Security-Policy")).doesNotContain("unsafe");
    for (String other : List.of("/?lang=en", "/explore", "/docs")) {
      assertThat(given().get(other).asString()).as(other).contains(json);
    }
  }

  @Test
  void theCatalogueLeadsToFilesWithItsChecksums() throws NoSuchAlgorithmException {
    Model catalogue = ModelFactory.createDefaultModel();
    RDFDataMgr.read(
        catalogue,
        new ByteArrayInputStream(given().get("/catalog.jsonld").asByteArray()),
        Lang.JSONLD);
    String checksum = "http://spdx.org/rdf/terms#checksumValue";
    List<Resource> files =
        catalogue.listSubjectsWithProperty(ResourceFactory.createProperty(checksum)).toList();
    assertThat(files).as("two imports, a cube, code lists").hasSize(4);
    for (Resource file : files) {
      Resource distribution =
          catalogue
              .listSubjectsWithProperty(
                  ResourceFactory.createProperty("http://spdx.org/rdf/terms#checksum"), file)
              .next();
      String path = path(distribution.getPropertyResourceValue(DCAT.downloadURL).getURI());
      Response answer = given().redirects().follow(false).get(path);
      answer.then().statusCode(200).header("Cache-Control", startsWith("public, max-age=300"));
      byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(answer.asByteArray());
      assertThat(HexFormat.of().formatHex(sha256))
          .isEqualTo(file.getProperty(ResourceFactory.createProperty(checksum)).getString());
      given().redirects().follow(false).head(path).then().statusCode(200);
    }
    assertServed(DeclaredService.URL + DataCatalogue.TABLE);
  }

  private static void assertServed(String address) {
    assertThat(given().urlEncodingEnabled(false).get(path(address)).statusCode())
        .as(address)
        .isEqualTo(200);
  }

  private static String path(String address) {
    assertThat(address).startsWith(DeclaredService.URL + "/");
    return address.substring(DeclaredService.URL.length());
  }

  private static List<String> found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    List<String> found = new ArrayList<>();
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
