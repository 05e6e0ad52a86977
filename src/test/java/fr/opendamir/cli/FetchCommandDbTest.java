package fr.opendamir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.ingest.source.FileChecksum;
import fr.opendamir.testing.ProducerServer;
import fr.opendamir.testing.RawMonth;
import fr.opendamir.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the producer's page to a release, in one command. */
class FetchCommandDbTest {
  private final Map<String, String> settings = new HashMap<>();
  private ProducerServer producer;

  @TempDir Path folder;

  @BeforeEach
  void configure() throws IOException {
    producer = new ProducerServer();
    for (String month : new String[] {"202401", "202402"}) {
      Path file = new RawMonth(month).line(20, "600.5", "4").writeTo(folder);
      producer.publish("A" + month + ".csv", Files.readAllBytes(file));
      producer.publish("A" + month + ".csv.gz", gzip(Files.readAllBytes(file)));
      producer.publish("A" + month + ".zip", zip(file));
      Files.delete(file);
    }
    TestDatabase database = TestDatabase.create();
    settings.put("opendamir.database.url", database.settings().url());
    settings.put("opendamir.database.username", database.settings().username());
    settings.put("opendamir.database.folder", folder.resolve("data").toString());
    settings.put("opendamir.import.archive.enabled", "false");
    settings.put("opendamir.fetch.page", producer.page());
    settings.put("opendamir.fetch.pause-seconds", "0");
    settings.put("opendamir.fetch.contact", "mailto:ada@example.org");
    settings.forEach(System::setProperty);
  }

  @AfterEach
  void forget() {
    settings.keySet().forEach(System::clearProperty);
    producer.close();
  }

  @Test
  void monthsAreFetchedAndImportedAsPublicFiles() throws IOException {
    Path files = folder.resolve("files");
    CommandLines.Outcome dry =
        CommandLines.run("fetch", "2024-01..2024-02", "--to", files.toString(), "--dry-run");
    assertThat(dry.exitCode()).as(dry.errors()).isZero();
    assertThat(dry.output()).contains("to download " + files.resolve("A202401.csv.gz"));
    assertThat(files).doesNotExist();

    CommandLines.Outcome outcome =
        CommandLines.run("fetch", "2024-01..2024-02", "--to", files.toString(), "--import");
    assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
    assertThat(outcome.output())
        .contains("downloaded ", "A202402.csv.gz", "published", "Published as release");
    assertThat(producer.agents)
        .allMatch(a -> a.matches("open-damir-api/\\S+ \\(\\+mailto:ada@example\\.org\\)"));
    assertThat(outcome.errors()).doesNotContain("opendamir.fetch.contact");

    CommandLines.Outcome again =
        CommandLines.run("fetch", "2024-01..2024-02", "--to", files.toString(), "--import");
    assertThat(again.exitCode()).as(again.errors()).isZero();
    assertThat(again.output()).contains("present ", "unchanged");
    assertThat(CommandLines.run("import", "--json", files.toString()).output())
        .contains("\"sha256\" : \"" + FileChecksum.sha256(files.resolve("A202401.csv.gz")) + "\"");
  }

  /** As everywhere, a release has all months of a command or is none. */
  @Test
  void nothingIsImportedWhileAFileIsMissing() throws IOException {
    Path files = folder.resolve("files");
    CommandLines.Outcome outcome =
        CommandLines.run("fetch", "2024-01..2024-03", "--to", files.toString(), "--import");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.output())
        .contains("downloaded ", "FAILED ", "A202403.csv.gz is not on")
        .doesNotContain("published", "Published");
    assertThat(outcome.errors()).contains("Nothing is imported, because 1 of 3 files");
    assertThat(CommandLines.run("releases", "list").output()).doesNotContain("2024-01");

    producer.publish("A202403.csv.gz", gzip(march()));
    assertThat(
            CommandLines.run("fetch", "2024-01..2024-03", "--to", files.toString(), "--import")
                .output())
        .contains("present ", "downloaded ", "Published as release");
  }

  private byte[] march() throws IOException {
    Path file = new RawMonth("202403").line(20, "600.5", "4").writeTo(folder);
    byte[] text = Files.readAllBytes(file);
    Files.delete(file);
    return text;
  }

  private static byte[] zip(Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      out.putNextEntry(new ZipEntry(file.getFileName().toString()));
      out.write(Files.readAllBytes(file));
    }
    return bytes.toByteArray();
  }

  @Test
  void addressesAreImportedAndNothingIsLeft() throws IOException {
    producer.faults.add(ProducerServer.status(503));
    CommandLines.Outcome outcome =
        CommandLines.run(
            "import",
            producer.address("/files/A202401.csv.gz"),
            producer.address("/files/A202402.zip"));
    assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
    assertThat(outcome.output()).contains("A202401.csv.gz", "A202402.zip", "Published as release");
    assertThat(outcome.errors()).contains("the server answers 503; 0 bytes have arrived");
    try (Stream<Path> left = Files.list(folder.resolve("data/tmp"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void whatCannotBeHadIsToldAndNothingIsPublished() throws IOException {
    CommandLines.Outcome outcome =
        CommandLines.run("import", producer.address("/files/A202403.csv.gz?key=secret"));
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.errors())
        .contains("A202403.csv.gz is not there", "answers 404")
        .doesNotContain("secret");
    try (Stream<Path> left = Files.list(folder.resolve("data/tmp"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void wrongUsageAndSettingsAreRefused() {
    assertThat(CommandLines.run("fetch", "2025").exitCode()).isEqualTo(2);
    assertThat(CommandLines.run("fetch", "2025-01", "--dry-run", "--import").exitCode())
        .isEqualTo(2);
    assertThat(
            CommandLines.run("import", "--share", "0/2", producer.address("/files/a.csv"))
                .exitCode())
        .isEqualTo(2);
    System.setProperty("opendamir.fetch.page", "ftp://example.org/{year}");
    assertThat(CommandLines.run("fetch", "2025-01").errors()).contains("opendamir.fetch.page must");
    System.setProperty("opendamir.fetch.page", producer.page());
    System.setProperty("opendamir.fetch.contact", "ada\r\nHost: x");
    assertThat(CommandLines.run("fetch", "2025-01").errors())
        .contains("opendamir.fetch.contact must");
  }

  private static byte[] gzip(byte[] text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text);
    }
    return bytes.toByteArray();
  }
}
