package fr.opendamir.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.answer.AnswerCache;
import fr.opendamir.query.DamagedSegment;
import fr.opendamir.query.Segment;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A damaged segment leaves no answer behind that may be wrong. */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class DamagedSegmentApiTest {
  @Inject AnswerCache cache;
  @Inject Event<DamagedSegment> damages;

  @Test
  void answersAndListsOfCodesAreForgottenAndTheSameAgain() {
    for (String address :
        new String[] {
          "/v1/aggregates?group_by=region,sex&measures=charged&lang=en",
          "/v1/aggregates?group_by=care_month&measures=charged&lang=en",
          "/v1/dimensions/service/codes?lang=en"
        }) {
      String before = body(address);
      assertThat(cache.fill().answers()).as(address).isPositive();

      damages.fire(new DamagedSegment(new Segment(1, Optional.empty(), "0".repeat(64), 10, 1)));

      assertThat(cache.fill().answers()).as(address).isZero();
      assertThat(body(address)).isEqualTo(before);
    }
  }

  private static String body(String address) {
    return given().get(address).then().statusCode(200).extract().body().asString();
  }
}
