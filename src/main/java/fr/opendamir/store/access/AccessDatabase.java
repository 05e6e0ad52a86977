package fr.opendamir.store.access;

import fr.opendamir.access.KeyRefusedException;
import fr.opendamir.access.KeyStore;
import fr.opendamir.access.UsageStore;
import fr.opendamir.store.DatabaseRole;
import fr.opendamir.store.DatabaseSettings;
import fr.opendamir.store.DatabaseUnavailableException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.PoolOptions;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;

/** Keys and usage for commands, which run without Quarkus and wait for each result. */
public final class AccessDatabase implements AutoCloseable {
  private static final String ROOT_CERTIFICATE =
      Path.of(System.getProperty("user.home"), ".postgresql", "root.crt").toString();

  private final DatabaseSettings settings;
  private final Vertx vertx;
  private final Pool pool;

  /**
   * Creates a client with the access role; it connects when it is first used.
   *
   * @param owner the settings of the owner
   */
  public AccessDatabase(DatabaseSettings owner) {
    this.settings = owner.as(DatabaseRole.ACCESS);
    // Names are resolved by the JDK, as in the service.
    System.setProperty("vertx.disableDnsResolver", "true");
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    this.pool =
        Pool.newInstance(
            PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(1))
                .connectingTo(options(settings))
                .using(vertx.getDelegate())
                .build());
  }

  /** Trusts the certificates that the JDBC driver of the other commands trusts by default. */
  private static PgConnectOptions options(DatabaseSettings settings) {
    PgConnectOptions options =
        PgConnectOptions.fromUri(settings.reactiveUrl())
            .setUser(settings.username())
            .setPassword(settings.password());
    switch (options.getSslMode()) {
      case VERIFY_CA, VERIFY_FULL ->
          options
              .setPemTrustOptions(new PemTrustOptions().addCertPath(ROOT_CERTIFICATE))
              .setHostnameVerificationAlgorithm(
                  options.getSslMode() == SslMode.VERIFY_FULL ? "HTTPS" : "");
      default -> options.setTrustAll(true);
    }
    return options;
  }

  public KeyStore keys() {
    return new PgKeyStore(pool);
  }

  public UsageStore usage() {
    return new PgUsageStore(pool);
  }

  /**
   * Waits for a result.
   *
   * @throws KeyRefusedException if the result fails with it
   * @throws DatabaseUnavailableException if it fails otherwise
   */
  public <T> T await(Uni<T> result) {
    return result
        .onFailure(failure -> !(failure instanceof KeyRefusedException))
        .transform(failure -> new DatabaseUnavailableException(settings, exception(failure)))
        .await()
        .indefinitely();
  }

  private static Exception exception(Throwable failure) {
    return failure instanceof Exception exception ? exception : new CompletionException(failure);
  }

  @Override
  public void close() {
    vertx.closeAndAwait();
  }
}
