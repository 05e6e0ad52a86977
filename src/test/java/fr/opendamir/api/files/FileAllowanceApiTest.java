package fr.opendamir.api.files;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import fr.opendamir.api.rest.SmallAllowances;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files are paid for by their bytes, from an allowance beside the one of questions. */
@QuarkusTest
@WithTestResource(SmallAllowances.class)
class FileAllowanceApiTest {
  private static final AtomicInteger CALLERS = new AtomicInteger();
  private static final String LARGE = "/v1/releases/latest/files/" + LargeFiles.LARGE.name();

  @TestHTTPResource("/")
  URI base;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String address = "198.51.100." + CALLERS.incrementAndGet();

  @BeforeEach
  void addALargeFile() {
    LargeFiles.add();
  }

  @AfterEach
  void removeTheLargeFile() {
    LargeFiles.remove();
  }

  private RequestSpecification caller() {
    return given().header("X-Forwarded-For", address);
  }

  private HttpResponse<Void> range(long first, long last) {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(LARGE))
            .header("X-Forwarded-For", address)
            .header("Range", "bytes=" + first + "-" + last)
            .build();
    return http.sendAsync(request, BodyHandlers.discarding()).join();
  }

  private int left() {
    return caller()
        .get("/v1/limits")
        .path("allowances.find { it.name == 'files-burst' }.remaining");
  }

  @Test
  void aRangeIsPaidForByItsBytes() {
    HttpResponse<Void> small = range(0, 999);
    assertThat(small.headers().firstValue("RateLimit-Policy"))
        .hasValue("\"files-burst\";q=100;w=3600, \"files-daily\";q=10000;w=86400");
    assertThat(left()).isEqualTo(98);
    range(500, 10_000_499);
    assertThat(left()).isEqualTo(96);
    range(0, 10_000_000);
    assertThat(left()).isEqualTo(93);
    caller()
        .get("/v1/limits")
        .then()
        .body("price.file_units", equalTo("1 + ceil(bytes / bytes_per_unit)"))
        .body("price.bytes_per_unit", equalTo(10_000_000))
        .body("allowances[0].remaining", equalTo(10))
        .body("doors.files.max_files", equalTo(256));
  }

  @Test
  void whatSendsNoBytesIsFree() {
    Response head = caller().head(LARGE);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.header("RateLimit")).startsWith("\"requests\";r=");
    caller().header("If-None-Match", head.header("ETag")).get(LARGE).then().statusCode(304);
    caller().header("Range", "bytes=99999999999-").get(LARGE).then().statusCode(416);
    caller().get("/v1/releases/latest/files").then().statusCode(200);
    caller().get("/v1/releases/latest/files/none.parquet").then().statusCode(404);
    assertThat(left()).isEqualTo(100);
  }

  @Test
  void aFileIsRefusedBeforeItsFirstByteAndQuestionsAreNot() {
    for (int i = 0; i < 4; i++) {
      assertThat(range(0, 229_999_999).statusCode()).isEqualTo(206);
    }
    assertThat(left()).isEqualTo(4);

    caller()
        .header("Range", "bytes=0-39999999")
        .get(LARGE)
        .then()
        .statusCode(429)
        .contentType("application/problem+json")
        .body("'violated-policies'", contains("files-burst"));
    assertThat(range(0, 29_999_999).statusCode()).isEqualTo(206);
    Response refused = caller().header("Range", "bytes=0-3").get(LARGE);

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).matches("3\\d{3}");
    assertThat(refused.header("RateLimit")).contains("\"files-burst\";r=0");
    caller().get("/v1/aggregates").then().statusCode(200);
    caller().head(LARGE).then().statusCode(200);
  }
}
