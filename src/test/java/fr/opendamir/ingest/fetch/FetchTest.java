package fr.opendamir.ingest.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.ingest.fetch.FetchedFile.Status;
import fr.opendamir.ingest.source.FileChecksum;
import fr.opendamir.testing.ProducerServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files are asked for, where the links come from, and what is there afterwards. */
class FetchTest {
  private static final String NAME = "A202501.csv.gz";
  private static final byte[] MONTH = FetchFixture.month(NAME);

  private final FetchFixture fixture = new FetchFixture();
  private ProducerServer producer;

  @TempDir Path folder;

  @BeforeEach
  void publish() {
    producer = new ProducerServer();
    for (String month : List.of("202501", "202502", "202503")) {
      String name = "A" + month + ".csv.gz";
      producer.publish(name, FetchFixture.month(name));
    }
    producer.publish("P201412.csv.gz", MONTH);
  }

  @AfterEach
  void close() {
    producer.close();
  }

  @Test
  void monthsArriveOneAfterTheOtherWithTheirProofs() throws IOException {
    List<FetchedFile> files = fetch("2025-01..2025-03");

    assertThat(files).extracting(FetchedFile::status).containsOnly(Status.DOWNLOADED);
    assertThat(folder.resolve(NAME)).hasBinaryContent(MONTH);
    assertThat(folder.resolve(NAME + ".sha256"))
        .hasContent(FileChecksum.sha256(folder.resolve(NAME)) + "  " + NAME);
    assertThat(FetchFixture.names(folder))
        .hasSize(6)
        .allMatch(name -> name.endsWith(".csv.gz") || name.endsWith(".csv.gz.sha256"));
    assertThat(producer.requests)
        .containsExactly("page 2025", NAME, "A202502.csv.gz", "A202503.csv.gz");
    assertThat(producer.mostAtOnce()).isEqualTo(1);
    assertThat(producer.agents).containsOnly("open-damir-api/1 (+mailto:ada@example.org)");
    assertThat(fixture.received).contains(NAME + " " + MONTH.length + "/" + MONTH.length);
  }

  @Test
  void monthsBefore2015HaveTheirOwnNames() {
    assertThat(fetch("2014-12").get(0).path()).hasFileName("P201412.csv.gz").exists();
  }

  @Test
  void whatIsThereIsNotAskedForAgain() {
    fetch("2025-01..2025-03");
    producer.requests.clear();

    assertThat(fetch("2025-01..2025-03"))
        .extracting(FetchedFile::status)
        .containsOnly(Status.PRESENT);
    assertThat(producer.requests).isEmpty();
  }

  @Test
  void replaceDownloadsAgain() throws IOException {
    fetch("2025-01");
    byte[] corrected = FetchFixture.month("corrected");
    producer.publish(NAME, corrected);
    producer.tag = "\"v2\"";

    fixture.fetch(producer.page()).months(MonthRange.parse("2025-01"), folder, true, false);
    assertThat(folder.resolve(NAME)).hasBinaryContent(corrected);
    assertThat(folder.resolve(NAME + ".sha256"))
        .hasContent(FileChecksum.sha256(folder.resolve(NAME)) + "  " + NAME);
  }

  @Test
  void aFileThatCameInAnotherWayIsCheckedOnce() throws IOException {
    Files.write(folder.resolve(NAME), MONTH);
    Files.write(folder.resolve("A202502.csv.gz"), Arrays.copyOf(MONTH, 1000));

    List<FetchedFile> files = fetch("2025-01..2025-02");

    assertThat(files)
        .extracting(FetchedFile::status)
        .containsExactly(Status.PRESENT, Status.FAILED);
    assertThat(folder.resolve(NAME + ".sha256")).exists();
    assertThat(files.get(1).problem()).contains("exists already and is damaged", "--replace");
    assertThat(folder.resolve("A202502.csv.gz.sha256")).doesNotExist();
    assertThat(producer.requests).isEmpty();
  }

