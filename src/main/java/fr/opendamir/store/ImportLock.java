package fr.opendamir.store;

import fr.opendamir.ingest.port.ImportRefusedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A connection that holds the advisory lock for changes of the published data; at most one
 * connection to a database has it. The server releases the lock when a process dies, but only some
 * time after a client has closed its connection. Therefore {@link #close} releases it first, so
 * that the next import is never refused because of one that has ended.
 */
final class ImportLock implements AutoCloseable {
  private static final long KEY = 0x6f70656e696d70L;

  private final Connection connection;

  private ImportLock(Connection connection) {
    this.connection = connection;
  }

  /**
   * Connects and takes the lock. Until it is closed, no other process imports or goes back to an
   * earlier release.
   *
   * @param waitForOthers whether to wait while another connection holds it
   * @throws ImportRefusedException if another connection holds it and this one does not wait
   * @throws SQLException if the database does not answer
   */
  static ImportLock acquire(DatabaseSettings settings, boolean waitForOthers) throws SQLException {
    String sql =
        waitForOthers ? "SELECT true FROM pg_advisory_lock(?)" : "SELECT pg_try_advisory_lock(?)";
    ImportLock lock = new ImportLock(settings.connect());
    try {
      if (!lock.call(sql)) {
        throw new ImportRefusedException(
            "another import is running on this database; wait for its end, or start this one with"
                + " --wait");
      }
      return lock;
    } catch (SQLException | RuntimeException e) {
      lock.connection.close();
      throw e;
    }
  }

  Connection connection() {
    return connection;
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      var unused = call("SELECT pg_advisory_unlock(?)");
    }
  }

  private boolean call(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, KEY);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }
}
