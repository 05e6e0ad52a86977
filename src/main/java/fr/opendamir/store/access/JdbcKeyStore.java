package fr.opendamir.store.access;

import fr.opendamir.access.KeyRecord;
import fr.opendamir.access.KeyStore;
import fr.opendamir.access.NewKey;
import fr.opendamir.store.DatabaseRole;
import fr.opendamir.store.DatabaseSettings;
import fr.opendamir.store.DatabaseUnavailableException;
import io.smallrye.mutiny.Uni;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keys for commands, which run without Hibernate: a blocking connection for each thing asked. */
public final class JdbcKeyStore implements KeyStore {
  private static final String COLUMNS =
      "id, prefix, owner, plan, created_at, expires_at, revoked_at, replaced_by";

  private final DatabaseSettings settings;

  /**
   * Works as the role of access.
   *
   * @param owner settings of the owner
   */
  public JdbcKeyStore(DatabaseSettings owner) {
    this.settings = owner.as(DatabaseRole.ACCESS);
  }

  @FunctionalInterface
  private interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  @Override
  public Uni<KeyRecord> create(NewKey key) {
    return run(connection -> insert(connection, key));
  }

  @Override
  public Uni<Optional<KeyRecord>> find(String hash) {
    return run(
        connection ->
            query(
                    connection,
                    """
                    -- name: a key by its hash
                    SELECT %s FROM control.api_key WHERE hash = ?
                    """
                        .formatted(COLUMNS),
                    hash)
                .stream()
                .findFirst());
  }

  @Override
  public Uni<List<KeyRecord>> list() {
    return run(
        connection ->
            query(
                connection,
                """
                -- name: all keys
                SELECT %s FROM control.api_key ORDER BY id
                """
                    .formatted(COLUMNS)));
  }

  @Override
  public Uni<Boolean> revoke(long id, Instant at) {
    return run(
        connection ->
            update(
                    connection,
                    """
                    -- name: revoke a key
                    UPDATE control.api_key SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL
                    """,
                    utc(at),
                    id)
                > 0);
  }

  @Override
  public Uni<Optional<KeyRecord>> rotate(long id, NewKey successor, Instant worksUntil) {
    return run(
        connection -> {
          connection.setAutoCommit(false);
          KeyRecord added = insert(connection, successor);
          int updated =
              update(
                  connection,
                  """
                  -- name: replace a key
                  UPDATE control.api_key SET replaced_by = ?, expires_at = ?
                  WHERE id = ? AND revoked_at IS NULL AND replaced_by IS NULL
                  """,
                  added.id(),
                  utc(worksUntil),
                  id);
          if (updated == 0) {
            connection.rollback();
            return Optional.empty();
          }
          connection.commit();
          return Optional.of(added);
        });
  }

  private <T> Uni<T> run(Work<T> work) {
    return Uni.createFrom()
        .item(
            () -> {
              try (Connection connection = settings.connect()) {
                return work.run(connection);
              } catch (SQLException e) {
                throw new DatabaseUnavailableException(settings, e);
              }
            });
  }

  private static KeyRecord insert(Connection connection, NewKey key) throws SQLException {
    return query(
            connection,
            """
            -- name: a new key
            INSERT INTO control.api_key (hash, prefix, owner, plan, created_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?::timestamptz) RETURNING %s
            """
                .formatted(COLUMNS),
            key.hash(),
            key.prefix(),
            key.owner(),
            key.plan(),
            utc(key.createdAt()),
            key.expiresAt().map(JdbcKeyStore::utc).orElse(null))
        .get(0);
  }

  private static List<KeyRecord> query(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, parameters);
        ResultSet row = statement.executeQuery()) {
      List<KeyRecord> found = new ArrayList<>();
      while (row.next()) {
        found.add(
            new KeyRecord(
                row.getLong("id"),
                row.getString("prefix"),
                row.getString("owner"),
                row.getString("plan"),
                instant(row, "created_at").orElseThrow(),
                instant(row, "expires_at"),
                instant(row, "revoked_at"),
                Optional.ofNullable(row.getObject("replaced_by", Long.class))));
      }
      return found;
    }
  }

  private static int update(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
