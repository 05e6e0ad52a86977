package fr.opendamir.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.api.rest.ServedMonths;
import fr.opendamir.testing.Eventually;
import fr.opendamir.testing.RawConnection;
import fr.opendamir.testing.SideBySide;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Connections that rest and connections that are too many, against limits short enough to see. */
@QuarkusTest
@TestProfile(ConnectionLimitsApiTest.ShortLimits.class)
@QuarkusTestResource(value = ServedMonths.class, restrictToAnnotatedClass = true)
class ConnectionLimitsApiTest {
  public static final class ShortLimits implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.http.idle-timeout", "4s",
          "quarkus.http.limits.max-connections", "40");
    }
  }

  private static final String MEASURES = "GET /v1/measures HTTP/1.1\r\nHost: localhost\r\n\r\n";

  @TestHTTPResource("/")
  URI service;

  /** At the same time: mostly they wait. */
  @Test
  void aConnectionMayRestForAsLongAsTheLimitAndBeUsedForLonger() {
    SideBySide.check(
        List.of("resting", "in use"),
        connection -> {
          if (connection.equals("in use")) {
            staysOpenInUse();
          } else {
            mayWaitForItsNextRequest();
          }
        });
  }

  private void mayWaitForItsNextRequest() throws IOException {
    try (RawConnection connection = RawConnection.to(service)) {
      connection.send(MEASURES);
      assertThat(connection.answer(Duration.ofMillis(2500))).startsWith("HTTP/1.1 200");
      connection.send(MEASURES);
      assertThat(connection.answer(Duration.ofMillis(500))).startsWith("HTTP/1.1 200");
      assertThat(connection.isClosedWithin(Duration.ofMillis(5500))).isTrue();
    }
  }

  /** Who keeps asking is not disturbed, although the connection is older than the limit. */
  private void staysOpenInUse() throws IOException {
    try (RawConnection connection = RawConnection.to(service)) {
      for (int i = 0; i < 11; i++) {
        connection.send(MEASURES);
        assertThat(connection.answer(Duration.ofMillis(400))).startsWith("HTTP/1.1 200");
      }
    }
  }

  @Test
  void connectionsBeyondTheLimitAreClosedAndTheOthersGoOn() throws Exception {
    List<RawConnection> open = new ArrayList<>();
    try {
      for (int i = 0; i < 60; i++) {
        open.add(RawConnection.to(service));
      }
      open.get(0).send(MEASURES);
      assertThat(open.get(0).answer(Duration.ofMillis(300))).startsWith("HTTP/1.1 200");
      Eventually.isTrue(() -> closed(open) >= 20);
    } finally {
      for (RawConnection connection : open) {
        connection.close();
      }
    }
    Eventually.isTrue(this::isAnswered);
  }

  private static int closed(List<RawConnection> connections) throws IOException {
    int closed = 0;
    for (RawConnection connection : connections) {
      closed += connection.isClosedWithin(Duration.ofMillis(1)) ? 1 : 0;
    }
    return closed;
  }

  private boolean isAnswered() {
    try {
      return RawConnection.exchange(service, MEASURES).startsWith("HTTP/1.1 200");
    } catch (IOException e) {
      return false; // closed at once
    }
  }
}
