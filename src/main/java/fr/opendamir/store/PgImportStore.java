package fr.opendamir.store;

import fr.opendamir.ingest.port.ImportSession;
import fr.opendamir.ingest.port.ImportStore;
import java.sql.SQLException;

/**
 * Imports into PostgreSQL, one at a time: a session holds the {@link ImportLock} on its connection.
 */
public final class PgImportStore implements ImportStore {
  private final DatabaseSettings settings;

  /**
   * Connects as the importer, not as the owner.
   *
   * @param settings the settings of the owner
   */
  public PgImportStore(DatabaseSettings settings) {
    this.settings = settings.as(DatabaseRole.IMPORTER);
  }

  @Override
  public ImportSession begin(boolean waitForOthers) {
    try {
      return new PgImportSession(ImportLock.acquire(settings, waitForOthers));
    } catch (SQLException e) {
      throw new DatabaseUnavailableException(settings, e);
    }
  }
}
