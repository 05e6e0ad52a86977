package fr.opendamir.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WrongKeysTest {
  private static final int QUOTA = 3;

  private final ManualClock clock = new ManualClock();
  private final WrongKeys wrongKeys =
      new WrongKeys(new Quota(QUOTA, Duration.ofMinutes(1)), 1000, clock);

  @Test
  void afterSoManyNothingOfTheNetworkIsCheckedUntilTheWindowEnds() {
    for (int i = 0; i < QUOTA; i++) {
      assertThat(wrongKeys.refusal("a")).isEmpty();
      wrongKeys.add("a");
    }
    clock.advance(Duration.ofSeconds(20));
    Grant refusal = wrongKeys.refusal("a").orElseThrow();
    assertThat(refusal.violated()).containsExactly("wrong-keys");
    assertThat(refusal.retryAfterSeconds()).isEqualTo(40);
    assertThat(wrongKeys.refusal("b")).isEmpty();
    clock.advance(Duration.ofSeconds(40));
    assertThat(wrongKeys.refusal("a")).isEmpty();
  }

  @Test
  void whatIsRightTakesNothing() {
    for (int i = 0; i < 2 * QUOTA; i++) {
      assertThat(wrongKeys.refusal("a")).isEmpty();
    }
  }
}
