package fr.opendamir.ops;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * When each event loop last came to do something: one that is blocked serves none of its readers.
 */
@ApplicationScoped
class EventLoops {
  private static final long MOST_BEAT_MILLIS = 1_000;

  private final Vertx vertx;
  private final long beatMillis;
  private final List<Loop> loops = new ArrayList<>();

  /** One loop; a task on it reports periodically that it runs. */
  private static final class Loop implements Runnable {
    private volatile long lastBeat = System.nanoTime();
    private ScheduledFuture<?> beating;

    @Override
    public void run() {
      lastBeat = System.nanoTime();
    }
  }

  EventLoops(Vertx vertx, HealthConfig config) {
    this.vertx = vertx;
    long limit = config.eventLoopLimit().toMillis();
    if (limit < 100) {
      throw new IllegalArgumentException("opendamir.health.event-loop-limit must be 100ms or more");
    }
    this.beatMillis = Math.min(MOST_BEAT_MILLIS, limit / 4);
  }

  /** What replaces the method of Vert.x is not for its users. */
  @SuppressWarnings("deprecation")
  void start(@Observes StartupEvent event) {
    for (EventExecutor executor : vertx.nettyEventLoopGroup()) {
      Loop loop = new Loop();
      loop.beating =
          executor.scheduleAtFixedRate(loop, beatMillis, beatMillis, TimeUnit.MILLISECONDS);
      loops.add(loop);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    loops.forEach(loop -> loop.beating.cancel(false));
  }

  int count() {
    return loops.size();
  }

  /** How long the quietest of them has been silent. */
  Duration longestSilence() {
    long now = System.nanoTime();
    return Duration.ofNanos(
        loops.stream().mapToLong(loop -> Math.max(0, now - loop.lastBeat)).max().orElse(0));
  }

  /** The time that beats need to get through where nothing is blocked. */
  Duration beat() {
    return Duration.ofMillis(beatMillis);
  }
}
