package fr.opendamir.ingest.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.opendamir.ingest.fetch.FetchedFile.Status;
import fr.opendamir.testing.ProducerServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cut connections, silence, other versions, damage and full disks: the file is whole or not there.
 */
class InterruptedDownloadTest {
  private static final String NAME = "A202501.csv.gz";
  private static final byte[] MONTH = FetchFixture.month(NAME);
  private static final byte[] OTHER = FetchFixture.month("another version");

  private final FetchFixture fixture = new FetchFixture();
  private ProducerServer producer;

  @TempDir Path folder;

  @BeforeEach
  void publish() {
    producer = new ProducerServer();
    producer.publish(NAME, MONTH);
  }

  @AfterEach
  void close() {
    producer.close();
  }

  @Test
  void aCutDownloadGoesOnWhereItWas() throws IOException {
    producer.faults.add(cutAfter(10_000));
    producer.faults.add(ProducerServer.status(503));

    assertWhole();
    assertThat(producer.requests)
        .containsExactly(
            "page 2025", NAME, NAME + " bytes=10000- if \"v1\"", NAME + " bytes=10000- if \"v1\"");
    assertThat(fixture.messages).anyMatch(text -> text.contains("10,000 bytes have arrived"));
  }

  @Test
  void anotherRunGoesOnToo() throws IOException {
    interruptAfter(10_000);
    assertThat(FetchFixture.names(folder)).containsExactly(NAME + ".part", NAME + ".part.info");

    assertWhole();
    assertThat(producer.requests).endsWith("page 2025", NAME + " bytes=10000- if \"v1\"");
  }

  @Test
  void aServerWithoutRangesBeginsAnew() throws IOException {
    producer.hasRanges = false;
    producer.faults.add(cutAfter(10_000));
    assertWhole();
    assertThat(producer.requests).hasSize(3);
  }

  @Test
  void aServerWithoutTagsGoesOnIfTheSizeIsTheSame() throws IOException {
    producer.tag = "";
    producer.faults.add(cutAfter(10_000));
    assertWhole();
    assertThat(producer.requests).endsWith(NAME + " bytes=10000-");
  }

  @Test
  void anotherVersionIsBegunAnew() throws IOException {
    interruptAfter(10_000);
    producer.publish(NAME, OTHER);
    producer.tag = "\"v2\"";
    assertDownloaded();
    assertThat(folder.resolve(NAME)).hasBinaryContent(OTHER);
  }

  @Test
  void anotherSizeIsBegunAnew() throws IOException {
    producer.tag = "";
    interruptAfter(10_000);
    byte[] longer = FetchFixture.gzip(Arrays.copyOf(OTHER, 50_000));
    producer.publish(NAME, longer);
    assertDownloaded();
    assertThat(folder.resolve(NAME)).hasBinaryContent(longer);
    assertThat(fixture.messages).anyMatch(text -> text.contains("another file than before"));
  }

  @Test
  void aShorterFileThanWhatHasArrivedIsBegunAnew() throws IOException {
    producer.tag = "";
    interruptAfter(30_000);
    byte[] shorter = FetchFixture.gzip(Arrays.copyOf(OTHER, 20_000));
    producer.publish(NAME, shorter);
    assertDownloaded();
    assertThat(folder.resolve(NAME)).hasBinaryContent(shorter);
  }

  /** Same size, no tag: only the checksums of the gzip stream can tell. */
  @Test
  void partsOfTwoVersionsAreFoundAndBegunAnew() throws IOException {
    producer.tag = "";
    interruptAfter(10_000);
    byte[] whole = Files.readAllBytes(folder.resolve(NAME + ".part"));
    whole[5_000] ^= 1; // as if of another version
    Files.write(folder.resolve(NAME + ".part"), whole);

    assertWhole();
    assertThat(fixture.messages).contains(NAME + " has arrived damaged; starting again");
  }

  @Test
  void silenceAndSlownessEndARequest() throws IOException {
    producer.faults.add(producer.silentAfter(0));
    producer.faults.add(producer.silentAfter(10_000));
    assertWhole();
    assertThat(fixture.messages).filteredOn(text -> text.contains("no answer in time")).hasSize(2);
  }

  @Test
  void aFewBytesASecondAreNoDownload() throws IOException {
    producer.faults.add(producer.slowAfter(10_000));
    assertWhole();
    assertThat(fixture.messages).singleElement().asString().contains("no answer in time");
  }

