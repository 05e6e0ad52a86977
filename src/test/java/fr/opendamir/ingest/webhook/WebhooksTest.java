package fr.opendamir.ingest.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks against a server on this machine that is slow, fails and redirects. */
class WebhooksTest {
  private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
  private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(KEY);
  private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration TIMEOUT = Duration.ofMillis(1500);
  private static final List<Duration> WAITS = List.of(Duration.ofMillis(1), Duration.ofMillis(2));

  private record Received(String path, String id, String seconds, String signature, String body) {}

  private final ConcurrentLinkedQueue<Received> received = new ConcurrentLinkedQueue<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicInteger failures = new AtomicInteger();
  private ExecutorService threads;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    threads = Executors.newCachedThreadPool();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/good", exchange -> answer(exchange, 204));
    server.createContext(
        "/recovers", exchange -> answer(exchange, failures.incrementAndGet() < 3 ? 503 : 200));
    server.createContext("/fails", exchange -> answer(exchange, 500));
    server.createContext("/gone", exchange -> answer(exchange, 410));
    server.createContext("/busy", exchange -> answer(exchange, 429));
    server.createContext(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/good");
          answer(exchange, 307);
        });
    server.createContext("/slow", exchange -> holdBack(exchange, false));
    server.createContext("/slow-body", exchange -> holdBack(exchange, true));
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.shutdown();
  }

  @Test
  void theNoticeIsSignedByStandardWebhooks() throws Exception {
    assertThat(send("/good"))
        .containsExactly(new Delivery(shown(), true, 1, "204"))
        .allMatch(delivery -> delivery.text().contains(": delivered after 1 attempt"));
    Received notice = received.element();
    assertThat(notice.body())
        .isEqualTo(
            "{\"type\":\"release.published\",\"timestamp\":\"2026-11-29T10:00:00Z\","
                + "\"data\":{\"release\":\"2026-11-29.1\",\"months\":[\"2024-01\",\"2024-02\"]}}");
    assertThat(notice.id()).isEqualTo("release_2026-11-29.1");
    assertThat(notice.seconds()).isEqualTo(String.valueOf(NOW.getEpochSecond()));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
    byte[] expected =
        mac.doFinal((notice.id() + "." + notice.seconds() + "." + notice.body()).getBytes(UTF_8));
    assertThat(notice.signature()).isEqualTo("v1," + Base64.getEncoder().encodeToString(expected));
  }

  /** The example of the specification, with its secret and its signature. */
  @Test
  void theSignatureIsThatOfTheSpecification() {
    byte[] bytes = Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    SecretKeySpec key = new SecretKeySpec(bytes, "HmacSHA256");
    Notice notice = new Notice("msg_p5jXN8AQM9LWM0D4loKWxJek", "{\"test\": 2432232314}");
    assertThat(notice.signature(key, 1_614_265_330))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void whoFailsForAWhileGetsTheSameNoticeAgain() {
    assertThat(send("/recovers")).containsExactly(new Delivery(shown(), true, 3, "200"));
    assertThat(received).hasSize(3);
    assertThat(received.stream().distinct()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"/fails, 3, 500", "/busy, 3, 429", "/gone, 1, 410", "/unknown, 1, 404"})
  void attemptsEnd(String path, int attempts, String outcome) {
    assertThat(send(path)).containsExactly(new Delivery(shown(), false, attempts, outcome));
  }

  @Test
  void redirectionsAreNotFollowed() {
    Delivery delivery = send("/moved").get(0);
    assertThat(delivery.isDelivered()).isFalse();
    assertThat(delivery.outcome()).startsWith("307").contains("configure the final address");
    assertThat(received).extracting(Received::path).containsExactly("/moved");
  }

  /** Also if the answer begins in time and never ends. */
  @ParameterizedTest
  @ValueSource(strings = {"/slow", "/slow-body"})
  void whoIsSlowDoesNotHoldUpAnything(String path) {
    List<Delivery> deliveries = send(TIMEOUT, path, "/good");
    assertThat(deliveries.get(0)).isEqualTo(new Delivery(shown(), false, 3, "no answer in time"));
    assertThat(deliveries.get(1).isDelivered()).isTrue();
  }

  @Test
  void whoIsAwayIsToldWithoutAnAddressThatMayHoldASecret() {
    server.stop(0);
    Delivery delivery = send("/hook?token=secret").get(0);
    assertThat(delivery.isDelivered()).isFalse();
    assertThat(delivery.text()).contains("ConnectException").doesNotContain("token");
  }

  @Test
  void nobodyIsToldWhereNobodyIsConfigured() {
    assertThat(new Webhooks(subscribers("", "")).published("2026-11-29.1", List.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ftp://example.org/x | address 1 must be like",
        "example.org/x | address 1 must be like",
        "https:///x | address 1 must be like",
        "https://example.org/a b | address 1 is not a valid address",
        "https://user:secret@example.org/ | address 1 must have no user",
        "https://example.org/#secret | address 1 must have no user and no fragment",
        "https://example.org/,https://example.org/ | address 2 twice",
      })
  void addressesThatCannotBeUsedAreRefused(String addresses, String reason) {
    assertThatThrownBy(() -> subscribers(addresses, SECRET))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("opendamir.publish.webhooks ")
        .hasMessageContaining(reason)
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "topsecret", "whsec_", "whsec_dG9vIHNob3J0", "whsec_not base64!"})
  void secretsThatProveNothingAreRefused(String secret) {
    assertThatThrownBy(() -> subscribers("https://example.org/", secret))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("opendamir.publish.webhook-secret must be whsec_")
        .hasMessageNotContaining("topsecret");
  }

  private List<Delivery> send(String... paths) {
    return send(PATIENCE, paths);
  }

  private List<Delivery> send(Duration timeout, String... paths) {
    String addresses =
        String.join(",", List.of(paths).stream().map(path -> shown() + path).toList());
    return new Webhooks(
            subscribers(addresses, SECRET), WAITS, timeout, Clock.fixed(NOW, ZoneOffset.UTC))
        .published("2026-11-29.1", List.of("2024-01", "2024-02"));
  }

  private String shown() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static Subscribers subscribers(String addresses, String secret) {
    return Subscribers.of(
        new SmallRyeConfigBuilder()
            .withMapping(PublishConfig.class)
            .withDefaultValue("opendamir.publish.webhooks", addresses)
            .withDefaultValue("opendamir.publish.webhook-secret", secret)
            .build()
            .getConfigMapping(PublishConfig.class));
  }

  private void answer(HttpExchange exchange, int status) throws IOException {
    try (exchange) {
      receive(exchange);
      exchange.sendResponseHeaders(status, -1);
    }
  }

  private void holdBack(HttpExchange exchange, boolean isBegun) throws IOException {
    try (exchange) {
      receive(exchange);
      if (isBegun) {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write('.');
        exchange.getResponseBody().flush();
      }
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void receive(HttpExchange exchange) {
    try {
      received.add(
          new Received(
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders().getFirst("webhook-id"),
              exchange.getRequestHeaders().getFirst("webhook-timestamp"),
              exchange.getRequestHeaders().getFirst("webhook-signature"),
              new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
