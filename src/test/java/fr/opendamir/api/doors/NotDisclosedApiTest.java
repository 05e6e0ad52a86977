package fr.opendamir.api.doors;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.opendamir.api.rest.ExcessFeesApart;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The share of each measure that is not disclosed, at every door. */
@QuarkusTest
@WithTestResource(ExcessFeesApart.class)
class NotDisclosedApiTest {
  private static final String UNEQUAL =
      "excess_rate: the sums compared are not disclosed to the same extent (share not disclosed by"
          + " region: charged 0.00%, excess_fees 33.33%), so that under a disclosed code more of"
          + " one than of the other can be missing.";

  @Test
  void eachMeasureOfAnAnswerHasItsOwnShare() {
    JsonNode answer = rest("group_by=region&measures=charged,excess_rate&lang=en");

    assertThat(answer.at("/disclosure/not_disclosed"))
        .hasToString("{\"region\":{\"charged\":0,\"excess_fees\":0.333333}}");
    assertThat(answer.at("/data").findValues("excess_rate"))
        .hasToString("[0.166667, 0.000000, null]");
    assertThat(answer.at("/warnings")).anyMatch(warning -> warning.textValue().equals(UNEQUAL));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "measures=excess_fees | {}",
        "measures=out_of_pocket,quantity&sex=2"
            + " | {'sex':{'quantity':0,'charged':0,'reimbursed':0}}",
        "measures=excess_fees&group_by=month&region=84"
            + " | {'month':{'excess_fees':0},'region':{'excess_fees':0.333333}}",
        "measures=average_charge&group_by=region&service=1110"
            + " | {'region':{'quantity':0,'charged':0},'service':{'quantity':0,'charged':0}}",
        "measures=reimbursed_all,not_covered&group_by=region"
            + " | {'region':{'charged':0,'reimbursed_all':0}}",
        "measures=reimbursement_base&insurance=10 | {'insurance':{'reimbursement_base':null}}",
      })
  void sharesAreOfTheLevelsAndOperandsOfTheQuestion(String parameters, String shares) {
    assertThat(rest(parameters).at("/disclosure/not_disclosed"))
        .hasToString(shares.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource({
    "group_by=region&measures=reimbursement_rate",
    "group_by=region&measures=excess_fees",
    "group_by=sex&measures=excess_rate",
    "measures=excess_rate",
  })
  void equalSharesNeedNoWarning(String parameters) {
    assertThat(rest(parameters + "&lang=en").at("/warnings"))
        .noneMatch(warning -> warning.textValue().contains("same extent"));
  }

  @Test
  void jsonStatHasSharesAndWarningInItsExtension() {
    JsonNode extension =
        rest("group_by=region&measures=excess_rate&lang=en&format=json-stat").at("/extension");

    assertThat(extension.at("/disclosure/not_disclosed"))
        .hasToString("{\"region\":{\"charged\":0,\"excess_fees\":0.333333}}");
    assertThat(extension.at("/warnings")).anyMatch(warning -> warning.textValue().equals(UNEQUAL));
  }

  @Test
  void graphqlListsSharesByDimensionAndMeasure() {
    JsonNode spending =
        graphql(
                "{ spending { nodes { region { code } excessRate } warnings"
                    + " disclosure { notDisclosed { dimension measure share } } } }")
            .at("/data/spending");

    assertThat(spending.at("/disclosure/notDisclosed"))
        .hasToString(
            """
            [{"dimension":"REGION","measure":"CHARGED","share":0},\
            {"dimension":"REGION","measure":"EXCESS_FEES","share":0.333333}]""");
    assertThat(spending.at("/warnings")).anyMatch(warning -> warning.textValue().equals(UNEQUAL));
  }

  @Test
  void releasesAndThePolicyHaveTheSharesOfAllMeasures() {
    String shares =
        """
        {"quantity":0,"charged":0,"reimbursed":0,"excess_fees":0.333333,"reimbursement_base":0,\
        "reimbursed_all":0}""";
    JsonNode release = FigureReader.json(given().get("/v1/releases/latest").asString());

    assertThat(release.at("/not_disclosed/region")).hasToString(shares);
    assertThat(release.at("/months/0/not_disclosed/region")).hasToString(shares);
    assertThat(release.at("/not_disclosed")).hasSize(16);
    assertThat(
            FigureReader.json(given().get("/v1/disclosure").asString())
                .at("/cost/not_disclosed/region"))
        .hasToString(shares);
    assertThat(
            graphql("{ releases { notDisclosed { share } months { notDisclosed { share } } } }")
                .at("/data/releases/0")
                .findValues("share"))
        .hasSize(2 * 16 * 6);
  }

  private static JsonNode rest(String parameters) {
    return FigureReader.json(given().get("/v1/aggregates?" + parameters).asString());
  }

  private static JsonNode graphql(String document) {
    return FigureReader.json(
        given()
            .header("Accept-Language", "en")
            .contentType("application/json")
            .body(Map.of("query", document))
            .post("/graphql")
            .asString());
  }
}
