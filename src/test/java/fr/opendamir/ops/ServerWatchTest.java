package fr.opendamir.ops;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.testing.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When a server that died is started. KilledProcessesIT and FullDiskIT have a real one. */
class ServerWatchTest {
  private static final Duration INTERVAL = Duration.ofMillis(20);
  private static final Duration LONGEST = Duration.ofMillis(160);
  private static final int FAILURES = 6;

  private final AtomicBoolean isRunning = new AtomicBoolean(true);
  private final AtomicInteger checks = new AtomicInteger();
  private final List<Long> starts = new CopyOnWriteArrayList<>();

  @Test
  void itIsStartedAgainForAsLongAsItTakesAndEverMoreSeldom() {
    ServerWatch watch = new ServerWatch(this::isRunning, this::start, INTERVAL, LONGEST);
    try {
      awaitChecks(3);
      assertThat(starts).as("it runs").isEmpty();
      isRunning.set(false);
      Eventually.isTrue(() -> starts.size() == FAILURES + 1);
      assertThat(isRunning).isTrue();
      awaitChecks(3);
      assertThat(starts).as("it runs again").hasSize(FAILURES + 1);
      assertThat(pause(FAILURES)).isGreaterThanOrEqualTo(LONGEST.toNanos() * 9 / 10);
    } finally {
      watch.close();
    }
    int checked = checks.get();
    isRunning.set(false);
    assertThat(checks).as("nobody watches: its thread has ended").hasValue(checked);
    assertThat(starts).hasSize(FAILURES + 1);
  }

  private Optional<String> start() {
    boolean hasRoom = starts.size() >= FAILURES;
    isRunning.set(hasRoom);
    starts.add(System.nanoTime());
    return hasRoom ? Optional.empty() : Optional.of("no room");
  }

  private boolean isRunning() {
    checks.incrementAndGet();
    return isRunning.get();
  }

  private void awaitChecks(int count) {
    int before = checks.get();
    Eventually.isTrue(() -> checks.get() >= before + count);
  }

  /** Between a start and the one before it, in ns. */
  private long pause(int number) {
    return starts.get(number) - starts.get(number - 1);
  }
}
