package fr.opendamir.api.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import fr.opendamir.testing.ServedDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A service that limits nobody. */
@QuarkusTest
@QuarkusTestResource(value = UnlimitedApiTest.Unlimited.class, restrictToAnnotatedClass = true)
class UnlimitedApiTest {
  /** The {@link ServedMonths}, for everybody. */
  public static final class Unlimited implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
      Map<String, String> settings = new HashMap<>(ServedDatabase.settings(ServedMonths.own()));
      settings.put("opendamir.access.enabled", "false");
      return settings;
    }

    @Override
    public void stop() {
      // The server goes with the test process.
    }
  }

  @Test
  void nobodyIsLimitedAndNothingIsSaidOfLimits() {
    for (String path :
        new String[] {
          "/v1/aggregates", "/v1/aggregates", "/v1/aggregates?limit=all&format=csv", "/v1/measures"
        }) {
      given().get(path).then().statusCode(200).header("RateLimit", nullValue());
    }
    given()
        .get("/v1/limits")
        .then()
        .statusCode(200)
        .body("plan", nullValue())
        .body("allowances", empty())
        .body("question.max_group_by", equalTo(6));
    for (int i = 0; i < 2; i++) {
      given()
          .contentType("application/json")
          .body("{\"query\":\"{ spending { nodes { charged } } }\"}")
          .post("/graphql")
          .then()
          .statusCode(200)
          .body("extensions.cost.actualQueryCost", notNullValue())
          .body("extensions.cost.throttleStatus", nullValue());
    }
    given()
        .contentType("application/json")
        .body("{\"query\":\"{ limits { plan concurrency maxDepth allowances { name } } }\"}")
        .post("/graphql")
        .then()
        .statusCode(200)
        .body("data.limits.plan", nullValue())
        .body("data.limits.maxDepth", equalTo(8))
        .body("data.limits.allowances", empty());
  }
}
