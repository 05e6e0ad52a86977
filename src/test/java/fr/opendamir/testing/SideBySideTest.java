package fr.opendamir.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SideBySideTest {
  private static final List<Integer> NUMBERS = IntStream.range(0, 100).boxed().toList();

  @Test
  void resultsAreInTheOrderOfTheThings() {
    assertThat(SideBySide.results(NUMBERS, number -> 2 * number))
        .isEqualTo(NUMBERS.stream().map(number -> 2 * number).toList());
  }

  /** Each waits for all the others. */
  @Test
  void asManyRunAtATimeAsThereAreProcessors() {
    int processors = Runtime.getRuntime().availableProcessors();
    CountDownLatch running = new CountDownLatch(processors);
    SideBySide.check(
        NUMBERS.subList(0, processors),
        number -> {
          running.countDown();
          assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
        });
  }

  /** Whichever is over first. */
  @Test
  void theFirstFailureInOrderIsToldWithItsThing() {
    AtomicInteger checked = new AtomicInteger();
    assertThatThrownBy(
            () ->
                SideBySide.check(
                    NUMBERS,
                    number -> {
                      checked.incrementAndGet();
                      assertThat(number).as("of the test").isNotIn(41, 42, 97);
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("41: ")
        .hasMessageContaining("of the test")
        .hasCauseInstanceOf(AssertionError.class);
    assertThat(checked.get()).isGreaterThanOrEqualTo(42);
  }

  @Test
  void nothingRunsAfterwards() {
    AtomicInteger running = new AtomicInteger();
    assertThatThrownBy(
            () ->
                SideBySide.check(
                    NUMBERS,
                    number -> {
                      running.incrementAndGet();
                      try {
                        assertThat(number).isNotEqualTo(3);
                        TimeUnit.MILLISECONDS.sleep(20);
                      } finally {
                        running.decrementAndGet();
                      }
                    }))
        .hasMessageStartingWith("3: ");
    assertThat(running).hasValue(0);
  }
}