  @Test
  void aDryRunLooksAtThePageAndTouchesNothing() throws IOException {
    Path none = folder.resolve("none");
    List<FetchedFile> files =
        fixture
            .fetch(producer.page())
            .months(MonthRange.parse("2025-02..2025-04"), none, false, true);

    assertThat(files)
        .extracting(FetchedFile::status)
        .containsExactly(Status.WOULD_DOWNLOAD, Status.WOULD_DOWNLOAD, Status.FAILED);
    assertThat(files.get(2).problem())
        .contains("A202504.csv.gz is not on", "which has 2025-01 to 2025-03");
    assertThat(none).doesNotExist();
    assertThat(producer.requests).containsExactly("page 2025");
  }

  /** Nothing of 2026 is published in February 2026, and its page may not exist. */
  @Test
  void anOpenRangeEndsWithTheNewestMonth() {
    assertThat(fetch("2025-02.."))
        .extracting(file -> file.path().getFileName().toString())
        .containsExactly("A202502.csv.gz", "A202503.csv.gz");
    producer.publish("A202601.csv.gz", MONTH);
    assertThat(fetch("2025-03.."))
        .extracting(FetchedFile::status)
        .containsExactly(
            Status.PRESENT, // March; then nine months that are missed, and one of 2026
            Status.FAILED,
            Status.FAILED,
            Status.FAILED,
            Status.FAILED,
            Status.FAILED,
            Status.FAILED,
            Status.FAILED,
            Status.FAILED,
            Status.FAILED,
            Status.DOWNLOADED);
  }

