package fr.opendamir.store;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Refreshes the releases when an import notifies of a new one. */
@ApplicationScoped
public class ReleaseWatch {
  private static final Logger LOG = Logger.getLogger(ReleaseWatch.class);

  /**
   * Milliseconds between checks whether the segments of a new release have been fetched. The first
   * checks follow sooner: a service that starts with all segments on its disk has them at once.
   */
  private static final long SHORTEST_PAUSE = 10;

  private static final long LONGEST_PAUSE = 200;

  private final PgReleaseCatalog catalog;
  private final Vertx vertx;
  private final PgConnectOptions database;
  private final AtomicBoolean isScheduled = new AtomicBoolean();
  private final AtomicReference<String> awaited = new AtomicReference<>();
  private final AtomicLong pause = new AtomicLong(SHORTEST_PAUSE);
  private ChangeWatch watch;

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
    watch =
        new ChangeWatch(vertx, database, Publication.CHANNEL, payload -> refresh(), this::refresh);
    refresh();
  }

  void stop(@Observes ShutdownEvent event) {
    if (watch != null) {
      watch.close();
    }
  }

  /** The newest release, if it is published and its segments have not all been fetched yet. */
  public Optional<String> awaited() {
    return catalog.awaited();
  }

  private void refresh() {
    OwnContext.run(
        vertx,
        () -> {
          var unused =
              catalog
                  .refresh()
                  .subscribe()
                  .with(
                      done -> await(),
                      e -> {
                        LOG.debugf("releases cannot be read: %s", e.getMessage());
                        await();
                      });
        });
  }

  /** Schedules another refresh while a release is published that cannot be served yet. */
  private void await() {
    String now = catalog.awaited().orElse(null);
    String before = awaited.getAndSet(now);
    if (now != null && before == null) {
      LOG.infof("release %s will be served when its segments have been fetched", now);
    } else if (now == null && before != null) {
      LOG.infof("the segments of release %s have been fetched", before);
    }
    if (now == null) {
      pause.set(SHORTEST_PAUSE);
    } else if (isScheduled.compareAndSet(false, true)) {
      var unused =
          vertx.setTimer(
              pause.getAndUpdate(millis -> Math.min(2 * millis, LONGEST_PAUSE)),
              id -> {
                isScheduled.set(false);
                refresh();
              });
    }
  }
}
