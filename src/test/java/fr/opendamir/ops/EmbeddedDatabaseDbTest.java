package fr.opendamir.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.store.DatabaseRole;
import fr.opendamir.store.DatabaseSchema;
import fr.opendamir.store.DatabaseSettings;
import fr.opendamir.testing.PostgresFiles;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets into the embedded database, made by this version or by one that trusted everybody. */
class EmbeddedDatabaseDbTest {
  /** Data as earlier versions made it, by a server that ended. */
  private static Path earlier;

  /** Data of this version, whose server ended. */
  private static Path current;

  @TempDir Path root;
  private Path folder;
  private Path data;
  private Path file;

  @BeforeAll
  static void makeData(@TempDir Path ofClass) throws IOException, SQLException {
    earlier = ofClass.resolve("postgres");
    makeTrusting(earlier);
    Path made = ofClass.resolve("made");
    PostgresFiles.putInto(made);
    EmbeddedDatabase.open(made, false).close();
    current = made.resolve("postgres");
  }

  @BeforeEach
  void name() {
    folder = root.resolve("data");
    data = folder.resolve("postgres");
    file = data.resolve("opendamir.pgpass");
  }

  @Test
  void onlyThePasswordOpensIt() throws Exception {
    String password;
    try (EmbeddedDatabase database = EmbeddedDatabase.open(folder, false)) {
      new DatabaseSchema(database.settings()).migrate();
      password = database.settings().password();
      assertThat(password).hasSize(64);
      assertThat(URI.create(database.settings().url().substring("jdbc:".length())).getPort())
          .as("none of the ports of clients, which Linux has from 32768 on")
          .isBetween(20_000, 32_000);
      assertClosed(database.settings());
      assertThat(owner(database.settings(), "SHOW min_wal_size")).isEqualTo("8MB");
      assertThat(owner(database.settings(), "SHOW unix_socket_directories")).isEmpty();
      for (DatabaseRole role : DatabaseRole.values()) {
        try (Connection connection = database.settings().as(role).connect()) {
          assertThat(connection.isValid(1)).isTrue();
        }
      }
      assertThat(database.settings().toString()).doesNotContain(password);
      assertThat(ProcessHandle.allProcesses().map(p -> p.info().commandLine().orElse("")))
          .noneMatch(line -> line.contains(password));
    }
    assertThat(mode(folder)).isEqualTo("rwx------");
    assertThat(mode(data)).isEqualTo("rwx------");
    assertThat(mode(folder.resolve("programs"))).isEqualTo("rwx------");
    assertThat(mode(file)).isEqualTo("rw-------");
    try (EmbeddedDatabase again = EmbeddedDatabase.open(folder, false)) {
      assertThat(again.settings().password()).isEqualTo(password);
    }
  }

  @Test
  void itsAddressAndPasswordAreKnownBeforeItStarts() throws Exception {
    PostgresFiles.putInto(folder);
    EmbeddedDatabase database = EmbeddedDatabase.prepare(folder, false);
    try {
      DatabaseSettings settings = database.settings();
      assertThatThrownBy(settings::connect).hasMessageContaining("refused");
      assertThatThrownBy(() -> EmbeddedDatabase.prepare(folder, false))
          .as("the folder is taken")
          .isInstanceOf(OverlappingFileLockException.class);
      database.start();
      assertThat(owner(settings, "SELECT current_database()")).isEqualTo("opendamir");
      assertThat(database.settings()).isEqualTo(settings);
    } finally {
      database.close();
    }
    assertThat(data.resolve("postmaster.pid")).doesNotExist();
    EmbeddedDatabase.prepare(folder, false).close(); // one that was never started gives it back
    EmbeddedDatabase.open(folder, false).close();
  }

  @Test
  void foldersThatTrustedEverybodyAreClosedAndKeepWhatTheyHold() throws Exception {
    holding(earlier);
    try (EmbeddedDatabase database = EmbeddedDatabase.open(folder, false)) {
      assertThat(owner(database.settings(), "SELECT v FROM kept")).isEqualTo("figure");
      assertThat(owner(database.settings(), "SHOW min_wal_size"))
          .as("two files of its log, which are larger than those of new ones")
          .isEqualTo("32MB");
      assertClosed(database.settings());
      // The roles of then had passwords that everybody can derive from none.
      assertThat(
              owner(
                  database.settings(),
                  "SELECT count(*) FROM pg_authid WHERE rolpassword IS NOT NULL"))
          .isEqualTo("1");
      new DatabaseSchema(database.settings()).migrate();
      assertThat(
              owner(
                  database.settings(),
                  "SELECT string_agg(DISTINCT split_part(rolpassword, ':', 1), ' ')"
                      + " FROM pg_authid WHERE rolpassword IS NOT NULL"))
          .as("one iteration, for the owner and the roles")
          .isEqualTo("SCRAM-SHA-256$1");
    }
    assertThat(mode(folder)).isEqualTo("rwx------");
    assertThat(Files.readString(data.resolve("pg_hba.conf"))).doesNotContain("trust");
  }

