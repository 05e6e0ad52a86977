package fr.opendamir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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
        EmbeddedPostgres.builder().setDataDirectory(data).setLocaleConfig("locale", "C").start();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE owner LOGIN CREATEROLE PASSWORD 'of-the-owner'");
      statement.execute("CREATE DATABASE fresh OWNER owner");
      statement.execute("CREATE DATABASE behind OWNER owner");
      statement.execute("CREATE DATABASE earlier OWNER owner");
      statement.execute("CREATE DATABASE published OWNER owner");
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
                owner.as(DatabaseRole.READER),
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