  /** As pages may be written tomorrow. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<a class=x href='download_file.php?token=5e551017&amp;file=Open_DAMIR/A202501.csv.gz'>",
        "<!-- <a href='old/A202501.csv.gz'> --><A HREF=./download_file.php?file=Open_DAMIR/A202501.CSV.GZ&token=5e551017>",
        "<base href='/depenses/'><a href='download_file.php?token=5e551017&file=Open_DAMIR%2FA202501.csv.gz#x'>",
        "<a href='https://'>x</a><a href='mailto:a@b'>y</a><a href='../files/A202501.csv.gz'>z</a>",
      })
  void linksAreFoundHoweverTheyAreWritten(String html) {
    producer.publish("A202501.CSV.GZ", MONTH);
    producer.changePage(2025, html);
    assertThat(fetch("2025-01").get(0).status()).as(html).isEqualTo(Status.DOWNLOADED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html><body>Maintenance</body></html>",
        "",
        "{\"files\":[]}",
        "<a href='http://elsewhere.example/A202501.csv.gz'>no TLS, another host</a>",
        "<a href='A202401.csv.gz'>another year</a>",
      })
  void aPageWithoutLinksSaysWhatToDoByHand(String html) {
    producer.changePage(2025, html);
    assertThat(fetch("2025-01..2025-02"))
        .allSatisfy(
            file ->
                assertThat(file.problem())
                    .contains(
                        "Annee=2025 has no link to a monthly file",
                        "in a browser",
                        "opendamir.fetch.page"));
    assertThat(producer.requests).containsExactly("page 2025");
  }

  @Test
  void aPageThatFailsForAWhileIsAskedForAgain() {
    producer.pageFaults.add(ProducerServer.status(503));
    producer.pageFaults.add(producer.silentAfter(0));
    assertThat(fetch("2025-01").get(0).status()).isEqualTo(Status.DOWNLOADED);
  }

  @Test
  void aPageThatFailsIsAskedForFourTimesInAll() {
    for (int i = 0; i < 4; i++) {
      producer.pageFaults.add(ProducerServer.status(500));
    }
    assertThat(fetch("2025-01..2025-03"))
        .allSatisfy(file -> assertThat(file.problem()).contains("answers 500", "after 4 attempts"));
    assertThat(producer.requests).hasSize(4);
  }

  @Test
  void anExpiredLinkIsRenewedFromThePage() {
    producer.shownToken = "01d";
    Fetch fetch = fixture.fetch(producer.page());
    var unused = fetch.months(MonthRange.parse("2025-01"), folder, false, true);
    producer.shownToken = "";

    assertThat(fetch.months(MonthRange.parse("2025-01"), folder, false, false))
        .extracting(FetchedFile::status)
        .containsExactly(Status.DOWNLOADED);
    assertThat(producer.requests).containsExactly("page 2025", "expired", "page 2025", NAME);
    assertThat(fixture.messages).singleElement().asString().contains("the link has expired");
  }

  @Test
  void aLinkThatIsAlwaysExpiredEnds() throws IOException {
    producer.shownToken = "01d";
    assertThat(fetch("2025-01").get(0).problem()).contains(NAME, "is a web page");
    assertThat(producer.requests)
        .containsExactly("page 2025", "expired", "page 2025", "expired", "page 2025", "expired");
    assertThat(FetchFixture.names(folder)).isEmpty();
  }

  @Test
  void aFileThatIsMissingDoesNotStopTheOthers() {
    for (int i = 0; i < 3; i++) {
      producer.faults.add(ProducerServer.status(404));
    }
    List<FetchedFile> files = fetch("2025-01..2025-02");
    assertThat(files)
        .extracting(FetchedFile::status)
        .containsExactly(Status.FAILED, Status.DOWNLOADED);
    assertThat(files.get(0).problem())
        .contains("is not there", "answers 404")
        .doesNotContain("token");
  }

  @Test
  void anyAddressIsDownloadedCompressedOrNot() {
    producer.publish("A202501.csv", FetchFixture.ascii("FLX_ANN_MOI;\n202501;\n"));
    assertThat(download("/files/A202501.csv"))
        .hasFileName("A202501.csv")
        .hasContent("FLX_ANN_MOI;\n202501;");
    assertThat(download("/moved/A202501.csv.gz")).hasFileName(NAME).hasBinaryContent(MONTH);
    assertThat(download("/files/A202501.csv.gz?as=..%2f..%2fetc%2fpasswd")).hasFileName(NAME);
  }

  @Test
  void anAddressThatLeadsToNoFileIsRefused() throws IOException {
    producer.publish("page.csv.gz", FetchFixture.ascii("<html>log in</html>"));
    assertThatThrownBy(() -> download("/files/page.csv.gz"))
        .isInstanceOf(FetchException.class)
        .hasMessageContainingAll("page.csv.gz is a web page");
    assertThatThrownBy(() -> download("/files/none.csv.gz?key=secret"))
        .hasMessageContaining("/files/none.csv.gz answers 404")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> Fetch.parse("https:///A202501.csv.gz"))
        .hasMessageContaining("must be like");
    assertThatThrownBy(() -> Fetch.parse("https://user:pass@example.org/a.csv"))
        .hasMessageContaining("without a user");
    assertThat(FetchFixture.names(folder)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://other.example/A202501.csv.gz, another host without TLS",
    "ftp://127.0.0.1/A202501.csv.gz, another host without TLS",
    "/files/A202501.csv.gz, again and again",
  })
  void redirectionsElsewhereAreNotFollowed(String location, String problem) {
    for (int i = 0; i < 6; i++) {
      producer.faults.add(ProducerServer.status(302, "Location", location));
    }
    assertThatThrownBy(() -> download("/files/A202501.csv.gz"))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource({
    "2025-01, 2025-01, 2025-01, 1",
    "2024-12..2025-02, 2024-12, 2025-02, 3",
    "2025-10.., 2025-10, 2026-02, 5",
  })
  void rangesAreRead(String text, String first, String last, int count) {
    List<YearMonth> months = MonthRange.parse(text).months(YearMonth.of(2026, 2));
    assertThat(months).hasSize(count);
    assertThat(months.get(0)).hasToString(first);
    assertThat(months.get(count - 1)).hasToString(last);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2025",
        "2025-13",
        "202501",
        "..2025-01",
        "2025-02..2025-01",
        "2008-12",
        "2025-01...2025-02"
      })
  void otherRangesAreRefused(String text) {
    assertThatThrownBy(() -> MonthRange.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private Path download(String path) {
    return fixture.fetch(producer.page()).address(Fetch.parse(producer.address(path)), folder);
  }

  private List<FetchedFile> fetch(String months) {
    return fixture.fetch(producer.page()).months(MonthRange.parse(months), folder, false, false);
  }
}