  @ParameterizedTest
  @ValueSource(strings = {"before", "password kept", "half a file", "rules half written"})
  void aKillInBetweenIsMadeGoodByTheNextStart(String moment) throws Exception {
    holding(earlier);
    switch (moment) {
      case "password kept" -> OwnerPassword.write(data, "0123456789abcdef".repeat(4));
      case "half a file" -> PrivateFolder.writeNew(data.resolve("opendamir.pgpass.new"), "*:*");
      case "rules half written" -> {
        OwnerPassword.write(data, "0123456789abcdef".repeat(4));
        PrivateFolder.writeNew(data.resolve("pg_hba.conf.new"), "local");
      }
      default -> {}
    }
    try (EmbeddedDatabase database = EmbeddedDatabase.open(folder, false)) {
      assertClosed(database.settings());
      assertThat(owner(database.settings(), "SELECT v FROM kept")).isEqualTo("figure");
    }
  }

  @Test
  void rulesThatSomebodyOpensAreClosedAtTheNextStart() throws Exception {
    holding(current);
    Files.writeString(data.resolve("pg_hba.conf"), "host all all all trust\n");
    try (EmbeddedDatabase database = EmbeddedDatabase.open(folder, false)) {
      assertClosed(database.settings());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "missing", "*:*:*:postgres:short\n", "\u0000\u00ff"})
  void withoutThePasswordItTellsHowToGetIn(String content) throws Exception {
    holding(current);
    if (content.equals("missing")) {
      Files.delete(file);
    } else {
      Files.writeString(file, content);
    }
    assertThatThrownBy(() -> EmbeddedDatabase.open(folder, false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("remove " + file + " and " + data.resolve("pg_hba.conf"));
    assertThat(data.resolve("postmaster.pid")).doesNotExist();

    Files.deleteIfExists(file);
    Files.delete(data.resolve("pg_hba.conf"));
    try (EmbeddedDatabase database = EmbeddedDatabase.open(folder, false)) {
      assertClosed(database.settings());
    }
  }

  @Test
  void foldersAndFilesThatOthersMayChangeAreRefused() throws Exception {
    holding(current);
    for (Path path : List.of(folder.resolve("programs"), folder)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
      assertThatThrownBy(() -> EmbeddedDatabase.open(folder, false))
          .hasMessageContaining("chmod 700 " + path);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> EmbeddedDatabase.open(folder, false))
        .hasMessageContaining("chmod 600 " + file);
  }

  @Test
  void aFolderOfAnEarlierVersionIsClosedWhateverItsUmaskWas() throws Exception {
    holding(earlier);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxr-x"));
    EmbeddedDatabase.open(folder, false).close();
    assertThat(mode(folder)).isEqualTo("rwx------");
  }

  private static void assertClosed(DatabaseSettings settings) throws SQLException {
    for (String role : List.of("postgres", "opendamir_importer", "opendamir_control")) {
      for (String url :
          List.of(settings.url(), settings.url().replace("/opendamir", "/postgres"))) {
        for (String password : List.of("", "postgres", "wrong")) {
          assertThatThrownBy(() -> DriverManager.getConnection(url, role, password))
              .isInstanceOf(SQLException.class)
              .hasMessageContaining("password");
        }
        assertThatThrownBy(
                () -> new DatabaseSettings(url, "postgres", "").as(DatabaseRole.IMPORTER).connect())
            .hasMessageContaining("password");
      }
    }
    assertThat(
            owner(settings, "SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules"))
        .isEqualTo("scram-sha-256");
    assertThat(owner(settings, "SHOW password_encryption")).isEqualTo("scram-sha-256");
  }

  private static String owner(DatabaseSettings settings, String sql) throws SQLException {
    try (Connection connection = settings.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  /** Makes the folder of a copy of data. */
  private void holding(Path original) throws IOException {
    PostgresFiles.putInto(folder);
    try (Stream<Path> all = Files.walk(original)) {
      for (Path path : all.toList()) {
        Files.copy(
            path, data.resolve(original.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private static void makeTrusting(Path data) throws IOException, SQLException {
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setPort(FreePort.next())
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setLocaleConfig("locale", "C")
            .setLocaleConfig("encoding", "UTF-8")
            .start()) {
      String url = "jdbc:postgresql://localhost:" + server.getPort() + "/";
      try (Connection connection = DriverManager.getConnection(url + "postgres", "postgres", "")) {
        connection.createStatement().execute("CREATE DATABASE opendamir");
      }
      DatabaseSettings settings = new DatabaseSettings(url + "opendamir", "postgres", "");
      new DatabaseSchema(settings).migrate();
      try (Connection connection = settings.connect()) {
        connection.createStatement().execute("CREATE TABLE kept AS SELECT 'figure' AS v");
      }
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
