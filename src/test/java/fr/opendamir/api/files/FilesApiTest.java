package fr.opendamir.api.files;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import fr.opendamir.api.rest.ServedMonths;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.DecoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of a release over HTTP: what clients that read Parquet from a server rely on. */
@QuarkusTest
@WithTestResource(ServedMonths.class)
class FilesApiTest {
  private static final String LIST = "/v1/releases/latest/files";

  private Map<String, Object> january;
  private String address;
  private int size;

  @BeforeEach
  void find() {
    january = given().get(LIST).jsonPath().getMap("resources.find { it.month == '2024-01' }");
    address = (String) january.get("href");
    size = (int) january.get("bytes");
  }

  /** A client that unpacks nothing and sees every header. */
  private static RequestSpecification plain() {
    return given()
        .config(
            RestAssuredConfig.newConfig()
                .decoderConfig(DecoderConfig.decoderConfig().noContentDecoders()))
        .header("Accept-Encoding", "gzip, deflate, br");
  }

  @Test
  void everyFileOfTheListHasTheBytesThatTheListSays() {
    List<Map<String, Object>> files = given().get(LIST).jsonPath().getList("resources");
    assertThat(files)
        .extracting(file -> file.get("kind"))
        .containsExactly("blocks", "blocks", "codes", "cube");
    for (Map<String, Object> file : files) {
      Response answer = plain().get((String) file.get("href"));
      byte[] bytes = answer.asByteArray();

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(bytes)
          .hasSize((int) file.get("bytes"))
          .startsWith('P', 'A', 'R', '1')
          .endsWith('P', 'A', 'R', '1');
      assertThat("sha256:" + HexFormat.of().formatHex(sha256(bytes))).isEqualTo(file.get("hash"));
      assertThat(answer.header("ETag"))
          .isEqualTo('"' + ((String) file.get("hash")).substring(7) + '"');
      assertThat(answer.header("Repr-Digest"))
          .isEqualTo("sha-256=:" + Base64.getEncoder().encodeToString(sha256(bytes)) + ":");
      assertThat(answer.header("Content-Length")).isEqualTo(String.valueOf(bytes.length));
      assertThat(answer.contentType()).isEqualTo("application/vnd.apache.parquet");
      assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
      assertThat(answer.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
      assertThat(answer.header("Content-Disposition"))
          .isEqualTo("attachment; filename=\"open-damir-" + file.get("path") + "\"");
      assertThat(answer.headers().hasHeaderWithName("Content-Range")).isFalse();
      assertThat(answer.headers().hasHeaderWithName("Content-Encoding")).isFalse();
      assertThat(answer.headers().hasHeaderWithName("Location")).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-3, 0, 4",
    "bytes=4-, 4, -4",
    "bytes=-8, -8, 8",
    "bytes=-999999999999999999999999, 0, 0",
    "bytes=0-999999999999999999999999, 0, 0",
    "bytes=0-, 0, 0",
    "bytes=00010-0000000000000000000000019, 10, 10",
    "Bytes=1-1, 1, 1"
  })
  void aRangeIsAnsweredWithItsBytes(String range, int first, int length) {
    byte[] whole = plain().get(address).asByteArray();
    int start = first < 0 ? size + first : first;
    int end = length <= 0 ? size : start + length;
    for (RequestSpecification request : List.of(plain(), plain().header("If-Range", tag()))) {
      Response answer = request.header("Range", range).get(address);

      assertThat(answer.statusCode()).isEqualTo(206);
      assertThat(answer.asByteArray()).isEqualTo(Arrays.copyOfRange(whole, start, end));
      assertThat(answer.header("Content-Range"))
          .isEqualTo("bytes %d-%d/%d".formatted(start, end - 1, size));
      assertThat(answer.header("Content-Length")).isEqualTo(String.valueOf(end - start));
      assertThat(answer.header("ETag")).isEqualTo(tag());
      assertThat(answer.headers().hasHeaderWithName("Content-Encoding")).isFalse();
    }
    Response head = plain().header("Range", range).head(address);
    assertThat(head.statusCode()).isEqualTo(206);
    assertThat(head.header("Content-Length")).isEqualTo(String.valueOf(end - start));
    assertThat(head.header("Content-Range"))
        .isEqualTo("bytes %d-%d/%d".formatted(start, end - 1, size));
    assertThat(head.asByteArray()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=0-0,2-2",
        "bytes=0-10,5-15",
        "bytes=5-2",
        "bytes=--5",
        "bytes=-",
        "bytes=",
        "bytes",
        "items=0-1",
        "bytes=a-b",
        "bytes=1.5-2",
        "bytes=0x10-0x20",
        "bytes=-1-5",
        "bytes=１-２"
      })
  void whatIsNotOneRangeIsAnsweredWithTheWholeFile(String range) {
    requireWhole(plain().header("Range", range));
  }

  @Test
  void hundredsOfRangesAreAnsweredWithTheWholeFileOrRefused() {
    String many = "bytes=0-0" + ",1-1".repeat(240);
    requireWhole(plain().header("Range", many));
    plain().header("Range", many + ",0-".repeat(500)).get(address).then().statusCode(431);
    Response twice = plain().header("Range", "bytes=0-1").header("Range", "bytes=4-5").get(address);
    assertThat(twice.statusCode()).isEqualTo(200);
  }

  @Test
  void aRangeOfAnotherContentIsAnsweredWithTheWholeFile() {
    for (String other :
        List.of("\"0\"", "W/" + tag(), "Sat, 28 Nov 2026 09:00:00 GMT", tag().replace("\"", ""))) {
      requireWhole(plain().header("Range", "bytes=0-3").header("If-Range", other));
    }
  }

  private void requireWhole(RequestSpecification request) {
    Response answer = request.get(address);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.asByteArray()).hasSize(size);
    assertThat(answer.headers().hasHeaderWithName("Content-Range")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes=999999999-", "bytes=-0", "bytes=99999999999999999999999-", "bytes=-00"})
  void aRangeOutsideTheFileIsRefusedWithTheLengthOfTheFile(String range) {
    given()
        .header("Range", range)
        .header("Accept-Language", "en")
        .get(address)
        .then()
        .statusCode(416)
        .header("Content-Range", "bytes */" + size)
        .contentType("application/problem+json")
        .body("type", equalTo("/v1/problems/range-not-satisfiable"))
        .body("detail", containsString("bytes=-N"));
    plain().header("Range", range).head(address).then().statusCode(416);
  }

  @Test
  void headHasTheHeadersOfGetAndIsFree() {
    Response head = plain().head(address);
    Response get = plain().get(address);
    for (String name :
        List.of(
            "ETag",
            "Content-Length",
            "Content-Type",
            "Accept-Ranges",
            "Last-Modified",
            "Repr-Digest")) {
      assertThat(head.header(name)).as(name).isNotNull().isEqualTo(get.header(name));
    }
    assertThat(head.headers().hasHeaderWithName("Content-Encoding")).isFalse();
    assertThat(head.asByteArray()).isEmpty();
  }

  @Test
  void whatTheClientHasIsNotSentAgain() {
    Response same =
        plain().header("If-None-Match", tag()).header("Range", "bytes=0-3").get(address);
    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.header("ETag")).isEqualTo(tag());
    assertThat(same.asByteArray()).isEmpty();
    plain().header("If-None-Match", "\"0\"").get(address).then().statusCode(200);
    String modified = plain().head(address).header("Last-Modified");
    plain().header("If-Modified-Since", modified).get(address).then().statusCode(304);
  }

  @Test
  void theListIsADataPackageUnderBothItsAddresses() {
    String release = given().get("/v1/releases/latest").jsonPath().getString("id");
    Response list = given().header("Accept-Language", "en").get(LIST);
    for (String other : List.of(LIST + "/datapackage.json", "/v1/releases/" + release + "/files")) {
      assertThat(given().header("Accept-Language", "en").get(other).asString())
          .isEqualTo(list.asString());
    }
    assertThat(list.header("ETag")).isNotNull();
    given()
        .header("If-None-Match", list.header("ETag"))
        .header("Accept-Language", "en")
        .get(LIST)
        .then()
        .statusCode(304);
    list.then()
        .body("name", equalTo("open-damir-" + release))
        .body("licenses[0].path", startsWith("https://www.etalab.gouv.fr/"))
        .body("totals.charged", equalTo(1930.57f))
        .body("resources.format", everyItem(equalTo("parquet")))
        .body("resources.find { it.month == '2024-01' }.totals.quantity", equalTo(437))
        .body("resources.find { it.month == '2024-01' }.sources[0].title", equalTo("A202401.csv"))
        .body("resources.find { it.month == '2024-01' }.policy", startsWith("blocks-"))
        .body("duckdb.blocks", containsString("/v1/releases/" + release + "/files/blocks-2024-01-"))
        .body("duckdb.blocks", startsWith("read_parquet(['http://"));
    assertThat(list.asString()).doesNotContain("contributor_", "persons");
  }

  @Test
  void graphqlNamesTheSameFiles() {
    String query = "{ releases { files { address bytes sha256 rows name kind month } } }";
    Response answer =
        given().contentType("application/json").body(Map.of("query", query)).post("/graphql");
    answer
        .then()
        .statusCode(200)
        .body("data.releases[0].files[0].address", equalTo(address))
        .body("data.releases[0].files[0].bytes", equalTo(size))
        .body("data.releases[0].files[0].sha256", equalTo(tag().replace("\"", "")))
        .body("data.releases[0].files.kind", equalTo(List.of("blocks", "blocks", "codes", "cube")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../../../etc/passwd",
        "/..%2f..%2f..%2fetc%2fpasswd",
        "/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/..%5c..%5cwindows",
        "/%00",
        "/blocks-2024-01-.parquet",
        "/.",
        "/%2e",
        "/a%0d%0aX:y",
        "/..;/x"
      })
  void namesThatAreNotInTheListAreNotFound(String name) {
    Response answer = given().urlEncodingEnabled(false).get(LIST + name);
    assertThat(answer.statusCode()).isIn(404, 400, 200);
    if (answer.statusCode() == 200) { // a dot segment is no name: RFC 3986
      assertThat(answer.jsonPath().getString("name")).startsWith("open-damir-");
    } else {
      assertThat(answer.contentType()).isEqualTo("application/problem+json");
    }
    assertThat(answer.asString()).doesNotContain("root:");
  }

  @Test
  void refusalsSayWhatWouldWork() {
    given()
        .header("Accept-Language", "en")
        .get(LIST + "/blocks-2024-01-0123456789abcdef.parquet")
        .then()
        .statusCode(404)
        .body("errors[0].did_you_mean", equalTo(List.of(january.get("path"))))
        .body("detail", containsString("/files lists its files"));
    for (String gone : List.of("", "/datapackage.json", "/codes-0123456789abcdef.parquet")) {
      given()
          .header("Accept-Language", "en")
          .get("/v1/releases/2020-01-01.1/files" + gone)
          .then()
          .statusCode(404)
          .body("detail", containsString("/v1/releases/latest/files"));
    }
    given().post(address).then().statusCode(405).header("Allow", "GET, HEAD");
    given()
        .get(address + "?x=1")
        .then()
        .statusCode(400)
        .body("errors[0].code", equalTo("unknown_parameter"));
    given().get(address + "?a=1" + many()).then().statusCode(400);
    given().get(address + "?lang=en&utm_source=x").then().statusCode(200);
  }

  private static String many() {
    return IntStream.range(0, 200).mapToObj(i -> "&x" + i + "=1").collect(Collectors.joining());
  }

  @Test
  void scriptsOfOtherSitesMayReadRanges() {
    Response answer =
        plain().header("Origin", "https://example.org").header("Range", "bytes=0-3").get(address);
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(answer.header("Access-Control-Expose-Headers").split(", "))
        .contains("Accept-Ranges", "Content-Range", "Content-Length", "ETag");
    given()
        .header("Origin", "https://example.org")
        .header("Access-Control-Request-Method", "GET")
        .header("Access-Control-Request-Headers", "range, if-range")
        .options(address)
        .then()
        .statusCode(204)
        .header("Access-Control-Allow-Headers", containsString("Range"))
        .header("Access-Control-Allow-Headers", containsString("If-Range"));
  }

  private String tag() {
    return '"' + ((String) january.get("hash")).substring("sha256:".length()) + '"';
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** For catalogues, which list addresses once and for all. */
  @Test
  void theNewestFileHasANameThatStaysTheSame() {
    String name = january.get("name") + ".parquet";
    Response newest = plain().get("/v1/releases/latest/files/" + name);
    newest.then().statusCode(200).header("Cache-Control", startsWith("public, max-age=300"));
    assertThat(newest.asByteArray()).isEqualTo(plain().get(address).asByteArray());
    assertThat(newest.header("ETag")).isEqualTo(plain().get(address).header("ETag"));

    String release = address.substring(0, address.lastIndexOf('/') + 1);
    given()
        .get(release + name)
        .then()
        .statusCode(404)
        .body("errors[0].did_you_mean", notNullValue());
  }
}
