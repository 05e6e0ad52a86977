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
 * A pool that fails soon where no connection is free: its default is half a minute, longer than
 * most clients wait. Quarkus finds one bean per datasource.
 */
abstract class ImpatientPool implements PgPoolCreator {
  /** For a connection, new or returned by another request. */
  private static final int PATIENCE_SECONDS = 5;

  @Override
  public Pool create(Input input) {
    return PgBuilder.pool()
        .with(
            input
                .poolOptions()
                .setConnectionTimeout(PATIENCE_SECONDS)
                .setConnectionTimeoutUnit(TimeUnit.SECONDS))
        .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
        .using(input.vertx())
        .build();
  }

  @Singleton
  static class Control extends ImpatientPool {}

  @Singleton
  @ReactiveDataSource("figures")
  static class Figures extends ImpatientPool {}
}
