package fr.opendamir.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** When a server that died is started. KilledProcessesIT and FullDiskIT have a real one. */
class ServerWatchTest {
  private static final Duration INTERVAL = Duration.ofMillis(20);
  private static final Duration LONGEST = Duration.ofMillis(160);
  private static final int FAILURES = 6;

  private final AtomicBoolean isRunning = new AtomicBoolean(true);
  private final List<Long> starts = new CopyOnWriteArrayList<>();

  @Test
  void itIsStartedAgainForAsLongAsItTakesAndEverMoreSeldom() throws InterruptedException {
    ServerWatch watch = new ServerWatch(isRunning::get, this::start, INTERVAL, LONGEST);
    try {
      Thread.sleep(100);
      assertThat(starts).as("it runs").isEmpty();
      isRunning.set(false);
      awaitStarts(FAILURES + 1);
      assertThat(isRunning).isTrue();
      Thread.sleep(300);
      assertThat(starts).as("it runs again").hasSize(FAILURES + 1);
      assertThat(pause(FAILURES)).isGreaterThanOrEqualTo(LONGEST.toNanos() * 9 / 10);
    } finally {
      watch.close();
    }
    isRunning.set(false);
    Thread.sleep(100);
    assertThat(starts).as("nobody watches").hasSize(FAILURES + 1);
  }

  private Optional<String> start() {
    boolean hasRoom = starts.size() >= FAILURES;
    isRunning.set(hasRoom);
    starts.add(System.nanoTime());
    return hasRoom ? Optional.empty() : Optional.of("no room");
  }

  private void awaitStarts(int count) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (starts.size() < count && System.nanoTime() < end) {
      Thread.sleep(10);
    }
    assertThat(starts).hasSize(count);
  }

  /** Between a start and the one before it, in ns. */
  private long pause(int number) {
    return starts.get(number) - starts.get(number - 1);
  }
}
