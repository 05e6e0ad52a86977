package fr.opendamir.store.access;

import fr.opendamir.access.Keys;
import fr.opendamir.store.ChangeWatch;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Forgets keys when the database notifies of their revocation or replacement. */
@ApplicationScoped
class KeyWatch {
  /** The channel that the trigger of the table notifies. */
  private static final String CHANNEL = "opendamir_key";

  private final Keys keys;
  private final Vertx vertx;
  private final PgConnectOptions database;
  private ChangeWatch watch;

  KeyWatch(
      Keys keys,
      Vertx vertx,
      @ConfigProperty(name = "quarkus.datasource.access.reactive.url") String url,
      @ConfigProperty(name = "quarkus.datasource.access.username") String username,
      @ConfigProperty(name = "quarkus.datasource.access.password") String password) {
    this.keys = keys;
    this.vertx = vertx;
    this.database = PgConnectOptions.fromUri(url).setUser(username).setPassword(password);
  }

  void start(@Observes StartupEvent event) {
    watch =
        new ChangeWatch(
            vertx, database, CHANNEL, id -> keys.changed(Long.parseLong(id)), keys::mayHaveChanged);
  }

  void stop(@Observes ShutdownEvent event) {
    if (watch != null) {
      watch.close();
    }
  }
}
