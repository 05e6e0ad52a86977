package fr.opendamir.store;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Refreshes the releases when an import notifies of a new one. */
@ApplicationScoped
public class ReleaseWatch {
  private static final Logger LOG = Logger.getLogger(ReleaseWatch.class);

  private final PgReleaseCatalog catalog;
  private final Vertx vertx;
  private final PgConnectOptions database;
  private final AwaitedRelease awaited;
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
    this.awaited = new AwaitedRelease(catalog::awaited, this::runAfter, this::refresh);
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

  private void runAfter(long millis, Runnable work) {
    var unused = vertx.setTimer(millis, id -> work.run());
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
                      done -> awaited.lookedUp(),
                      e -> {
                        LOG.debugf("releases cannot be read: %s", e.getMessage());
                        awaited.lookedUp();
                      });
        });
  }
}
