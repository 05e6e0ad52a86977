package fr.opendamir.store;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Hears of changes in the database at once, by notification. Reports every second that there may be
 * changes while notifications cannot be heard, and now and then in case one was lost.
 */
public final class ChangeWatch implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ChangeWatch.class);
  private static final long SECOND = 1_000;

  /** Also while notifications are heard, in case one was lost. */
  private static final int SECONDS_BETWEEN_DOUBTS = 30;

  private final Vertx vertx;
  private final Runnable onDoubt;
  private final PgSubscriber subscriber;
  private final long timer;
  private int seconds;
  private boolean wasHeard;

  /**
   * Starts to listen.
   *
   * @param onChange takes the payload of a notification
   * @param onDoubt called where changes may have been missed
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
            .closeHandler(closed -> LOG.debugf("%s is no longer heard", channel));
    subscriber.channel(channel).handler(onChange::accept);
    subscriber
        .connect()
        .onFailure(e -> LOG.warnf("%s is not heard, but polled: %s", channel, e.getMessage()));
    this.timer = vertx.setPeriodic(SECOND, id -> tick());
  }

  private void tick() {
    boolean isHeard = subscriber.actualConnection() != null;
    seconds++;
    // Changes that were missed are found by the first look afterwards.
    if (!isHeard || !wasHeard || seconds % SECONDS_BETWEEN_DOUBTS == 0) {
      onDoubt.run();
    }
    wasHeard = isHeard;
  }

  @Override
  public void close() {
    var unused = vertx.cancelTimer(timer);
    subscriber.close();
  }
}
