package fr.opendamir.ops;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Alive is a process whose event loops all answer. One that is blocked for long will not come back
 * by itself: a new process is the remedy. A database that is away is no reason for one.
 */
@Liveness
@ApplicationScoped
class EventLoopCheck implements HealthCheck {
  private final EventLoops loops;
  private final Duration limit;

  EventLoopCheck(EventLoops loops, HealthConfig config) {
    this.loops = loops;
    this.limit = config.eventLoopLimit();
  }

  @Override
  public HealthCheckResponse call() {
    Duration silence = loops.longestSilence();
    if (silence.compareTo(limit) > 0) {
      // A process that was suspended as a whole is given the time to come to itself.
      pause(loops.beat());
      silence = loops.longestSilence();
    }
    return HealthCheckResponse.named("event-loops")
        .status(silence.compareTo(limit) <= 0)
        .withData("count", loops.count())
        .withData("longest_silence_ms", silence.toMillis())
        .build();
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
