package fr.opendamir.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Questions about {@link TwoVintages}, by REST and GraphQL. */
@QuarkusTest
@WithTestResource(TwoVintages.class)
class TwoVintagesApiTest {
  private static final String YEARS = "&month=2013-01..2016-12";
  private static final String ZONES = "[Z0, Z1, Z2, Z3, Z4, Z5, Z6, Z7, Z8, Z9]";
  private static final String TWO_VINTAGES =
      "The codes of region are of two vintages, depending on the month (..2014-12, 2015-01..): they"
          + " cannot be compared.";

  private static Response ask(String parameters) {
    return given().urlEncodingEnabled(false).get("/v1/aggregates?lang=en&labels=id&" + parameters);
  }

  private static JsonPath answer(String parameters) {
    Response response = ask(parameters);
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
    return response.jsonPath();
  }

  /** Millions reimbursed, by code. */
  private static List<String> rows(JsonPath answer, String level) {
    return answer.<Map<String, Object>>getList("data").stream()
        .map(row -> row.get(level) + " " + ((Number) row.get("reimbursed")).longValue() / 1_000_000)
        .toList();
  }

  private static List<String> warnings(JsonPath answer) {
    return answer.<String>getList("warnings").stream()
        .filter(text -> text.contains("vintage") || text.contains("in use"))
        .toList();
  }

  private static Map<String, Object> error(String parameters, int status) {
    Response response = ask(parameters);
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
    List<Map<String, Object>> errors = response.jsonPath().getList("errors");
    assertThat(errors).hasSize(1);
    return errors.get(0);
  }

  @Test
  void regionsOfBothVintagesAreShownWithAWarning() {
    JsonPath answer = answer("group_by=region" + YEARS);

    assertThat(rows(answer, "region")).containsExactly("11 80", "53 18", "Z1 70", "Z5 20");
    assertThat(warnings(answer)).containsExactly(TWO_VINTAGES);
    assertThat(
            given()
                .get("/v1/aggregates?lang=fr&group_by=region")
                .jsonPath()
                .<String>getList("warnings"))
        .contains(
            "Les codes de region sont de deux découpages, selon le mois (..2014-12, 2015-01..) :"
                + " ils ne se comparent pas.");
  }

  @Test
  void otherDimensionsGoOnOverBothVintages() {
    JsonPath byMonth = answer("group_by=month" + YEARS);
    JsonPath byExemption = answer("group_by=exemption" + YEARS);

    assertThat(rows(byMonth, "month"))
        .containsExactly("2013-06 60", "2014-01 30", "2015-01 54", "2016-06 44");
    assertThat(rows(byExemption, "exemption")).containsExactly("0 150", "41 38");
    assertThat(warnings(byMonth)).isEmpty();
    assertThat(warnings(byExemption)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "region=11, 2015-01 36 2016-06 44, region=11 is in use in the months 2015-01.. only",
    "region=Z1, 2013-06 40 2014-01 30, region=Z1 is in use in the months ..2014-12 only",
  })
  void aCodeSelectsTheMonthsInWhichItIsInUse(String filter, String months, String warning) {
    JsonPath answer = answer("group_by=month&" + filter + YEARS);

    assertThat(String.join(" ", rows(answer, "month"))).isEqualTo(months);
    assertThat(warnings(answer)).singleElement().asString().startsWith(warning);
    JsonPath dryRun = answer("dry_run=true&group_by=month&" + filter + YEARS);
    assertThat(dryRun.getInt("months")).isEqualTo(2);
    assertThat(dryRun.getInt("sources[0].imports")).isEqualTo(2);
    assertThat(dryRun.<String>getList("warnings")).isEqualTo(warnings(answer));
  }

  @Test
  void codesOfBothVintagesSelectAllTheirMonths() {
    JsonPath answer = answer("group_by=month&region=11,Z5" + YEARS);

    assertThat(rows(answer, "month")).containsExactly("2013-06 20", "2015-01 36", "2016-06 44");
    assertThat(warnings(answer)).hasSize(3).contains(TWO_VINTAGES);
    assertThat(rows(answer("group_by=region&region=!Z1" + YEARS), "region"))
        .containsExactly("11 80", "53 18", "Z5 20");
  }

  @Test
  void aQuestionOfOneVintageHasNoWarning() {
    assertThat(warnings(answer("group_by=region&year=2013"))).isEmpty();
    assertThat(warnings(answer("region=11&month=2015-01.."))).isEmpty();
  }

  @Test
  void aCodeOfOtherMonthsSaysWhatWouldWork() {
    Map<String, Object> region = error("region=11&year=2013", 400);

    assertThat(region).containsEntry("parameter", "region").containsEntry("code", "contradiction");
    assertThat(region.get("detail"))
        .isEqualTo(
            "11: codes of region in the months 2015-01.. only, not in 2013-06, where the codes are"
                + " Z0, Z1, Z2, Z3, Z4, Z5, Z6, Z7, Z8, Z9");
    assertThat(region.get("did_you_mean").toString()).isEqualTo(ZONES);
    Map<String, Object> zone = error("region=Z1,Z5&month=2015-01..", 400);
    assertThat(zone.get("detail").toString())
        .startsWith(
            "Z1, Z5: codes of region in the months ..2014-12 only, not in 2015-01, 2016-06");
  }

