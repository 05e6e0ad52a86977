package fr.opendamir.store.access;

import fr.opendamir.store.OwnContext;
import io.quarkus.hibernate.orm.PersistenceUnit;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Sessions as the role of access. Each runs in a context of its own, so that callers need be on
 * none: filters and timers are not, and several callers may wait for one answer.
 */
@ApplicationScoped
class AccessSessions {
  /** The persistence unit and its datasource. */
  static final String NAME = "access";

  private final Mutiny.SessionFactory sessions;
  private final Vertx vertx;

  AccessSessions(@PersistenceUnit(NAME) Mutiny.SessionFactory sessions, Vertx vertx) {
    this.sessions = sessions;
    this.vertx = vertx;
  }

  <T> Uni<T> read(Function<Mutiny.Session, Uni<T>> work) {
    return inOwnContext(() -> sessions.withSession(work));
  }

  <T> Uni<T> write(BiFunction<Mutiny.Session, Mutiny.Transaction, Uni<T>> work) {
    return inOwnContext(() -> sessions.withTransaction(work));
  }

  private <T> Uni<T> inOwnContext(Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .emitter(
            emitter ->
                OwnContext.run(
                    vertx,
                    () -> {
                      var unused =
                          Uni.createFrom()
                              .deferred(() -> work.get())
                              .subscribe()
                              .with(emitter::complete, emitter::fail);
                    }));
  }
}
