package fr.opendamir.store.access;

import fr.opendamir.access.KeyRecord;
import fr.opendamir.access.KeyStore;
import fr.opendamir.access.NewKey;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Keys in the database, for the service and for commands. A trigger notifies of changes. */
@ApplicationScoped
class PgKeyStore implements KeyStore {
  private static final String COLUMNS =
      "id, prefix, owner, plan, created_at, expires_at, revoked_at, replaced_by";

  private static final String CREATE =
      """
      -- name: a new key
      INSERT INTO control.api_key (hash, prefix, owner, plan, created_at, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6) RETURNING %s
      """
          .formatted(COLUMNS);

  /** One statement, so that the new key exists only if it replaced the old one. */
  private static final String ROTATE =
      """
      -- name: replace a key
      WITH old AS (
        SELECT id AS old_id FROM control.api_key
        WHERE id = $7 AND revoked_at IS NULL AND replaced_by IS NULL FOR UPDATE
      ), added AS (
        INSERT INTO control.api_key (hash, prefix, owner, plan, created_at, expires_at)
        SELECT $1::text, $2::text, $3::text, $4::text, $5::timestamptz, $6::timestamptz FROM old
        RETURNING %s
      ), replaced AS (
        UPDATE control.api_key AS key SET replaced_by = added.id, expires_at = $8
        FROM old, added WHERE key.id = old_id
      )
      SELECT * FROM added
      """
          .formatted(COLUMNS);

  private final Pool pool;

  PgKeyStore(@ReactiveDataSource("access") Pool pool) {
    this.pool = pool;
  }

  @Override
  public Uni<KeyRecord> create(NewKey key) {
    return query(CREATE, values(key)).map(keys -> keys.get(0));
  }

  @Override
  public Uni<Optional<KeyRecord>> find(String hash) {
    return query(
            """
            -- name: a key by its hash
            SELECT %s FROM control.api_key WHERE hash = $1
            """
                .formatted(COLUMNS),
            Tuple.of(hash))
        .map(keys -> keys.stream().findFirst());
  }

  @Override
  public Uni<List<KeyRecord>> list() {
    return query(
        """
        -- name: all keys
        SELECT %s FROM control.api_key ORDER BY id
        """
            .formatted(COLUMNS),
        Tuple.tuple());
  }

  @Override
  public Uni<Boolean> revoke(long id, Instant at) {
    return pool.preparedQuery(
            """
            -- name: revoke a key
            UPDATE control.api_key SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL
            """)
        .execute(Tuple.of(id, utc(at)))
        .map(updated -> updated.rowCount() > 0);
  }

  @Override
  public Uni<Optional<KeyRecord>> rotate(long id, NewKey successor, Instant worksUntil) {
    return query(ROTATE, values(successor).addLong(id).addOffsetDateTime(utc(worksUntil)))
        .map(keys -> keys.stream().findFirst());
  }

  private Uni<List<KeyRecord>> query(String sql, Tuple parameters) {
    return pool.preparedQuery(sql)
        .mapping(PgKeyStore::record)
        .execute(parameters)
        .map(rows -> rows.stream().toList());
  }

  private static Tuple values(NewKey key) {
    return Tuple.of(key.hash(), key.prefix(), key.owner(), key.plan(), utc(key.createdAt()))
        .addOffsetDateTime(key.expiresAt().map(PgKeyStore::utc).orElse(null));
  }

  private static KeyRecord record(Row row) {
    return new KeyRecord(
        row.getLong("id"),
        row.getString("prefix"),
        row.getString("owner"),
        row.getString("plan"),
        row.getOffsetDateTime("created_at").toInstant(),
        Optional.ofNullable(row.getOffsetDateTime("expires_at")).map(OffsetDateTime::toInstant),
        Optional.ofNullable(row.getOffsetDateTime("revoked_at")).map(OffsetDateTime::toInstant),
        Optional.ofNullable(row.getLong("replaced_by")));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
