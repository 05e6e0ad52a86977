package fr.opendamir.store;

import fr.opendamir.ingest.port.ImportRefusedException;
import fr.opendamir.ingest.port.ImportSession;
import fr.opendamir.ingest.port.ImportStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Imports into PostgreSQL, one at a time: a session holds an advisory lock on its connection, which
 * the server releases by itself when the process dies.
 */
public final class PgImportStore implements ImportStore {
  private static final long IMPORT_LOCK = 0x6f70656e696d70L;

  private final DatabaseSettings settings;

  /**
   * Imports as the importer, not as the owner.
   *
   * @param settings of the owner's connection
   */
  public PgImportStore(DatabaseSettings settings) {
    this.settings = settings.as(DatabaseRole.IMPORTER);
  }

  @Override
  public ImportSession begin(boolean waitForOthers) {
    Connection connection = null;
    try {
      connection = settings.connect();
      lock(connection, waitForOthers);
      return new PgImportSession(connection);
    } catch (SQLException | RuntimeException e) {
      closeQuietly(connection, e);
      if (e instanceof RuntimeException refused) {
        throw refused;
      }
      throw new DatabaseUnavailableException(settings, e);
    }
  }

  /** Nobody imports, nor goes back to an earlier release, until the connection is closed. */
  static void lock(Connection connection, boolean waitForOthers) throws SQLException {
    String sql =
        waitForOthers ? "SELECT true FROM pg_advisory_lock(?)" : "SELECT pg_try_advisory_lock(?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, IMPORT_LOCK);
      try (ResultSet row = statement.executeQuery()) {
        if (row.next() && !row.getBoolean(1)) {
          throw new ImportRefusedException(
              "another import is running on this database; wait for its end, or start this one with"
                  + " --wait");
        }
      }
    }
  }

  private static void closeQuietly(Connection connection, Exception cause) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        cause.addSuppressed(e);
      }
    }
  }
}
