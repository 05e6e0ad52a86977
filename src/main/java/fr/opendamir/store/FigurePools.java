package fr.opendamir.store;

import fr.opendamir.query.DataUnavailableException;
import fr.opendamir.query.QueryConfig;
import io.quarkus.arc.InjectableInstance;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The databases that are asked for figures: read replicas where there are some, and the primary in
 * their place while they are away or behind, unless it is not to be loaded by readers.
 */
@ApplicationScoped
class FigurePools {
  /** What an answer may take longer than its statements: it waits for a connection first. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** Statements of a stream that may take long, one after the other. */
  private static final int STATEMENTS = 2;

  private final Pool primary;
  private final Optional<Pool> replica;
  private final ReplicaWatch watch;
  private final boolean mayAskPrimary;
  private final Duration limit;

  /** One database alone. */
  FigurePools(Pool primary) {
    this.primary = primary;
    this.replica = Optional.empty();
    this.watch = null;
    this.mayAskPrimary = true;
    this.limit = Duration.ZERO;
  }

  @Inject
  FigurePools(
      @ReactiveDataSource("figures") Pool primary,
      @ReactiveDataSource("replica") InjectableInstance<Pool> replica,
      ReplicaWatch watch,
      @ConfigProperty(name = "opendamir.database.replica-fallback", defaultValue = "primary")
          ReplicaFallback fallback,
      QueryConfig queryConfig) {
    this.primary = primary;
    this.replica =
        replica.getHandle().getBean().isActive() ? Optional.of(replica.get()) : Optional.empty();
    this.watch = watch;
    this.mayAskPrimary = fallback == ReplicaFallback.PRIMARY;
    this.limit =
        Duration.ofSeconds((long) STATEMENTS * queryConfig.statementTimeoutSeconds()).plus(GRACE);
  }

  /**
   * Asks for figures.
   *
   * @param question asks one database
   * @param isWhole whether that database had all imports that were asked for; a replica that is
   *     behind has not
   */
  <T> Uni<T> ask(Function<Pool, Uni<T>> question, Function<T, Uni<Boolean>> isWhole) {
    if (replica.isEmpty()) {
      return question.apply(primary);
    }
    if (watch.isAway()) {
      return mayAskPrimary ? question.apply(primary) : Uni.createFrom().failure(away());
    }
    return question
        .apply(replica.get())
        .ifNoItem()
        .after(limit)
        .failWith(FigurePools::silent)
        .onFailure(Availability::isAway)
        .invoke(watch::noteAway)
        .chain(answer -> isWhole.apply(answer).map(whole -> kept(answer, whole)))
        .onFailure(failure -> mayAskPrimary && Availability.isOfOneServer(failure))
        .recoverWithItem(Optional.empty())
        .chain(
            answer -> answer.map(Uni.createFrom()::item).orElseGet(() -> question.apply(primary)));
  }

  /** An answer that is not whole is passed on where nobody else may be asked. */
  private <T> Optional<T> kept(T answer, boolean isWhole) {
    return isWhole || !mayAskPrimary ? Optional.of(answer) : Optional.empty();
  }

  /** Whether the database that is asked for figures just now has all of these imports. */
  Uni<Boolean> hold(List<Long> imports) {
    if (replica.isEmpty() || (watch.isAway() && mayAskPrimary)) {
      return Uni.createFrom().item(true); // published in the transaction that made the release
    }
    if (watch.isAway()) {
      return Uni.createFrom().failure(away());
    }
    return replica
        .get()
        .preparedQuery(
            """
            -- name: imports that a replica has
            SELECT count(*) FROM figures.published_import WHERE import_id = ANY ($1)
            """)
        .execute(Tuple.of(imports.toArray(Long[]::new)))
        .ifNoItem()
        .after(limit)
        .failWith(FigurePools::silent)
        .onFailure(Availability::isAway)
        .invoke(watch::noteAway)
        .map(rows -> rows.iterator().next().getLong(0) >= imports.size())
        .onFailure(failure -> mayAskPrimary && Availability.isOfOneServer(failure))
        .recoverWithItem(true)
        .onFailure()
        .transform(Availability::translate);
  }

  /** It may be slow, or gone without a word: which of them, {@link ReplicaWatch} finds out. */
  private static DataUnavailableException silent() {
    return new DataUnavailableException(new IllegalStateException("the replica says nothing"));
  }

  private static DataUnavailableException away() {
    return new DataUnavailableException(new IOException("the replica of the database is away"));
  }
}
