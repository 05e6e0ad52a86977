package fr.opendamir.api.admin;

import static io.restassured.RestAssured.given;

import fr.opendamir.testing.ServedDatabase;
import fr.opendamir.testing.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
    value = NoAdministrationApiTest.WithoutToken.class,
    restrictToAnnotatedClass = true)
class NoAdministrationApiTest {
  @ConfigProperty(name = "quarkus.management.test-port", defaultValue = "9001")
  int managementPort;

  /** A service whose administration is not asked for. */
  public static final class WithoutToken implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
      return ServedDatabase.settings(TestDatabase.create().settings());
    }

    @Override
    public void stop() {
      // The server goes with the test process.
    }
  }

  @Test
  void withoutAConfiguredTokenThereIsNoAdministration() {
    for (String header : new String[] {"", "Bearer ", "Bearer null"}) {
      given()
          .port(managementPort)
          .header("Authorization", header)
          .get("/admin/keys")
          .then()
          .statusCode(404);
    }
  }
}
