package fr.opendamir.store;

import fr.opendamir.query.DataUnavailableException;
import fr.opendamir.query.WithdrawnRelease;
import fr.opendamir.query.WithdrawnReleases;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** Withdrawn releases through Hibernate Reactive. */
@ApplicationScoped
class PgWithdrawnReleases implements WithdrawnReleases {
  private static final Logger LOG = Logger.getLogger(PgWithdrawnReleases.class);

  /**
   * What was read.
   *
   * @param served which releases were served then; empty before the first time
   */
  private record Known(Optional<List<String>> served, List<WithdrawnRelease> withdrawn) {}

  private final Mutiny.SessionFactory sessions;
  private volatile Known known = new Known(Optional.empty(), List.of());

  PgWithdrawnReleases(Mutiny.SessionFactory sessions) {
    this.sessions = sessions;
  }

  @Override
  public Uni<List<WithdrawnRelease>> list(List<String> served) {
    Known before = known;
    return before.served().filter(served::equals).isPresent()
        ? Uni.createFrom().item(before.withdrawn())
        : sessions
            .withSession(PgWithdrawnReleases::read)
            .invoke(withdrawn -> known = new Known(Optional.of(List.copyOf(served)), withdrawn))
            .onFailure()
            .invoke(PgWithdrawnReleases::log)
            .onFailure()
            .recoverWithItem(before.withdrawn());
  }

  private static void log(Throwable failure) {
    boolean isAway = Availability.translate(failure) instanceof DataUnavailableException;
    LOG.logf(
        isAway ? Logger.Level.DEBUG : Logger.Level.WARN,
        failure,
        "withdrawn releases cannot be read");
  }

  private static Uni<List<WithdrawnRelease>> read(Mutiny.Session session) {
    return session
        .createSelectionQuery(
            "select r.id from ReleaseEntity r where r.status = 'withdrawn' order by"
                + " coalesce(r.withdrawnAt, r.publishedAt) desc, r.sequence desc",
            String.class)
        .setMaxResults(MOST)
        .getResultList()
        .chain(
            ids ->
                session
                    .createSelectionQuery(
                        "select r from ReleaseEntity r left join fetch r.imports where r.id"
                            + " in ?1 order by coalesce(r.withdrawnAt, r.publishedAt) desc,"
                            + " r.sequence desc",
                        ReleaseEntity.class)
                    .setParameter(1, ids)
                    .getResultList())
        .map(releases -> releases.stream().map(ReleaseEntity::toWithdrawn).toList());
  }
}
