package fr.opendamir.ops;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.api.rest.ServedMonths;
import fr.opendamir.testing.RawConnection;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Probes and metrics are answered on an event loop that answers nothing else. */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class ManagementLoopApiTest {
  private static final int CONNECTIONS = 32;
  private static final Set<String> PUBLIC = ConcurrentHashMap.newKeySet();
  private static final Set<String> MANAGEMENT = ConcurrentHashMap.newKeySet();

  @TestHTTPResource("/")
  URI service;

  @ConfigProperty(name = "quarkus.management.test-port", defaultValue = "9001")
  int managementPort;

  /** Notes on which threads requests come in. */
  @ApplicationScoped
  static class Threads {
    void register(@Observes Filters filters) {
      filters.register(context -> note(PUBLIC, context), 2_000);
    }

    void register(@Observes ManagementInterface management) {
      management.router().route().order(-10_000).handler(context -> note(MANAGEMENT, context));
    }

    private static void note(Set<String> threads, RoutingContext context) {
      threads.add(Thread.currentThread().getName());
      context.next();
    }
  }

  @Test
  void theLoopOfTheManagementPortServesNoOtherRequests() throws Exception {
    List<RawConnection> connections = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        RawConnection connection = RawConnection.to(service);
        connections.add(connection);
        connection.send("GET /v1/measures HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(connection.answer(Duration.ofMillis(1))).startsWith("HTTP/1.1 200");
        given().port(managementPort).get("/q/health/live").then().statusCode(200);
      }
    } finally {
      for (RawConnection connection : connections) {
        connection.close();
      }
    }
    assertThat(PUBLIC).hasSizeGreaterThan(1);
    assertThat(MANAGEMENT).hasSize(1).doesNotContainAnyElementsOf(PUBLIC);
  }
}
