package fr.opendamir.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import fr.opendamir.testing.SdmxDocument;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a program that reads SDMX gets: the structure, and answers whose codes it has. */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class SdmxApiTest {
  private static final String STRUCTURE = "/v1/sdmx/structure.xml";
  private static final int FIRST_DIMENSION = 3;

  @Test
  void everyCodeOfAnAnswerIsInACodeList() {
    SdmxDocument structure = new SdmxDocument(given().get(STRUCTURE).asByteArray());
    for (Level level : Level.values()) {
      List<List<String>> lines =
          lines("group_by=" + level.id() + "&totals=grand&measures=quantity,reimbursement_rate");
      List<String> header = lines.get(0);
      assertThat(lines).as(level.id()).hasSizeGreaterThan(2);
      for (List<String> line : lines.subList(1, lines.size())) {
        assertThat(line.get(1)).isEqualTo("OPEN_DAMIR:SPENDING(1.0)");
        for (int i = FIRST_DIMENSION; i < header.size(); i++) {
          Set<String> codes = structure.codes(header.get(i));
          assertThat(codes.isEmpty() || codes.contains(line.get(i)))
              .as("%s of %s", line.get(i), header.get(i))
              .isTrue();
        }
      }
      if (level.dimension() != Dimension.MONTH) {
        assertThat(header.get(FIRST_DIMENSION))
            .isEqualTo(level.id().toUpperCase(java.util.Locale.ROOT));
        assertThat(structure.codes(header.get(FIRST_DIMENSION))).contains("_T", "ND");
      }
    }
  }

  @Test
  void theStructureIsWhole() {
    SdmxDocument structure = new SdmxDocument(given().get(STRUCTURE).asByteArray());

    assertThat(structure.problems()).isEmpty();
    assertThat(structure.components("Dimension"))
        .containsExactlyElementsOf(
            java.util.stream.Stream.concat(
                    Arrays.stream(Level.values())
                        .filter(level -> level.dimension() != Dimension.MONTH)
                        .map(level -> level.id().toUpperCase(java.util.Locale.ROOT)),
                    java.util.stream.Stream.of("MEASURE"))
                .toList());
    assertThat(structure.name("REGION", "11", "fr")).isEqualTo("Île-de-France");
    assertThat(structure.name("SEX", "2", "en")).isEqualTo("Female");
    assertThat(structure.name("SERVICE", "G-pharmacy", "fr")).contains("détail non diffusé");
  }

  @Test
  void theStructureIsADocumentLikeOthers() {
    Response first = given().get(STRUCTURE);

    assertThat(first.contentType()).isEqualTo("application/vnd.sdmx.structure+xml;version=2.1");
    given().header("If-None-Match", first.header("ETag")).get(STRUCTURE).then().statusCode(304);
    given().get(STRUCTURE + "?x=1").then().statusCode(400);
  }

  @Test
  void answersHaveLabelsOnRequestOnly() {
    String path = "/v1/aggregates?group_by=region&format=sdmx-csv&lang=en";
    Response answer = given().get(path);

    assertThat(answer.header("Content-Disposition")).endsWith(".sdmx.csv\"");
    answer.then().contentType("application/vnd.sdmx.data+csv;version=2.0.0");
    assertThat(answer.asString()).doesNotContain("Île");
    assertThat(given().get(path + "&labels=both").asString()).contains(",11: Île-de-France,");
    assertThat(given().get(path + "&limit=1").asString().lines()).hasSize(2);
    given()
        .header("Accept", "application/vnd.sdmx.data+csv;version=2.0.0")
        .get("/v1/aggregates?group_by=region&lang=en")
        .then()
        .statusCode(200)
        .body(equalTo(answer.asString()));
    given().get("/v1/references/population?format=sdmx-csv").then().statusCode(400);
  }

  private static List<List<String>> lines(String parameters) {
    Response answer =
        given().urlEncodingEnabled(false).get("/v1/aggregates?format=sdmx-csv&" + parameters);
    assertThat(answer.statusCode()).as(parameters).isEqualTo(200);
    Set<List<String>> lines = new HashSet<>();
    List<List<String>> all =
        answer.asString().lines().map(line -> List.of(line.split(",", -1))).toList();
    lines.addAll(all);
    assertThat(lines).hasSameSizeAs(all);
    return all;
  }
}
