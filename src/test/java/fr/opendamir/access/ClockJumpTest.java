package fr.opendamir.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The clock of the machine is set forward and back by days while the service runs. What is left to
 * the clock is what it is asked for: whether a key has expired, and the day of usage. Limits and
 * waiting times do not ask it (ArchitectureTest).
 */
class ClockJumpTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

  private final FakeClock clock = new FakeClock();
  private final FakeKeyStore store = new FakeKeyStore();
  private final ManualClock nanos = new ManualClock();
  private final KeyRegistry registry = new KeyRegistry(store, Set.of("registered"), clock);
  private final Keys keys = new Keys(store, clock, nanos::getAsLong);

  @Test
  void aKeyWithoutExpiryWorksWhateverTheClockSays() {
    String key = issue(Optional.empty());
    assertThat(check(key)).isInstanceOf(KeyCheck.Valid.class);
    for (int days : List.of(400, -800, 400)) {
      clock.pass(Duration.ofDays(days));
      assertThat(check(key)).isInstanceOf(KeyCheck.Valid.class);
    }
    assertThat(store.lookUps).as("memory goes by another clock").hasValue(1);
  }

  @Test
  void anExpiredKeyIsAskedForAgainByNobodyAndWorksOnceTheClockIsRight() {
    String key = issue(Optional.of(Duration.ofDays(30)));
    clock.pass(Duration.ofDays(31));
    assertThat(check(key)).isInstanceOf(KeyCheck.Expired.class);
    clock.pass(Duration.ofDays(-31));
    assertThat(check(key)).isInstanceOf(KeyCheck.Valid.class);
  }

  @Test
  void aRevokedKeyStaysRevokedWhenTheClockIsSetBack() {
    String key = issue(Optional.empty());
    var unused = registry.revoke(key).await().atMost(LIMIT);
    clock.pass(Duration.ofDays(-10));
    assertThat(check(key)).isInstanceOf(KeyCheck.Revoked.class);
  }

  @Test
  void everyRequestIsCountedOnceOnTheDayThatTheClockShowed() {
    List<UsageCount> stored = new ArrayList<>();
    UsageRecorder recorder = new UsageRecorder(storing(stored), clock, 100);
    for (int days : List.of(0, 5, -5, -3, 3)) {
      clock.pass(Duration.ofDays(days));
      recorder.answered(Optional.empty(), UsageRecorder.ANONYMOUS, "rest", 1);
      recorder.flush().await().atMost(LIMIT);
    }
    assertThat(stored)
        .extracting(UsageCount::day)
        .containsExactly(TODAY, TODAY.plusDays(5), TODAY, TODAY.minusDays(3), TODAY);
    assertThat(stored).allMatch(count -> count.requests() == 1 && count.units() == 1);
  }

  private static UsageStore storing(List<UsageCount> stored) {
    return new UsageStore() {
      @Override
      public Uni<Void> add(List<UsageCount> counts) {
        return Uni.createFrom().voidItem().invoke(() -> stored.addAll(counts));
      }

      @Override
      public Uni<List<UsageCount>> list(LocalDate first, LocalDate last) {
        return Uni.createFrom().item(stored);
      }
    };
  }

  private String issue(Optional<Duration> validity) {
    return registry
        .create("Ada", "registered", validity.map(clock.instant()::plus))
        .await()
        .atMost(LIMIT)
        .text()
        .reveal();
  }

  private KeyCheck check(String key) {
    return keys.check(key).await().atMost(LIMIT);
  }
}
