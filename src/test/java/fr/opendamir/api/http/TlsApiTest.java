package fr.opendamir.api.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.api.files.LargeFiles;
import fr.opendamir.api.rest.ServedMonths;
import fr.opendamir.testing.RawConnection;
import fr.opendamir.testing.SelfSignedCertificate;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The service with a certificate of its own, configured as docs/security.md says. */
@QuarkusTest
@QuarkusTestResource(value = ServedMonths.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = TlsApiTest.Certificate.class, restrictToAnnotatedClass = true)
class TlsApiTest {
  /** A certificate, its key, and the settings that name them. */
  public static final class Certificate implements QuarkusTestResourceLifecycleManager {
    private SelfSignedCertificate certificate;

    @Override
    public Map<String, String> start() {
      try {
        Path folder = Files.createTempDirectory("tls");
        certificate = SelfSignedCertificate.in(folder);
        return Map.of(
            "quarkus.tls.key-store.pem.0.cert",
            folder.resolve("tls.crt").toString(),
            "quarkus.tls.key-store.pem.0.key",
            folder.resolve("tls.key").toString(),
            "opendamir.http.redirect-to-tls",
            "true",
            "opendamir.http.public-url",
            "https://damir.example.org");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void inject(Object test) {
      ((TlsApiTest) test).certificate = certificate;
    }

    @Override
    public void stop() {
      // The files go with the temporary folder.
    }
  }

  /** How many streams a client may reset within the window of application.properties. */
  private static final int RESETS = 200;

  private SelfSignedCertificate certificate;
  private final Vertx vertx = Vertx.vertx();

  @TestHTTPResource(value = "/", tls = true)
  URI secure;

  @TestHTTPResource("/")
  URI insecure;

  @AfterEach
  void closeClients() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void theServiceAnswersOverHttp2AndTellsBrowsersToStayWithTls() throws Exception {
    HttpResponse<String> answer = get("/v1/aggregates?group_by=region");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.version()).isEqualTo(java.net.http.HttpClient.Version.HTTP_2);
    assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
    assertThat(answer.headers().allValues("strict-transport-security"))
        .containsExactly("max-age=31536000");
    assertThat(answer.headers().allValues("access-control-allow-origin")).containsExactly("*");
  }

  @ParameterizedTest
  @EnumSource(java.net.http.HttpClient.Version.class)
  void filesAreSentInBothVersions(java.net.http.HttpClient.Version version) throws Exception {
    LargeFiles.add();
    try {
      java.net.http.HttpClient client =
          java.net.http.HttpClient.newBuilder()
              .version(version)
              .sslContext(certificate.trusting())
              .build();
      HttpRequest request =
          HttpRequest.newBuilder(
                  secure.resolve("/v1/releases/latest/files/" + LargeFiles.LARGE.name()))
              .header("Range", "bytes=1000-50000999")
              .header("Accept-Encoding", "gzip")
              .build();
      HttpResponse<byte[]> part =
          client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()).join();

      assertThat(part.version()).isEqualTo(version);
      assertThat(part.statusCode()).isEqualTo(206);
      assertThat(part.body()).hasSize(50_000_000);
      assertThat(part.headers().firstValue("content-range"))
          .hasValue("bytes 1000-50000999/1073741824");
      // Over HTTP/2 the library leaves the header in.
      assertThat(part.headers().firstValue("content-encoding").orElse("identity"))
          .isEqualTo("identity");
    } finally {
      LargeFiles.remove();
    }
  }

