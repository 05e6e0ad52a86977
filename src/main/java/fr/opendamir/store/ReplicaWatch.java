package fr.opendamir.store;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Watches whether the replica of the database answers, so that questions need not wait to find out.
 * It opens a new connection every second, because a busy pool would not show it.
 */
@ApplicationScoped
public class ReplicaWatch {
  private static final Logger LOG = Logger.getLogger(ReplicaWatch.class);
  private static final long PERIOD = 1_000;
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private final Vertx vertx;
  private final Optional<PgConnectOptions> database;
  private volatile boolean isAway;
  private boolean isProbing;
  private long timer = -1;

  ReplicaWatch(
      Vertx vertx,
      @ConfigProperty(name = "quarkus.datasource.replica.reactive.url") Optional<String> url,
      @ConfigProperty(name = "quarkus.datasource.replica.username") Optional<String> username,
      @ConfigProperty(name = "quarkus.datasource.replica.password") Optional<String> password) {
    this.vertx = vertx;
    this.database =
        url.map(
            address ->
                PgConnectOptions.fromUri(address)
                    .setUser(username.orElse(DatabaseRole.READER.roleName()))
                    .setPassword(password.orElse(""))
                    .setConnectTimeout(Math.toIntExact(LIMIT.toMillis())));
  }

  /** Whether figures should be read at a replica and cannot be. */
  public boolean isAway() {
    return isAway;
  }

  /** A question found out. */
  void noteAway(Throwable failure) {
    if (!isAway) {
      LOG.warnf("the replica of the database is away: %s", failure.getMessage());
    }
    isAway = true;
  }

  void start(@Observes StartupEvent event) {
    database.ifPresent(address -> timer = vertx.setPeriodic(0, PERIOD, id -> probe(address)));
  }

  void stop(@Observes ShutdownEvent event) {
    if (timer >= 0) {
      var unused = vertx.cancelTimer(timer);
    }
  }

  private synchronized void probe(PgConnectOptions address) {
    if (isProbing) {
      return;
    }
    isProbing = true;
    PgConnection.connect(vertx, address)
        .compose(
            connection ->
                connection
                    .query("SELECT 1")
                    .execute()
                    .eventually(() -> connection.close().otherwiseEmpty()))
        .<Void>mapEmpty()
        .timeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(this::probed);
  }

  private synchronized void probed(AsyncResult<Void> answer) {
    isProbing = false;
    if (answer.failed()) {
      noteAway(answer.cause());
    } else if (isAway) {
      LOG.info("the replica of the database is back");
      isAway = false;
    }
  }
}
