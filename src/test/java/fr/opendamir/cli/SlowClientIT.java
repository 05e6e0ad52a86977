package fr.opendamir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.testing.Eventually;
import fr.opendamir.testing.PackagedJar;
import fr.opendamir.testing.RawConnection;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that hold connections by sending as little as they can, against a limit of two seconds.
 * The packaged jar, as class loaders of Quarkus' own tests hide services of ours from Netty.
 */
class SlowClientIT {
  private static final int REFUSALS = 3;
  private static final String MEASURES = "GET /v1/measures HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final String POST = " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
  private static final Duration BEFORE_THE_LIMIT = Duration.ofMillis(1800);

  /** Far beyond it, for busy machines: a client that may trickle is never disconnected. */
  private static final Duration AFTER_THE_LIMIT = Duration.ofSeconds(15);

  private static final Duration STEP = Duration.ofMillis(200);

  @TempDir Path folder;

  @Test
  void whoTricklesIsDisconnectedAndWhoAsksIsNot() throws Exception {
    PackagedJar jar = new PackagedJar(folder);
    Process service =
        jar.serveWith("-Dopendamir.http.request-timeout=2s", "-Dopendamir.demo.enabled=false");
    try {
      RawConnection.atOnce(
              List.of(
                  "",
                  "PRI * HTT",
                  "GET /v1/measures HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
                  "POST /v1/aggregates/query" + POST + "Content-Length: 1000\r\n\r\n{",
                  "POST /graphql" + POST + "Content-Length: 1000\r\n\r\n{",
                  "POST /v1/aggregates/query" + POST + "Transfer-Encoding: chunked\r\n\r\n3e8\r\n{",
                  MEASURES + "GET /v1/measures HTTP/1.1\r\nX-Slow: "),
              start -> timeToDisconnection(jar.address(), start))
          .forEach(
              (start, time) ->
                  assertThat(time).as(start).isBetween(BEFORE_THE_LIMIT, AFTER_THE_LIMIT));
      try (RawConnection inUse = RawConnection.to(jar.address())) {
        for (int i = 0; i < 6; i++) {
          inUse.send(MEASURES);
          assertThat(inUse.answer(Duration.ofMillis(500))).startsWith("HTTP/1.1 200");
        }
      }
      double counted = jar.metric("opendamir_requests_total");
      for (String line : List.of("GET /v1/measures?a=b c HTTP/1.1", "GET", "not HTTP at all")) {
        assertThat(RawConnection.exchange(jar.address(), line + "\r\n\r\n"))
            .as(line)
            .contains(" 400 Bad Request\r\n", "/v1/problems/request-refused")
            .containsIgnoringCase("\r\naccess-control-allow-origin: *\r\n")
            .containsIgnoringCase("\r\nx-request-id: ");
      }
      Eventually.isTrue(() -> jar.metric("opendamir_requests_total") == counted + 3);
      // As the packaged service is told to let through what is not well formed.
      assertThat(
              RawConnection.exchange(
                  jar.address(), "GET /graphql?query={measures{id}} HTTP/1.1\r\nHost: a\r\n\r\n"))
          .startsWith("HTTP/1.1 200");
    } finally {
      service.destroy();
      assertThat(service.waitFor(40, TimeUnit.SECONDS)).isTrue();
    }
  }

  /**
   * Asks for documents of 400 kB without reading them, until the caller is refused again and again:
   * the first time the system may still take what waits.
   *
   * @return the number of requests
   */
  private static int askUntilRefused(RawConnection connection, URI service) {
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    Eventually.isTrue(
        () -> {
          connection.send("GET /openapi HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(10));
          asked.addAndGet(10);
          refused.set(isRefused(service) ? refused.get() + 1 : 0);
          return refused.get() == REFUSALS;
        });
    return asked.get();
  }

  private static boolean isRefused(URI service) throws IOException {
    return RawConnection.exchange(service, MEASURES).startsWith("HTTP/1.1 429");
  }

  private static int answers(String received) {
    return received.split("HTTP/1\\.1 [24]", -1).length - 1;
  }

  @Test
  void whoDoesNotReadGetsNothingMoreUntilItReadsOrIsDisconnected() throws Exception {
    PackagedJar jar = new PackagedJar(folder);
    Process service =
        jar.serveWith(
            "-Dopendamir.http.stall-limit=8s",
            "-Dopendamir.http.unread-of-caller=1M",
            "-Dopendamir.demo.enabled=false");
    try {
      try (RawConnection late = RawConnection.to(jar.address())) {
        int asked = askUntilRefused(late, jar.address());
        String all = late.answer(Duration.ofSeconds(4));
        assertThat(answers(all)).isEqualTo(asked);
        assertThat(all).contains("HTTP/1.1 429", "/v1/problems/too-many-at-once");
        assertThat(isRefused(jar.address())).isFalse();
      }
      try (RawConnection silent = RawConnection.to(jar.address())) {
        int asked = askUntilRefused(silent, jar.address());
        Eventually.isTrue(() -> !isRefused(jar.address()));
        assertThat(answers(silent.answer(Duration.ofSeconds(1)))).isLessThan(asked);
      }
    } finally {
      service.destroy();
      assertThat(service.waitFor(40, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static Duration timeToDisconnection(URI service, String start) throws IOException {
    try (RawConnection connection = RawConnection.to(service)) {
      long begin = System.nanoTime();
      connection.send(start);
      boolean isClosed = false;
      while (!isClosed && System.nanoTime() - begin < AFTER_THE_LIMIT.toNanos()) {
        isClosed = connection.isClosedWithin(STEP);
        if (!isClosed && !start.isEmpty()) {
          try {
            connection.send("a");
          } catch (IOException e) {
            isClosed = true; // between the look and the byte
          }
        }
      }
      return isClosed ? Duration.ofNanos(System.nanoTime() - begin) : Duration.ofDays(1);
    }
  }
}