  /** The server keeps the status of HTTP/2 among the headers: it is no header of HTTP/1.1. */
  @Test
  void answersRecordedInOneVersionAreReplayedInTheOther() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(secure.resolve("/v1/aggregates?group_by=quarter")).build();
    String known = null;
    for (java.net.http.HttpClient.Version version :
        List.of(
            java.net.http.HttpClient.Version.HTTP_2,
            java.net.http.HttpClient.Version.HTTP_1_1,
            java.net.http.HttpClient.Version.HTTP_2)) {
      java.net.http.HttpClient client =
          java.net.http.HttpClient.newBuilder()
              .version(version)
              .sslContext(certificate.trusting())
              .build();
      for (int i = 0; i < 3; i++) { // computed, recorded, replayed
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(version);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().map()).doesNotContainKey("status");
        known = known == null ? answer.body() : known;
        assertThat(answer.body()).isEqualTo(known);
      }
    }
  }

  @Test
  void addressesMayBeAsLongAsWithoutHttp2() throws Exception {
    String longest =
        "/v1/aggregates?group_by=region&region="
            + "11,".repeat(1_995)
            + "84&service="
            + "3313,".repeat(1_999)
            + "3313";
    assertThat(longest).hasSizeBetween(16_000, 16_384);
    assertThat(get(longest).statusCode()).isEqualTo(200);
    HttpResponse<String> longer = get(longest + ",11".repeat(1_000));
    assertThat(longer.statusCode()).isEqualTo(414);
    assertThat(longer.version()).isEqualTo(java.net.http.HttpClient.Version.HTTP_2);
  }

  @Test
  void requestsWithoutTlsAreSentToTls() throws Exception {
    String answer =
        RawConnection.exchange(
            insecure, "GET /v1/measures?lang=en HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n");
    assertThat(answer)
        .startsWith("HTTP/1.1 308")
        .containsIgnoringCase("\r\nlocation: https://damir.example.org/v1/measures?lang=en\r\n")
        .doesNotContain("elsewhere")
        .containsIgnoringCase("\r\nratelimit: ")
        .doesNotContainIgnoringCase("strict-transport-security");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void currentProtocolsAreSpoken(String protocol) throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            certificate
                .trusting()
                .getSocketFactory()
                .createSocket(secure.getHost(), secure.getPort())) {
      socket.setEnabledProtocols(new String[] {protocol});
      socket.startHandshake();
      assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
    }
  }

  /** Who has the key of the certificate one day reads nothing that was recorded before. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "TLS_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
        "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"
      })
  void suitesWithoutForwardSecrecyOrAuthenticationAreRefused(String suite) throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            certificate
                .trusting()
                .getSocketFactory()
                .createSocket(secure.getHost(), secure.getPort())) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.setEnabledCipherSuites(new String[] {suite});
      assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
    }
  }

  /** The JDK would not even ask: the greeting of an old client, as bytes. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void oldProtocolsAreRefused(int minor) throws IOException {
    String version = "\u0003" + (char) minor;
    String hello =
        version
            + "r".repeat(32)
            + "\0" // no session
            + "\0\b\u00c0\u0013\u00c0\u0014\0/\0005" // AES suites of old
            + "\u0001\0"; // no compression
    String message = "\u0001\0\0" + (char) hello.length() + hello;
    String answer =
        RawConnection.exchange(
            secure, "\u0016" + version + "\0" + (char) message.length() + message);
    assertThat(answer.getBytes(ISO_8859_1))
        .as("an alert, or nothing")
        .satisfies(bytes -> assertThat(bytes.length == 0 || bytes[0] == 0x15).isTrue());
  }

  /** Opening and resetting streams costs the client nothing and the server a request each. */
  @Test
  void aClientThatKeepsResettingStreamsIsDisconnected() throws Exception {
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2MaxPoolSize(1)
                .setDefaultHost(secure.getHost())
                .setDefaultPort(secure.getPort()));
    CompletableFuture<Integer> closedAfter = new CompletableFuture<>();
    for (int i = 1; i <= 2 * RESETS && !closedAfter.isDone(); i++) {
      int count = i;
      try {
        HttpClientRequest request =
            client
                .request(HttpMethod.GET, "/v1/measures?_=" + i)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        if (i == 1) {
          request.connection().closeHandler(closed -> closedAfter.complete(count));
          request.connection().goAwayHandler(away -> closedAfter.complete(count));
        }
        var unused = request.sendHead();
        request.reset(8);
      } catch (java.util.concurrent.ExecutionException e) {
        closedAfter.complete(count);
      }
    }
    assertThat(closedAfter).succeedsWithin(Duration.ofSeconds(10));
    assertThat(get("/v1/measures").statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> get(String path)
      throws IOException, InterruptedException, GeneralSecurityException {
    return java.net.http.HttpClient.newBuilder()
        .sslContext(certificate.trusting())
        .build()
        .send(
            HttpRequest.newBuilder(secure.resolve(path)).timeout(Duration.ofSeconds(10)).build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
