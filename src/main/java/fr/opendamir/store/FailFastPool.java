package fr.opendamir.store;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Creates pools with a short connection timeout. The default of half a minute is longer than most
 * clients wait. Quarkus finds one bean per datasource.
 */
abstract class FailFastPool implements PgPoolCreator {
  /** How long to wait for a connection, new or returned by another request. */
  private static final int TIMEOUT_SECONDS = 5;

  @Override
  public Pool create(Input input) {
    return PgBuilder.pool()
        .with(
            input
                .poolOptions()
                .setConnectionTimeout(TIMEOUT_SECONDS)
                .setConnectionTimeoutUnit(TimeUnit.SECONDS))
        .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
        .using(input.vertx())
        .build();
  }

  @Singleton
  static class Control extends FailFastPool {}

  @Singleton
  @ReactiveDataSource("figures")
  static class Figures extends FailFastPool {}
}
