package fr.opendamir.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UsageRecorderTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

  private final List<UsageCount> stored = new ArrayList<>();
  private final FakeClock clock = new FakeClock();
  private boolean isAway;

  private final UsageStore store =
      new UsageStore() {
        @Override
        public Uni<Void> add(List<UsageCount> counts) {
          return Uni.createFrom()
              .voidItem()
              .invoke(
                  () -> {
                    if (isAway) {
                      throw new IllegalStateException("away");
                    }
                    stored.addAll(counts);
                  });
        }

        @Override
        public Uni<List<UsageCount>> list(LocalDate first, LocalDate last) {
          return Uni.createFrom().item(stored);
        }
      };

  private final UsageRecorder recorder = new UsageRecorder(store, clock, 100);

  @Test
  void whatWasCountedSinceIsWrittenOnce() {
    recorder.answered(Optional.of(1L), "registered", "rest", 5);
    recorder.answered(Optional.of(1L), "registered", "rest", 0);
    recorder.refused(Optional.of(1L), "registered", "rest");
    flush();
    flush();
    assertThat(stored)
        .containsExactly(new UsageCount(TODAY, Optional.of(1L), "registered", "rest", 3, 5, 1));
    recorder.answered(Optional.of(1L), "registered", "rest", 2);
    flush();
    assertThat(stored.get(1))
        .isEqualTo(new UsageCount(TODAY, Optional.of(1L), "registered", "rest", 1, 2, 0));
  }

  @Test
  void nothingIsLostWhileTheStoreIsAway() {
    isAway = true;
    for (int i = 0; i < 10; i++) {
      recorder.answered(Optional.empty(), UsageRecorder.ANONYMOUS, "rest", 1);
      assertThatThrownBy(this::flush).hasMessage("away");
    }
    clock.pass(Duration.ofDays(3));
    recorder.answered(Optional.empty(), UsageRecorder.ANONYMOUS, "rest", 1);
    isAway = false;
    flush();
    assertThat(stored)
        .containsExactlyInAnyOrder(
            new UsageCount(TODAY, Optional.empty(), "anonymous", "rest", 10, 10, 0),
            new UsageCount(TODAY.plusDays(3), Optional.empty(), "anonymous", "rest", 1, 1, 0));
    flush();
    assertThat(stored).hasSize(2);
  }

  @Test
  void beyondABoundUsageIsCountedByPlanOnly() {
    for (long id = 1; id <= 1_000; id++) {
      recorder.answered(Optional.of(id), "registered", "rest", 1);
    }
    flush();
    assertThat(stored).hasSize(101);
    assertThat(stored)
        .contains(new UsageCount(TODAY, Optional.empty(), "registered", "rest", 900, 900, 0));
  }

  @Test
  void countsOfManyThreadsAddUpWhileTheyAreFlushed() throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    for (int thread = 0; thread < 4; thread++) {
      threads.execute(
          () -> {
            for (int i = 0; i < 50_000; i++) {
              recorder.answered(Optional.of(i % 7L), "registered", "rest", 3);
            }
          });
    }
    threads.shutdown();
    while (!threads.awaitTermination(1, TimeUnit.MILLISECONDS)) {
      flush();
    }
    flush();
    assertThat(stored.stream().mapToLong(UsageCount::requests).sum()).isEqualTo(200_000);
    assertThat(stored.stream().mapToLong(UsageCount::units).sum()).isEqualTo(600_000);
  }

  private void flush() {
    recorder.flush().await().atMost(Duration.ofSeconds(10));
  }
}
