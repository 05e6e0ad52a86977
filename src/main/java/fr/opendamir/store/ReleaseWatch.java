package fr.opendamir.store;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Learns of new releases at once: the import notifies, and where notifications cannot be heard the
 * database is asked every second.
 */
@ApplicationScoped
class ReleaseWatch {
  private static final Logger LOG = Logger.getLogger(ReleaseWatch.class);
  private static final long SECOND = 1_000;

  /** Also while notifications are heard, in case one was lost. */
  private static final int SECONDS_BETWEEN_CHECKS = 30;

  private final PgReleaseCatalog catalog;
  private final Vertx vertx;
  private final PgConnectOptions database;
  private PgSubscriber subscriber;
  private long timer;
  private int seconds;
  private boolean wasHeard;

  ReleaseWatch(
      PgReleaseCatalog catalog,
      Vertx vertx,
      @ConfigProperty(name = "quarkus.datasource.reactive.url") String url,
      @ConfigProperty(name = "quarkus.datasource.username") String username,
      @ConfigProperty(name = "quarkus.datasource.password") String password) {
    this.catalog = catalog;
    this.vertx = vertx;
    this.database = PgConnectOptions.fromUri(url).setUser(username).setPassword(password);
  }

  void start(@Observes StartupEvent event) {
    subscriber =
        PgSubscriber.subscriber(vertx, database)
            .reconnectPolicy(retries -> SECOND)
            .closeHandler(closed -> LOG.debug("notifications of releases are no longer heard"));
    subscriber.channel(Publication.CHANNEL).handler(payload -> refresh());
    subscriber.connect().onFailure(e -> LOG.warnf("releases are polled: %s", e.getMessage()));
    timer = vertx.setPeriodic(SECOND, id -> tick());
    refresh();
  }

  void stop(@Observes ShutdownEvent event) {
    if (subscriber != null) {
      var unused = vertx.cancelTimer(timer);
      subscriber.close();
    }
  }

  private void tick() {
    boolean isHeard = subscriber.actualConnection() != null;
    seconds++;
    // What was published while nobody listened is found by the first look after it.
    if (!isHeard || !wasHeard || seconds % SECONDS_BETWEEN_CHECKS == 0) {
      refresh();
    }
    wasHeard = isHeard;
  }

  /** In a context of its own, as sessions must be. */
  private void refresh() {
    Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
    VertxContextSafetyToggle.setContextSafe(context, true);
    context.runOnContext(
        ignored -> {
          var unused =
              catalog
                  .refresh()
                  .subscribe()
                  .with(done -> {}, e -> LOG.debugf("releases cannot be read: %s", e.getMessage()));
        });
  }
}
