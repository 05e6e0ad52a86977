package fr.opendamir.store.access;

import fr.opendamir.access.UsageConfig;
import fr.opendamir.access.UsageRecorder;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Writes usage to the database every few seconds, and when the service stops. */
@ApplicationScoped
class UsageTimer {
  private static final Logger LOG = Logger.getLogger(UsageTimer.class);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private final UsageRecorder recorder;
  private final Vertx vertx;
  private final Duration interval;
  private long timer;

  UsageTimer(UsageRecorder recorder, Vertx vertx, UsageConfig config) {
    this.recorder = recorder;
    this.vertx = vertx;
    this.interval = config.flushInterval();
  }

  void start(@Observes StartupEvent event) {
    timer = vertx.setPeriodic(interval.toMillis(), id -> flush());
  }

  void stop(@Observes ShutdownEvent event) {
    var unused = vertx.cancelTimer(timer);
    try {
      recorder.flush().await().atMost(STOP_LIMIT);
    } catch (TimeoutException e) {
      LOG.warn("usage since the last flush is lost: the database does not answer");
    } catch (RuntimeException e) {
      LOG.warnf("usage since the last flush is lost: %s", e.getMessage());
    }
  }

  private void flush() {
    var unused =
        recorder
            .flush()
            .subscribe()
            .with(
                done -> {},
                e -> LOG.debugf("usage cannot be written just now: %s", e.getMessage()));
  }
}
