package fr.opendamir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.ingest.SegmentConversion;
import fr.opendamir.ops.FreePort;
import fr.opendamir.testing.PublishedBlocks;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An owner who is no superuser, and a service that knows the serving secret only. */
class MigrationDbTest {
  private static final String SECRET = "serving-secret-of-a-test";

  private static EmbeddedPostgres server;

  /** With passwords, which the embedded database of the service has not. */
  @BeforeAll
  static void startServer(@TempDir Path folder) throws IOException, SQLException {
    Path data = folder.resolve("postgres");
    server =
        EmbeddedPostgres.builder()
            .setPort(FreePort.next())
            .setDataDirectory(data)
            .setLocaleConfig("locale", "C")
            .start();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE owner LOGIN CREATEROLE PASSWORD 'of-the-owner'");
      statement.execute("CREATE DATABASE fresh OWNER owner");
      statement.execute("CREATE DATABASE behind OWNER owner");
      statement.execute("CREATE DATABASE earlier OWNER owner");
      statement.execute("CREATE DATABASE published OWNER owner");
      statement.execute("CREATE DATABASE blocks OWNER owner");
      Files.writeString(
          data.resolve("pg_hba.conf"),
          "host all postgres all trust\nhost all all all scram-sha-256\n");
      statement.execute("SELECT pg_reload_conf()");
    }
  }

  @AfterAll
  static void stopServer() throws IOException {
    server.close();
  }

  @Test
  void aServiceWithoutTheOwnersPasswordWorksOnceTheOwnerHasMigrated() {
    DatabaseSettings owner = new DatabaseSettings(url("fresh"), "owner", "of-the-owner", SECRET);
    DatabaseSettings service = new DatabaseSettings(url("fresh"), "opendamir", "", SECRET);
    DatabaseSchema schema = new DatabaseSchema(owner);

    assertThatThrownBy(() -> new DatabaseSchema(service).require())
        .isInstanceOfAny(DatabaseUnavailableException.class, IllegalStateException.class);
    schema.migrate();
    schema.migrate();

    new DatabaseSchema(service).require();
    assertThat(PublishedState.isEmpty(service.as(DatabaseRole.CONTROL))).isTrue();
    assertThat(DatabaseServer.accepts(service.as(DatabaseRole.READER))).isTrue();
    assertThat(DatabaseServer.accepts(service.as(DatabaseRole.ACCESS))).isTrue();
    assertThat(DatabaseServer.accepts(owner.as(DatabaseRole.IMPORTER))).isTrue();
    assertThatThrownBy(() -> service.as(DatabaseRole.IMPORTER).connect())
        .hasMessageContaining("password");
  }

  @Test
  void theCodesOfAnEarlierVersionKeepTheirCoarserLevels() throws SQLException {
    DatabaseSettings owner = new DatabaseSettings(url("earlier"), "owner", "of-the-owner", SECRET);
    migrateTo("4", owner);
    try (Connection connection = owner.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO figures.service_level VALUES ('3313', 'pharmacy', 'care'), ('ND', 'ND',"
              + " 'ND'); INSERT INTO figures.exemption_level VALUES ('41', 'long_term_illness')");
    }
    new DatabaseSchema(owner).migrate();

    assertThat(
            RollupDatabase.query(
                owner.as(DatabaseRole.IMPORTER),
                "SELECT concat_ws(' ', dimension, code, level, parent) FROM figures.code_level"
                    + " ORDER BY level, code"))
        .containsExactly(
            "exemption 41 exemption_group long_term_illness",
            "service 3313 service_group pharmacy",
            "service ND service_group ND",
            "service 3313 service_kind care",
            "service ND service_kind ND");
    // Processes of the version before still ask for them by the old names.
    assertThat(
            RollupDatabase.query(
                owner,
                "SELECT concat_ws(' ', service, service_group, service_kind, exemption_group)"
                    + " FROM figures.service_level, figures.exemption_level ORDER BY 1"))
        .containsExactly("3313 pharmacy care long_term_illness", "ND ND ND long_term_illness");
  }

  @Test
  void theChecksumsOfAnEarlierVersionStayPublicAndOthersBecomePossible() throws SQLException {
    DatabaseSettings owner =
        new DatabaseSettings(url("published"), "owner", "of-the-owner", SECRET);
    migrateTo("5", owner);
    String columns =
        "(month, file_name, file_bytes, sha256, policy_id, synthetic, accepted_loss, status, lines,"
            + " atoms, blocks, smallest_block)";
    String others = "'blocks-12', false, false, 'published', 1, 1, 1, 11)";
    try (Connection connection = owner.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO control.policy VALUES ('blocks-12', '', NULL)");
      statement.execute(
          "INSERT INTO control.import %s VALUES ('2024-01', 'A.csv', 1, repeat('a', 64), %s"
              .formatted(columns, others));
    }
    new DatabaseSchema(owner).migrate();

    try (Connection connection = owner.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO control.import %s VALUES ('2024-02', 'A.csv', 1, NULL, %s"
              .formatted(columns, others));
    }
    assertThat(
            RollupDatabase.query(
                owner.as(DatabaseRole.CONTROL), "SELECT sha256 FROM control.import ORDER BY id"))
        .containsExactly("a".repeat(64), null);
  }

  @Test
  void aServiceThatMayNotMigrateRefusesADatabaseThatIsBehind() throws SQLException {
    DatabaseSettings owner = new DatabaseSettings(url("behind"), "owner", "of-the-owner", SECRET);
    DatabaseSchema schema = new DatabaseSchema(owner);
    schema.migrate();
    try (Connection connection = owner.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "DELETE FROM public.flyway_schema_history WHERE installed_rank ="
              + " (SELECT max(installed_rank) FROM public.flyway_schema_history)");
    }
    assertThatThrownBy(schema::require)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("run the command migrate");
  }

  @Test
  void theBlocksOfAnEarlierVersionBecomeSegmentsEqualToTheCent(@TempDir Path folder)
      throws SQLException {
    DatabaseSettings owner = new DatabaseSettings(url("blocks"), "owner", "of-the-owner", SECRET);
    migrateTo("8", owner);
    publishBlocks(owner, "2024-01", 1, 3);
    publishBlocks(owner, "2024-02", 2, 2);
    publishBlocks(owner, "2024-03", 3, 0);
    DatabaseSchema schema = new DatabaseSchema(owner);
    schema.migrate();
    assertThat(schema.lacksSegments()).isTrue();
    assertThatThrownBy(schema::require)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("run the command migrate");

    // The process dies as it reports the first one.
    assertThatThrownBy(() -> convert(owner, folder, message -> throwKilled())).hasMessage("killed");
    assertThat(
            RollupDatabase.query(
                owner.as(DatabaseRole.READER), "SELECT import_id::text FROM figures.segment"))
        .containsExactly("1");
    List<String> messages = new ArrayList<>();
    convert(owner, folder, messages::add);

    assertThat(messages)
        .containsExactly(
            "segment 1 of 2: 2024-02, import 2, 2 blocks",
            "segment 2 of 2: 2024-03, import 3, 0 blocks");
    assertThat(schema.lacksSegments()).isFalse();
    schema.require();
    assertThat(
            RollupDatabase.query(
                owner.as(DatabaseRole.READER),
                "SELECT import_id || ' ' || rows FROM figures.segment ORDER BY import_id"))
        .containsExactly("1 3", "2 2", "3 0");
    assertThat(
            PublishedBlocks.query(
                owner,
                "SELECT concat_ws(' ', import_id, month, service, service_group, service_kind,"
                    + " exemption_group, quantity, charged, reimbursed_all) FROM block ORDER BY"
                    + " ALL"))
        .containsExactly(
            "1 2024-01 3313 pharmacy care none 11 101 106",
            "1 2024-01 3313 pharmacy care none 12 102 107",
            "1 2024-01 3313 pharmacy care none 13 103 108",
            "2 2024-02 3313 pharmacy care none 11 101 106",
            "2 2024-02 3313 pharmacy care none 12 102 107");
    assertThat(
            RollupDatabase.query(
                owner, "SELECT relname::text FROM pg_class WHERE relname ~ '^block_[0-9]+$'"))
        .isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  private static void throwKilled() {
    throw new IllegalStateException("killed");
  }

  private static void convert(DatabaseSettings owner, Path folder, Consumer<String> messages) {
    new SegmentConversion(new PgImportStore(owner), folder, 64L << 20, 1).run(messages);
  }

  /** Publishes some blocks of one code as versions without segments did. */
  private static void publishBlocks(DatabaseSettings owner, String month, int importId, int blocks)
      throws SQLException {
    try (Connection connection = owner.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO control.policy VALUES ('blocks-12', '', NULL) ON CONFLICT DO NOTHING;
          INSERT INTO control.import (month, file_name, file_bytes, sha256, policy_id, synthetic,
            accepted_loss, status, lines, atoms, blocks, smallest_block)
          VALUES ('%1$s', 'A.csv', 1, NULL, 'blocks-12', false, false, 'published', 1, 1, %3$d, 11);
          INSERT INTO figures.published_import VALUES (%2$d);
          INSERT INTO figures.code_level VALUES ('service', '3313', 'service_group', 'pharmacy'),
            ('service', '3313', 'service_kind', 'care'), ('exemption', '0', 'exemption_group', 'none')
          ON CONFLICT DO NOTHING;
          CREATE TABLE figures.block_%2$d (LIKE figures.block);
          INSERT INTO figures.block_%2$d
          SELECT %2$d, '%1$s', '0', '11', '60', '2', '3313', '1', '0', '0', '10', '99', '0', '0',
            10 + n, 100 + n, 102 + n, 103 + n, 104 + n, 105 + n, 11 FROM generate_series(1, %3$d) n;
          ALTER TABLE figures.block ATTACH PARTITION figures.block_%2$d FOR VALUES IN (%2$d)
          """
              .formatted(month, importId, blocks));
    }
  }

  private static void migrateTo(String version, DatabaseSettings owner) {
    var unused =
        Flyway.configure()
            .dataSource(owner.url(), owner.username(), owner.password())
            .locations("classpath:db/migration")
            .schemas("public")
            .target(version)
            .load()
            .migrate();
  }

  private static String url(String database) {
    return "jdbc:postgresql://localhost:" + server.getPort() + "/" + database;
  }
}
