package fr.opendamir.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StreamPaceTest {
  private final StreamPace pace = new StreamPace(Duration.ofSeconds(30), 16_384);

  private long secondsLeft(long seconds, long bytes) {
    return TimeUnit.NANOSECONDS.toSeconds(pace.nanosLeft(TimeUnit.SECONDS.toNanos(seconds), bytes));
  }

  @Test
  void whoReadsNothingHasTheStallLimit() {
    assertThat(secondsLeft(0, 0)).isEqualTo(30);
    assertThat(secondsLeft(29, 0)).isEqualTo(1);
    assertThat(secondsLeft(31, 0)).isEqualTo(-1);
  }

  @Test
  void whatWasReadIsToTheCreditOfTheClient() {
    assertThat(secondsLeft(100, 100 * 16_384)).as("at the least rate").isEqualTo(30);
    assertThat(secondsLeft(100, 5_500 * 100)).as("5.5 kB a second").isNegative();
    assertThat(secondsLeft(0, Long.MAX_VALUE)).isPositive();
  }

  @Test
  void aRateOfNothingIsRefused() {
    assertThatThrownBy(() -> new StreamPace(Duration.ofSeconds(1), 0))
        .hasMessageContaining("opendamir.http.least-rate");
  }
}
