package fr.opendamir.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Lookups while segments are fetched, with a timer that the test fires. */
class AwaitedReleaseTest {
  private final List<Long> pauses = new ArrayList<>();
  private final Queue<Runnable> scheduled = new ArrayDeque<>();
  private Optional<String> awaited = Optional.empty();
  private int lookups;

  private final AwaitedRelease release =
      new AwaitedRelease(
          () -> awaited,
          (millis, work) -> {
            pauses.add(millis);
            scheduled.add(work);
          },
          this::lookUp);

  private void lookUp() {
    lookups++;
    release.lookedUp();
  }

  private void fire() {
    scheduled.remove().run();
  }

  @Test
  void nothingIsLookedUpAgainWhileNoReleaseIsAwaited() {
    lookUp();

    assertThat(scheduled).isEmpty();
  }

  @Test
  void pausesGrowFromTheShortestToTheLongest() {
    awaited = Optional.of("2024-02-02.1");
    lookUp();
    for (int i = 0; i < 6; i++) {
      fire();
    }

    assertThat(pauses).containsExactly(10L, 20L, 40L, 80L, 160L, 200L, 200L);
    assertThat(lookups).isEqualTo(7);
  }

  /** As a notification does while the timer runs. */
  @Test
  void aLookupBetweenTwoSchedulesNoOther() {
    awaited = Optional.of("2024-02-02.1");
    lookUp();
    lookUp();
    lookUp();
    assertThat(scheduled).hasSize(1);

    fire();
    assertThat(scheduled).hasSize(1);
    assertThat(pauses).containsExactly(10L, 20L);
  }

  @Test
  void theNextReleaseIsLookedUpSoonAgain() {
    awaited = Optional.of("2024-02-02.1");
    lookUp();
    fire();
    fire();
    awaited = Optional.empty();
    fire();
    assertThat(scheduled).isEmpty();

    awaited = Optional.of("2024-03-02.1");
    lookUp();
    assertThat(pauses).containsExactly(10L, 20L, 40L, 10L);
  }
}