  @Test
  void aLinkThatExpiresOnTheWayCostsNothing() throws IOException {
    producer.faults.add(
        (exchange, file) -> {
          producer.token = "4e57";
          cutAfter(10_000).answer(exchange, file);
        });
    assertWhole();
    assertThat(producer.requests)
        .containsExactly(
            "page 2025", NAME, "expired", "page 2025", NAME + " bytes=10000- if \"v1\"");
  }

  @Test
  void aServerThatCutsAgainAndAgainIsGivenUp() throws IOException {
    producer.hasRanges = false;
    for (int i = 0; i < 4; i++) {
      producer.faults.add(cutAfter(10_000));
    }
    FetchedFile file = fetch();
    assertThat(file.status()).isEqualTo(Status.FAILED);
    assertThat(file.problem()).contains(NAME, "after 4 attempts", "try again later");
    assertThat(FetchFixture.names(folder)).containsExactly(NAME + ".part", NAME + ".part.info");
  }

  @Test
  void aBusyServerSaysWhenItWantsToBeAskedAgain() throws IOException {
    producer.faults.add(ProducerServer.status(429, "Retry-After", "1"));
    long start = System.nanoTime();
    assertWhole();
    assertThat(System.nanoTime() - start).isGreaterThan(1_000_000_000L);
  }

  @Test
  void damageIsFoundAndNothingIsLeftOfIt() throws IOException {
    byte[] damaged = MONTH.clone();
    damaged[20_000] ^= 1;
    producer.publish(NAME, damaged);
    FetchedFile file = fetch();
    assertThat(file.problem()).contains("arrives damaged", "twice");
    assertThat(FetchFixture.names(folder)).isEmpty();
  }

  @Test
  void aTruncatedAnswerOfUnknownLengthIsFound() throws IOException {
    producer.faults.add(ProducerServer.bytes(Arrays.copyOf(MONTH, 20_000)));
    assertWhole();
  }

  @Test
  void trailingBytesAreFound() throws IOException {
    byte[] longer = Arrays.copyOf(MONTH, MONTH.length + 10);
    producer.publish(NAME, longer);
    assertThat(fetch().problem()).contains("arrives damaged");
  }

  @Test
  void whatTheDiskHasNoRoomForIsNotBegun() throws IOException {
    producer.faults.add(
        (exchange, file) -> {
          exchange.sendResponseHeaders(200, Long.MAX_VALUE / 2);
          exchange.getResponseBody().write(file);
          exchange.getResponseBody().flush();
          exchange.close();
        });
    assertThat(fetch().problem()).contains("needs 4,611,686,018,427,", "make room");
    assertThat(FetchFixture.names(folder)).isEmpty();
  }

  @Test
  void aFullDiskEndsTheCommandAndKeepsWhatArrived() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full), "no /dev/full here");
    Files.createSymbolicLink(folder.resolve(NAME + ".part"), full);
    assertThatThrownBy(this::fetch)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("No space left on device");
    assertThat(folder.resolve(NAME)).doesNotExist();
  }

  @Test
  void twoProcessesDoNotDownloadTheSameFile() {
    try (PartialFile other = new PartialFile(folder.resolve(NAME))) {
      assertThat(other.size()).isZero();
      assertThat(fetch().problem()).contains("is being downloaded by another process");
    }
    assertThat(fetch().status()).isEqualTo(Status.DOWNLOADED);
  }

  /** What is not known to belong to a file is not completed. */
  @Test
  void aPartialFileOfUnknownOriginIsBegunAnew() throws IOException {
    Files.write(folder.resolve(NAME + ".part"), new byte[] {1, 2, 3});
    assertWhole();
    assertThat(producer.requests).containsExactly("page 2025", NAME);
  }

  private ProducerServer.Fault cutAfter(int bytes) {
    return ProducerServer.cutAfter(bytes, folder.resolve(NAME + ".part"));
  }

  private void interruptAfter(int bytes) {
    producer.faults.add(cutAfter(bytes));
    FetchedFile file =
        fixture
            .fetch(producer.page(), List.of())
            .months(MonthRange.parse("2025-01"), folder, false, false)
            .get(0);
    assertThat(file.problem()).contains("; try again later").doesNotContain("attempts");
  }

  private FetchedFile fetch() {
    return fixture
        .fetch(producer.page())
        .months(MonthRange.parse("2025-01"), folder, false, false)
        .get(0);
  }

  private void assertDownloaded() throws IOException {
    FetchedFile file = fetch();
    assertThat(file.status()).as(file.problem()).isEqualTo(Status.DOWNLOADED);
    assertThat(FetchFixture.names(folder)).containsExactly(NAME, NAME + ".sha256");
  }

  private void assertWhole() throws IOException {
    assertDownloaded();
    assertThat(folder.resolve(NAME)).hasBinaryContent(MONTH);
  }
}
