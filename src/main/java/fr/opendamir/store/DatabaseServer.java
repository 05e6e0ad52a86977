package fr.opendamir.store;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.util.PasswordUtil;

/** Checks and prepares the embedded server before it is used. */
public final class DatabaseServer {
  private static final String WRONG_PASSWORD = "28P01";

  private static final int VALIDATION_SECONDS = 1;

  /** As PostgreSQL makes them. */
  private static final int SALT_BYTES = 16;

  private DatabaseServer() {}

  /** Whether the database accepts connections. */
  public static boolean accepts(DatabaseSettings settings) {
    try (Connection connection = settings.connect()) {
      return connection.isValid(VALIDATION_SECONDS);
    } catch (SQLException e) {
      return false; // not yet
    }
  }

  /**
   * Creates a database on the server unless it exists.
   *
   * @param maintenance settings of a database of the server that always exists
   * @param name a plain lower-case identifier
   */
  public static void ensureDatabase(DatabaseSettings maintenance, String name) {
    try (Connection connection = maintenance.connect()) {
      if (!exists(connection, name)) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("CREATE DATABASE " + name);
        }
      }
    } catch (SQLException e) {
      throw new DatabaseUnavailableException(maintenance, e);
    }
  }

  private static boolean exists(Connection connection, String name) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT FROM pg_database WHERE datname = ?")) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  /**
   * What PostgreSQL stores of a password for SCRAM, with a random salt.
   *
   * @param iterations how much work it is to try a password
   */
  public static String scramVerifier(String password, int iterations) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return PasswordUtil.encodeScramSha256(password.toCharArray(), iterations, salt);
  }

  /** Whether a failure or one of its causes is that the server refused a password. */
  public static boolean isWrongPassword(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException refusal && WRONG_PASSWORD.equals(refusal.getSQLState())) {
        return true;
      }
    }
    return false;
  }
}
