package fr.opendamir.faults;

import fr.opendamir.store.DatabaseSettings;
import fr.opendamir.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The embedded database of a packaged service, seen by its owner and by who kills it. */
record OwnedDatabase(Path folder) {
  /** The process that all others of the server come from. */
  ProcessHandle server() throws IOException {
    return ProcessHandle.of(Long.parseLong(pidFile().get(0).strip())).orElseThrow();
  }

  /** Kills it if it runs. */
  void killServer() {
    try {
      server().destroyForcibly();
    } catch (IOException | RuntimeException e) {
      // it does not run
    }
  }

  /** A process that works for the role, if there is one. */
  Optional<ProcessHandle> backend(String role) throws IOException, SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT pid FROM pg_stat_activity WHERE usename = '" + role + "' LIMIT 1")) {
      return row.next() ? ProcessHandle.of(row.getLong(1)) : Optional.empty();
    }
  }

  Connection connect() throws IOException, SQLException {
    String url = "jdbc:postgresql://localhost:" + pidFile().get(3).strip() + "/opendamir";
    return new DatabaseSettings(url, "postgres", password()).connect();
  }

  private String password() throws IOException {
    String line = Files.readString(folder.resolve("data/postgres/opendamir.pgpass")).strip();
    return line.substring(line.lastIndexOf(':') + 1);
  }

  /** A connection that keeps others from tables until it is closed. */
  Connection lock(String tables, String mode) throws IOException, SQLException {
    Connection connection = connect();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE " + tables + " IN " + mode + " MODE");
    }
    return connection;
  }

  /** Waits until somebody of that role waits for a lock. */
  void awaitWaiting(String role) throws IOException, SQLException, InterruptedException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      String waiting =
          "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND usename = '"
              + role
              + "'";
      Eventually.isTrue(
          Duration.ofSeconds(60),
          () -> {
            try (ResultSet row = statement.executeQuery(waiting)) {
              return row.next() && row.getLong(1) > 0;
            }
          });
    }
  }

  void execute(String sql) throws IOException, SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> pidFile() throws IOException {
    return Files.readAllLines(folder.resolve("data/postgres/postmaster.pid"));
  }
}
