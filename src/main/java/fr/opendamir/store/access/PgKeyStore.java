package fr.opendamir.store.access;

import fr.opendamir.access.KeyRecord;
import fr.opendamir.access.KeyStore;
import fr.opendamir.access.NewKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Keys through Hibernate Reactive; changes notify by themselves (a trigger). */
@ApplicationScoped
class PgKeyStore implements KeyStore {
  private final AccessSessions sessions;

  PgKeyStore(AccessSessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public Uni<KeyRecord> create(NewKey key) {
    return sessions.write((session, transaction) -> insert(session, key));
  }

  @Override
  public Uni<Optional<KeyRecord>> find(String hash) {
    return sessions.read(
        session ->
            session
                .createSelectionQuery("from KeyEntity where hash = ?1", KeyEntity.class)
                .setParameter(1, hash)
                .getSingleResultOrNull()
                .map(found -> Optional.ofNullable(found).map(KeyEntity::toRecord)));
  }

  @Override
  public Uni<List<KeyRecord>> list() {
    return sessions.read(
        session ->
            session
                .createSelectionQuery("from KeyEntity order by id", KeyEntity.class)
                .getResultList()
                .map(keys -> keys.stream().map(KeyEntity::toRecord).toList()));
  }

  @Override
  public Uni<Boolean> revoke(long id, Instant at) {
    return sessions.write(
        (session, transaction) ->
            session
                .createMutationQuery(
                    "update KeyEntity set revokedAt = ?1 where id = ?2 and revokedAt is null")
                .setParameter(1, at)
                .setParameter(2, id)
                .executeUpdate()
                .map(updated -> updated > 0));
  }

  @Override
  public Uni<Optional<KeyRecord>> rotate(long id, NewKey successor, Instant worksUntil) {
    return sessions.write(
        (session, transaction) ->
            insert(session, successor)
                .chain(
                    added ->
                        replace(session, id, added.id(), worksUntil)
                            .map(
                                updated -> {
                                  if (updated == 0) {
                                    transaction.markForRollback();
                                    return Optional.empty();
                                  }
                                  return Optional.of(added);
                                })));
  }

  private static Uni<KeyRecord> insert(Mutiny.Session session, NewKey key) {
    KeyEntity entity = KeyEntity.of(key);
    return session.persist(entity).chain(session::flush).map(done -> entity.toRecord());
  }

  private static Uni<Integer> replace(
      Mutiny.Session session, long id, long successor, Instant worksUntil) {
    return session
        .createMutationQuery(
            "update KeyEntity set replacedBy = ?1, expiresAt = ?2"
                + " where id = ?3 and revokedAt is null and replacedBy is null")
        .setParameter(1, successor)
        .setParameter(2, worksUntil)
        .setParameter(3, id)
        .executeUpdate();
  }
}
