package fr.opendamir.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused is refused as the contract says. */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class RefusalsContractTest {
  private final ContractDocument contract = ContractDocument.committed();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "getAggregates        | 400 | /v1/aggregates?group_by=regin&limit=0",
        "getAggregates        | 404 | /v1/aggregates?release=2020-01-01.1",
        "getAggregates        | 422 | /v1/aggregates?measures=average_charge",
        "getReleaseDifference | 404 | /v1/releases/2020-01-01.1/diff/2020-01-01.2",
        "getReleaseDifference | 400 | /v1/releases/2020-01-01.1/diff/2020-01-01.2?foo=1",
        "getRelease           | 404 | /v1/releases/2020-01-01.1",
        "getDimension         | 404 | /v1/dimensions/departement",
        "listCodes            | 404 | /v1/dimensions/departement/codes",
        "getMeasure           | 404 | /v1/measures/PRS_PAI_MNT",
        "getProblemType       | 404 | /v1/problems/boredom"
      })
  void refusalsAreProblemsOfTheContract(String operation, int status, String address) {
    requireDocumented(operation, status, given().get(address));
    requireDocumented(operation, status, given().header("Accept-Language", "en").get(address));
  }

  @ParameterizedTest
  @CsvSource({
    "getAggregates,/v1/aggregates",
    "listMeasures,/v1/measures",
    "listCodes,/v1/dimensions/sex/codes",
    "getDisclosure,/v1/disclosure",
    "getDisclosureMethodology,/v1/disclosure/methodology"
  })
  void formatsThatAreNotAvailableAreProblemsOfTheContract(String operation, String address) {
    requireDocumented(operation, 406, given().accept("image/png").get(address));
  }

  @Test
  void postedQuestionsAreRefusedAsTheContractSays() {
    String address = "/v1/aggregates/query";
    requireDocumented("postAggregates", 400, posted("{").post(address));
    requireDocumented("postAggregates", 400, posted("{\"foo\":1}").post(address));
    requireDocumented(
        "postAggregates", 422, posted("{\"measures\":\"average_charge\"}").post(address));
    requireDocumented("postAggregates", 406, posted("{}").accept("image/png").post(address));
    requireDocumented(
        "postAggregates", 415, given().contentType("text/plain").body("x").post(address));
  }

  @Test
  void whatIsNoKeyIsRefusedAsTheContractSays() {
    requireDocumented("getAggregates", 401, withoutKey("/v1/aggregates"));
    requireDocumented("listMeasures", 401, withoutKey("/v1/measures"));
    requireDocumented("getLimits", 401, withoutKey("/v1/limits"));
  }

  private static Response withoutKey(String address) {
    return given().header("X-API-Key", "none").get(address);
  }

  @Test
  void whatIsKnownIsNotSentAgainAsTheContractSays() {
    String tag = given().get("/v1/aggregates").header("ETag");
    Response response = given().header("If-None-Match", tag).get("/v1/aggregates");
    requireDocumented("getAggregates", 304, response);
  }

  @Test
  void anAddressThatIsTooLongIsRefusedWithWhatToDoInstead() {
    Response response = given().get("/v1/aggregates?region=" + "1".repeat(20_000));
    requireDocumented("getAggregates", 414, response);
  }

  private static RequestSpecification posted(String body) {
    return given().contentType("application/json").body(body);
  }

  private void requireDocumented(String id, int status, Response response) {
    DocumentedOperation operation = contract.operation(id);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(operation.response(status).isMissingNode()).as("%s %d", id, status).isFalse();
    assertThat(operation.headers(status)).allMatch(response.headers()::hasHeaderWithName);
    if (operation.mediaTypes(status).isEmpty()) {
      assertThat(response.asString()).isEmpty();
    } else {
      assertThat(operation.mediaTypes(status)).contains(response.contentType());
      assertThat(
              contract.validate(
                  operation.schema(status, response.contentType()), response.asString()))
          .isEmpty();
    }
  }
}
