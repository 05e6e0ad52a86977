package fr.opendamir.api.files;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.testing.Eventually;
import fr.opendamir.testing.RawConnection;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that read slowly, not at all or too much at once, and files that go or are damaged. */
@QuarkusTest
@WithTestResource(ImpatientServer.class)
class FileReadersApiTest {
  private static final String LIST = "/v1/releases/latest/files";
  private static final String LARGE = LIST + "/" + LargeFiles.LARGE.name();
  private static final int HEADS = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  /** Between two reads of 8 KiB. */
  private static final Duration SLOW = Duration.ofMillis(50);

  @TestHTTPResource("/")
  URI base;

  @Inject FilePlaces places;

  @BeforeEach
  void addALargeFile() {
    LargeFiles.add();
  }

  @AfterEach
  void removeTheLargeFile() {
    LargeFiles.remove();
    Eventually.isTrue(() -> places.taken() == 0);
  }

  private Socket ask(String headers) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(32 * 1024);
    socket.connect(new java.net.InetSocketAddress(base.getHost(), base.getPort()));
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket
        .getOutputStream()
        .write(
            ("GET " + LARGE + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** Bytes until the other side closes or a number of them was read. */
  private static long read(InputStream in, long most) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long all = 0;
    try {
      int count = 0;
      while (all < most && count >= 0) {
        count = in.read(buffer, 0, (int) Math.min(buffer.length, most - all));
        all += Math.max(0, count);
      }
    } catch (java.net.SocketException e) {
      // reset: what came before counts
    }
    return all;
  }

  @Test
  void aGigabyteIsReadToItsEnd() throws IOException {
    try (Socket socket = ask("Connection: close\r\n")) {
      long read = read(socket.getInputStream(), Long.MAX_VALUE);
      assertThat(read).isBetween(LargeFiles.LARGE.bytes(), LargeFiles.LARGE.bytes() + 4_000);
    }
  }

  @Test
  void aFileThatIsTakenAwayIsReadToItsEnd() throws IOException {
    try (Socket socket = ask("Connection: close\r\n")) {
      long before = read(socket.getInputStream(), 1 << 20);
      LargeFiles.remove();
      given().get(LARGE).then().statusCode(404);

      long after = read(socket.getInputStream(), Long.MAX_VALUE);

      assertThat(before + after).isGreaterThanOrEqualTo(LargeFiles.LARGE.bytes());
    }
    LargeFiles.add();
  }

  @Test
  void aClientThatReadsNothingIsDisconnected() throws IOException {
    try (Socket socket = ask("")) {
      Eventually.isTrue(() -> places.taken() == 1);
      Eventually.isTrue(() -> places.taken() == 0);
      assertThat(read(socket.getInputStream(), Long.MAX_VALUE)).isLessThan(64 << 20);
    }
  }

  @Test
  void aClientThatReadsTooSlowlyIsDisconnected() throws Exception {
    try (Socket socket = ask("")) {
      long begin = System.nanoTime();
      long read = 0;
      long count = 1;
      while (count > 0 && System.nanoTime() - begin < PATIENCE.toNanos()) {
        count = read(socket.getInputStream(), 8 * 1024);
        read += count;
        LockSupport.parkNanos(SLOW.toNanos());
      }
      assertThat(count).as("closed after %d bytes", read).isZero();
    }
  }

  @Test
  void oneCallerReadsNoMoreFilesAtOnceThanItHasPlaces() throws IOException {
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < ImpatientServer.PLACES_OF_CALLER; i++) {
      sockets.add(ask("Range: bytes=0-\r\n"));
    }
    Eventually.isTrue(() -> places.taken() == ImpatientServer.PLACES_OF_CALLER);

    given().get(LARGE).then().statusCode(429);
    given().head(LARGE).then().statusCode(200);
    given().get("/v1/aggregates").then().statusCode(200);

    for (Socket socket : sockets) {
      socket.close();
    }
    Eventually.isTrue(() -> places.taken() == 0);
    given().header("Range", "bytes=-8").get(LARGE).then().statusCode(206);
  }

  @Test
  void manyHeadRequestsOnOneConnectionAreAnsweredWithoutBodies() throws IOException {
    String head = "HEAD " + LARGE + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    try (RawConnection connection = RawConnection.to(base)) {
      String answers = connection.send(head.repeat(HEADS)).answer(Duration.ofMillis(700));
      assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(HEADS + 1);
      assertThat(answers.split("content-length: 1073741824|Content-Length: 1073741824", -1))
          .hasSize(HEADS + 1);
    }
    assertThat(places.taken()).isZero();
  }

  @Test
  void aRangeAtTheEndOfALargeFileIsOneRead() {
    Response answer = given().header("Range", "bytes=1073741816-").get(LARGE);
    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.asByteArray()).isEqualTo(new byte[8]);
  }

  @Test
  void aDamagedFileIsNotServedAndReplaced() throws IOException {
    for (String kind : List.of("blocks", "cube", "codes")) {
      String address =
          given()
              .get(LIST)
              .jsonPath()
              .getString("resources.find { it.kind == '%s' }.href".formatted(kind));
      String hash =
          given()
              .get(LIST)
              .jsonPath()
              .getString("resources.find { it.kind == '%s' }.hash".formatted(kind));
      byte[] right = given().get(address).asByteArray();
      Path file = onDisk(hash.substring("sha256:".length()));
      try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
        damaged.seek(right.length / 2);
        int known = damaged.read();
        damaged.seek(right.length / 2);
        damaged.write(known ^ 1);
      }

      Response refused = given().header("Range", "bytes=0-3").get(address);

      assertThat(refused.statusCode()).as(kind).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isNotNull();
      Eventually.isTrue(() -> given().get(address).statusCode() == 200);
      assertThat(given().get(address).asByteArray()).as(kind).isEqualTo(right);
    }
  }

  private Path onDisk(String sha256) throws IOException {
    Path folder =
        Path.of(ConfigProvider.getConfig().getValue(ImpatientServer.FOLDER, String.class));
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches(".*" + sha256 + ".*[.]parquet"))
          .findFirst()
          .orElseThrow();
    }
  }
}
