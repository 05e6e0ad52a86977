package fr.opendamir.store;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A pool whose users are told soon that there is no connection for them: its own patience is half a
 * minute, longer than that of most readers.
 */
abstract class ImpatientPool implements PgPoolCreator {
  /** For a connection, be it another's that gets free, or a new one. */
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
}
