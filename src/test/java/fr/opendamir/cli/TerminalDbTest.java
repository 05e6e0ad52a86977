package fr.opendamir.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.opendamir.ingest.synthetic.SyntheticFileWriter;
import fr.opendamir.ingest.synthetic.SyntheticMonth;
import fr.opendamir.testing.ProducerServer;
import fr.opendamir.testing.PseudoTerminal;
import fr.opendamir.testing.RawMonth;
import fr.opendamir.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Progress as a person sees it, and Ctrl-C. */
class TerminalDbTest {
  private static final String NAME = "A202401.csv.gz";
  private static final int INTERRUPTED = 130;

  private final Map<String, String> settings = new HashMap<>();
  private ProducerServer producer;

  @TempDir Path folder;

  @BeforeEach
  void publish() throws IOException {
    assumeTrue(PseudoTerminal.isAvailable(), "no program « script » of util-linux here");
    producer = new ProducerServer();
    byte[] noise = new byte[40_000];
    new Random(1).nextBytes(noise);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(file)) {
      out.write(noise);
    }
    producer.publish(NAME, file.toByteArray());
    settings.put("opendamir.fetch.page", producer.page());
  }

  @AfterEach
  void close() {
    if (producer != null) {
      producer.close();
    }
  }

  @Test
  void aDownloadShowsBytesAndTimeAndGoesOnAfterControlC() throws Exception {
    Path files = folder.resolve("files");
    String[] command = {"fetch", "2024-01", "--to", files.toString()};
    producer.faults.add(producer.silentAfter(20_000));
    try (PseudoTerminal terminal = PseudoTerminal.run(settings, command)) {
      terminal.await("% of ");
      assertThat(terminal.screen())
          .containsPattern("\\r\\u001b\\[K" + NAME + ": +\\d+ % of 40\\d\\d\\d bytes, .* left");
      terminal.press(PseudoTerminal.CONTROL_C);
      assertThat(terminal.exitCode()).as(terminal.screen()).isEqualTo(INTERRUPTED);
    }
    assertThat(files).isDirectoryNotContaining(path -> path.endsWith(NAME));
    assertThat(files.resolve(NAME + ".part")).isNotEmptyFile();

    try (PseudoTerminal terminal = PseudoTerminal.run(settings, command)) {
      assertThat(terminal.exitCode()).as(terminal.screen()).isZero();
      assertThat(terminal.screen()).contains("downloaded ", files.resolve(NAME).toString());
    }
    assertThat(producer.requests).last().asString().startsWith(NAME + " bytes=");
    try (Stream<Path> left = Files.list(files)) {
      assertThat(left).hasSize(2).noneMatch(path -> path.toString().contains(".part"));
    }
  }

  /** The import waits at the database, in the middle of loading, when the key is pressed. */
  @Test
  void controlCLeavesNothingOfAnImportBehind() throws Exception {
    TestDatabase database = TestDatabase.create();
    settings.put("opendamir.database.url", database.settings().url());
    settings.put("opendamir.database.username", database.settings().username());
    settings.put("opendamir.database.folder", folder.resolve("data").toString());
    Path file = new RawMonth("202401").line(20, "600.5", "4").writeTo(folder);
    try (Connection other = database.settings().connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE control.loaded_segment_part IN SHARE MODE");
      try (PseudoTerminal terminal = PseudoTerminal.run(settings, "import", file.toString())) {
        terminal.await("load");
        assertThat(terminal.screen())
            .contains(
                "\r\u001b[KA202401.csv: checksum", "A202401.csv: read", "A202401.csv: protect");
        terminal.press(PseudoTerminal.CONTROL_C);
        assertThat(terminal.exitCode()).as(terminal.screen()).isEqualTo(INTERRUPTED);
      }
      other.rollback();
    }
    try (Stream<Path> left = Files.list(folder.resolve("data/tmp"))) {
      assertThat(left).isEmpty();
    }
    assertThat(files(folder.resolve("data"))).noneMatch(path -> path.endsWith(".parquet"));
    settings.forEach(System::setProperty);
    try {
      assertThat(CommandLines.run("releases", "list").output()).doesNotContain("2024-01");
      assertThat(CommandLines.run("import", "--wait", file.toString()).output())
          .startsWith("published");
    } finally {
      settings.keySet().forEach(System::clearProperty);
    }
  }

  /** The second month waits in the middle of loading; the first one is not read again. */
  @Test
  void anImportOfTwoMonthsGoesOnAfterControlC() throws Exception {
    TestDatabase database = TestDatabase.create();
    settings.put("opendamir.database.url", database.settings().url());
    settings.put("opendamir.database.username", database.settings().username());
    settings.put("opendamir.database.folder", folder.resolve("data").toString());
    var january = new RawMonth("202401").line(20, "600.5", "4").writeTo(folder);
    var february = new RawMonth("202402").line(20, "600.5", "4").writeTo(folder);
    String[] command = {"import", "--wait", january.toString(), february.toString()};
    try (Connection other = database.settings().connect();
        Statement statement = other.createStatement()) {
      statement.execute(
          """
          CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN PERFORM pg_sleep(120); RETURN NEW; END';
          CREATE TRIGGER wait BEFORE INSERT ON control.import FOR EACH ROW
            WHEN (NEW.month = '2024-02') EXECUTE FUNCTION wait()
          """);
      try (PseudoTerminal terminal = PseudoTerminal.run(settings, command)) {
        terminal.await("[2/2] A202402.csv: load");
        terminal.press(PseudoTerminal.CONTROL_C);
        assertThat(terminal.exitCode()).as(terminal.screen()).isEqualTo(INTERRUPTED);
      }
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE wait_event = 'PgSleep' AND datname = current_database()");
      statement.execute("DROP TRIGGER wait ON control.import");
    }
    try (Stream<Path> left = Files.list(folder.resolve("data/tmp"))) {
      assertThat(left).isEmpty();
    }
    try (PseudoTerminal terminal = PseudoTerminal.run(settings, command)) {
      assertThat(terminal.exitCode()).as(terminal.screen()).isZero();
      assertThat(terminal.screen())
          .contains("2024-01 was loaded by import 1, which did not end", "Published as release")
          .contains("A202402.csv: read")
          .doesNotContain("A202401.csv: read");
    }
  }

  /**
   * While the file is read, and atoms that do not fit into memory are on the disk, and after it.
   */
  @ParameterizedTest
  @ValueSource(strings = {"lines, ", ": protect"})
  void controlCLeavesNothingOfAFileBehind(String shown) throws Exception {
    TestDatabase database = TestDatabase.create();
    settings.put("opendamir.database.url", database.settings().url());
    settings.put("opendamir.database.username", database.settings().username());
    settings.put("opendamir.database.folder", folder.resolve("data").toString());
    settings.put("opendamir.import.memory-mb", "48");
    Path file = folder.resolve("A202501.csv.gz");
    var written =
        new SyntheticFileWriter(2)
            .write(SyntheticMonth.of(YearMonth.of(2025, 1), 400_000, 7), file);
    assertThat(written).isNotNull();
    try (PseudoTerminal terminal =
        PseudoTerminal.run(settings, "import", file.toString(), file.toString())) {
      terminal.await(shown);
      terminal.press(PseudoTerminal.CONTROL_C);
      assertThat(terminal.exitCode()).as(terminal.screen()).isEqualTo(INTERRUPTED);
      assertThat(terminal.screen()).doesNotContain("Exception", ": load");
    }
    try (Stream<Path> left = Files.list(folder.resolve("data/tmp"))) {
      assertThat(left).isEmpty();
    }
    assertThat(files(folder.resolve("data"))).noneMatch(path -> path.endsWith(".parquet"));
    try (Connection other = database.settings().connect();
        Statement statement = other.createStatement();
        ResultSet imports = statement.executeQuery("SELECT id FROM control.import")) {
      assertThat(imports.next()).isFalse();
    }
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(Path::toString).toList();
    }
  }
}
