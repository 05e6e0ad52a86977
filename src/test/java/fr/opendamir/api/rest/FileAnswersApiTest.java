package fr.opendamir.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import fr.opendamir.testing.ParquetRows;
import fr.opendamir.testing.Workbooks;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that people save and open: names of files, workbooks, CSV of French spreadsheets. */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class FileAnswersApiTest {
  private static final String XLSX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private static final String PARQUET = "application/vnd.apache.parquet";

  @ParameterizedTest
  @CsvSource({
    "/v1/aggregates?group_by=region&format=csv, reimbursed-by-region-RELEASE.csv",
    "/v1/aggregates?measures=charged&format=ndjson, charged-RELEASE.ndjson",
    "/v1/aggregates?group_by=month&format=xlsx, reimbursed-by-month-RELEASE.xlsx",
    "/v1/aggregates?group_by=month&format=parquet, reimbursed-by-month-RELEASE.parquet",
    "/v1/aggregates?group_by=region&dialect=excel-fr, reimbursed-by-region-RELEASE.csv",
    "/v1/aggregates?group_by=region, reimbursed-by-region-RELEASE.json",
    "/v1/dimensions/sex/codes?format=csv, codes-sex.csv",
    "/v1/dimensions/sex/codes?format=csv&search=femme, codes-sex.csv",
    "/v1/dimensions/sex/codes?dialect=excel-fr, codes-sex.csv",
  })
  void answersHaveTheNameOfAFileAndAreSavedOnRequest(String path, String name) {
    Response shown = get(path);
    String release = shown.header("X-Release") == null ? "" : shown.header("X-Release");
    String file = "filename=\"open-damir-" + name.replace("RELEASE", release) + "\"";

    assertThat(shown.header("Content-Disposition")).isEqualTo("inline; " + file);
    for (int i = 0; i < 2; i++) { // the second is from the cache
      Response saved = get(path + "&download=true");
      assertThat(saved.header("Content-Disposition")).isEqualTo("attachment; " + file);
      assertThat(saved.header("ETag")).isEqualTo(shown.header("ETag"));
    }
    assertThat(get(path).header("Content-Disposition")).isEqualTo("inline; " + file);
  }

  @Test
  void aPostedQuestionIsSavedToo() {
    given()
        .contentType("application/json")
        .body("{\"group_by\":\"region\",\"dialect\":\"excel-fr\",\"download\":true}")
        .post("/v1/aggregates/query")
        .then()
        .statusCode(200)
        .header("Content-Disposition", containsString("attachment; filename="))
        .header("Content-Location", containsString("format=csv&dialect=excel-fr"))
        .header("Content-Type", equalTo("text/csv;charset=UTF-8"));
  }

  @Test
  void aWorkbookHasTheRowsOfTheAnswerAndIsNotCompressedTwice() {
    String path = "/v1/aggregates?group_by=region,month&measures=charged&lang=en&format=xlsx";
    Response answer = given().header("Accept-Encoding", "gzip").get(path);

    assertThat(answer.header("Content-Type")).isEqualTo(XLSX);
    assertThat(answer.header("Content-Encoding")).isIn(null, "identity");
    assertThat(answer.header("ETag")).startsWith("W/\"").doesNotContain("gzip");
    assertThat(Workbooks.rows(answer.asByteArray()))
        .hasSize(get(path.replace("xlsx", "csv")).asString().lines().toList().size() - 1)
        .allSatisfy(row -> assertThat(row.get("month")).matches("2024-0[12]-01|ND"));
    given()
        .header("If-None-Match", answer.header("ETag"))
        .header("Accept-Encoding", "gzip")
        .get(path)
        .then()
        .statusCode(304)
        .header("ETag", equalTo(answer.header("ETag")));
    given().header("Accept", XLSX).get("/v1/aggregates?group_by=region").then().contentType(XLSX);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&limit=2"})
  void aParquetFileHasTheRowsOfTheAnswer(String limit) {
    String path = "/v1/aggregates?group_by=region,month&measures=charged" + limit;
    Response answer = given().header("Accept", PARQUET).header("Accept-Encoding", "gzip").get(path);

    assertThat(answer.header("Content-Type")).isEqualTo(PARQUET);
    assertThat(answer.header("Content-Encoding")).isIn(null, "identity");
    assertThat(answer.header("ETag")).startsWith("W/\"").doesNotContain("gzip");
    assertThat(ParquetRows.metadata(answer.asByteArray()))
        .containsEntry("release", answer.header("X-Release"))
        .containsEntry("unit.charged", "EUR")
        .containsEntry("months", "2024-01,2024-02");
    assertThat(ParquetRows.rows(answer.asByteArray()).stream().map(row -> row.get("charged")))
        .isEqualTo(
            get(path + "&format=csv&labels=id")
                .asString()
                .lines()
                .skip(1)
                .map(line -> line.split(",", -1)[2])
                .toList());
    assertThat(ParquetRows.rows(get(path + "&format=parquet").asByteArray())).isNotEmpty();
  }

  @Test
  void frenchSpreadsheetsGetWhatTheyOpen() {
    String text = get("/v1/aggregates?group_by=region&dialect=excel-fr").asString();

    assertThat(text.getBytes(StandardCharsets.UTF_8)).startsWith(0xEF, 0xBB, 0xBF);
    assertThat(text.lines().toList())
        .startsWith("\uFEFFregion;region_label;reimbursed;status")
        .anyMatch(line -> line.matches("11;Île-de-France;[0-9]+,[0-9]{2};ok"));
    assertThat(get("/v1/dimensions/region/codes?dialect=excel-fr").asString())
        .startsWith("\uFEFFcode;label;");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dialect=excel-fr&format=json",
        "dialect=excel",
        "dialect=excel-fr,excel-fr2",
        "download=maybe&format=csv"
      })
  void aDialectOrDownloadThatCannotBeIsRefused(String parameters) {
    get("/v1/aggregates?group_by=region&lang=en&" + parameters)
        .then()
        .statusCode(400)
        .body("errors.parameter", hasItem(parameters.substring(0, parameters.indexOf('='))));
  }

  @Test
  void referencesAreFilesToo() {
    Response shown = get("/v1/references/population?format=xlsx&year=2023&lang=fr");
    List<String> texts = List.of("Lisez-moi", "Données", "Codes");

    assertThat(shown.statusCode()).isEqualTo(200);
    assertThat(shown.header("Content-Disposition"))
        .matches("inline; filename=\"open-damir-population[^\"]*\\.xlsx\"");
    try (var workbook = Workbooks.open(shown.asByteArray())) {
      for (int i = 0; i < texts.size(); i++) {
        assertThat(workbook.getSheetName(i)).isEqualTo(texts.get(i));
      }
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
    assertThat(
            ParquetRows.rows(
                get("/v1/references/population?format=parquet&year=2023").asByteArray()))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row).containsEntry("period_start", "2023-01-01"));
    assertThat(
            get("/v1/references/population?format=csv&download=true").header("Content-Disposition"))
        .startsWith("attachment; ");
    get("/v1/references/population?download=maybe").then().statusCode(400);
  }

  private static Response get(String path) {
    return given().urlEncodingEnabled(false).get(path);
  }
}
