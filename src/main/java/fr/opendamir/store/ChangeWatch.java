package fr.opendamir.store;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Receives notifications of changes in the database. Reports that there may be changes every second
 * while notifications cannot be received, and every half a minute in case one was lost.
 */
public final class ChangeWatch implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ChangeWatch.class);
  private static final long SECOND = 1_000;

  /** Also while notifications are received, in case one was lost. */
  private static final int SECONDS_BETWEEN_DOUBTS = 30;

  private final Vertx vertx;
  private final Runnable onDoubt;
  private final PgSubscriber subscriber;
  private final long timer;
  private int seconds;
  private boolean wasConnected;

  /**
   * Starts to listen.
   *
   * @param onChange takes the payload of a notification
   * @param onDoubt called if changes may have been missed
   */
  public ChangeWatch(
      Vertx vertx,
      PgConnectOptions database,
      String channel,
      Consumer<String> onChange,
      Runnable onDoubt) {
    this.vertx = vertx;
    this.onDoubt = onDoubt;
    this.subscriber =
        PgSubscriber.subscriber(vertx, database)
            .reconnectPolicy(retries -> SECOND)
            .closeHandler(
                closed -> LOG.debugf("notifications of %s are no longer received", channel));
    subscriber.channel(channel).handler(onChange::accept);
    subscriber
        .connect()
        .onFailure(
            e ->
                LOG.warnf(
                    "notifications of %s are not received, so it is polled: %s",
                    channel, e.getMessage()));
    this.timer = vertx.setPeriodic(SECOND, id -> tick());
  }

  private void tick() {
    boolean isConnected = subscriber.actualConnection() != null;
    seconds++;
    // After a reconnection there may be changes that were missed.
    if (!isConnected || !wasConnected || seconds % SECONDS_BETWEEN_DOUBTS == 0) {
      onDoubt.run();
    }
    wasConnected = isConnected;
  }

  @Override
  public void close() {
    var unused = vertx.cancelTimer(timer);
    subscriber.close();
  }
}