  /** Every value that is suggested gives an answer. */
  @Test
  void theSuggestedCodesWork() {
    for (String code : ZONES.replaceAll("[\\[\\] ]", "").split(",", -1)) {
      assertThat(ask("year=2013&region=" + code).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void monthsOfTwoVintagesAreNotCompared() {
    String january = "&month=2015-01&compare=previous_year";

    assertThat(error("group_by=region" + january, 422))
        .containsEntry("parameter", "compare")
        .containsEntry("code", "contradiction")
        .containsEntry(
            "detail",
            "compare would set months against each other whose codes of region are of two vintages"
                + " (..2014-12, 2015-01..): leave region out, or choose other months");
    assertThat(error("region=11" + january, 422)).containsEntry("parameter", "compare");
    assertThat(answer("group_by=exemption" + january).getList("data")).hasSize(2);
    assertThat(answer("group_by=region&month=2016-06&compare=previous_year").getList("data"))
        .hasSize(1);
  }

  @Test
  void codesAreNotRepeatedInMonthsOfTheOtherVintage() {
    assertThat(error("fill=zero&group_by=region,month" + YEARS, 422))
        .containsEntry("parameter", "fill")
        .containsEntry("code", "contradiction")
        .containsEntry(
            "detail",
            "fill would repeat each code of region in months of two vintages (..2014-12,"
                + " 2015-01..): keep the months of one of them, or leave fill out");
    JsonPath filled = answer("fill=zero&group_by=region,month&month=2015-01..");
    assertThat(filled.getList("data")).hasSize(4);
    assertThat(answer("fill=zero&group_by=region,month&region=11" + YEARS).getList("data"))
        .hasSize(2);
  }

  @Test
  void ratesOfYearsWithoutPopulationSayWhichHaveOne() {
    assertThat(error("group_by=region&year=2013&measures=reimbursed_per_inhabitant", 422))
        .containsEntry("code", "no_denominator");
  }

  @Test
  void theCodeListSaysFromWhenToWhen() {
    JsonPath codes = given().get("/v1/dimensions/region/codes?lang=en").jsonPath();

    assertThat(codes.<Object>get("data.find { it.code == '11' }.valid_from")).isEqualTo("2015-01");
    assertThat(codes.<Object>get("data.find { it.code == '11' }.valid_to")).isNull();
    assertThat(codes.<Object>get("data.find { it.code == 'Z5' }.valid_from")).isNull();
    assertThat(codes.<Object>get("data.find { it.code == 'Z5' }.valid_to")).isEqualTo("2014-12");
    assertThat(codes.<Object>get("data.find { it.code == 'Z5' }.label")).isEqualTo("ZEAT West");
    assertThat(given().get("/v1/dimensions/region").jsonPath().getList("vintages"))
        .hasToString("[{valid_from=null, valid_to=2014-12}, {valid_from=2015-01, valid_to=null}]");
    assertThat(given().get("/v1/dimensions/sex").jsonPath().getList("vintages")).isEmpty();
    assertThat(given().get("/v1/dimensions/region/codes?format=csv").asString())
        .startsWith("code,label,label_fr,label_en,valid_from,valid_to\r\n");
  }

  @Test
  void graphqlAnswersAlike() {
    String years = "filter:{month:{from:\"2013-01\",to:\"2016-12\"}}";
    JsonPath regions =
        graphql("{spending(" + years + "){warnings nodes{region{code} reimbursed}}}");
    JsonPath months = graphql("{spending(" + years + "){warnings nodes{month reimbursed}}}");
    JsonPath exemptions =
        graphql("{spending(" + years + "){warnings nodes{exemption{code} reimbursed}}}");

    assertThat(regions.getList("data.spending.nodes.region.code"))
        .isEqualTo(List.of("11", "53", "Z1", "Z5"));
    assertThat(regions.<String>getList("data.spending.warnings")).contains(TWO_VINTAGES);
    assertThat(months.getList("data.spending.nodes.month"))
        .isEqualTo(List.of("2013-06", "2014-01", "2015-01", "2016-06"));
    assertThat(exemptions.<Number>getList("data.spending.nodes.reimbursed"))
        .extracting(Number::longValue)
        .containsExactly(150_000_000L, 38_000_000L);
    JsonPath refused =
        graphql("{spending(filter:{region:{in:[\"11\"]},year:{in:[\"2013\"]}}){totalCount}}");
    assertThat(refused.getString("errors[0].extensions.problem.errors[0].did_you_mean"))
        .isEqualTo(ZONES);
    JsonPath codes =
        graphql(
            "{dimensions(names:[REGION]){vintages{validFrom validTo}"
                + " codes(search:\"Z5\"){code validFrom validTo}}}");
    assertThat(codes.getString("data.dimensions[0].codes"))
        .isEqualTo("[[code:Z5, validFrom:null, validTo:2014-12]]");
    assertThat(codes.getString("data.dimensions[0].vintages"))
        .isEqualTo("[[validFrom:null, validTo:2014-12], [validFrom:2015-01, validTo:null]]");
  }

  private static JsonPath graphql(String query) {
    return given()
        .header("Accept-Language", "en")
        .contentType("application/json")
        .body(Map.of("query", query))
        .post("/graphql")
        .jsonPath();
  }
}
