package fr.opendamir.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LocalAllowancesTest {
  private final ManualClock clock = new ManualClock();
  private final LocalAllowances allowances = new LocalAllowances(1000, clock);
  private final Caller caller = Caller.ofNetwork("a", TestPlans.ANONYMOUS);

  @Test
  void whatIsTakenIsMissingUntilTheWindowEnds() {
    Grant first = allowances.takeHere(caller, 3);
    assertThat(first.isGranted()).isTrue();
    assertThat(first.policies())
        .containsExactly(
            new PolicyStanding("burst", 60, 60, 57, 60),
            new PolicyStanding("daily", 5000, 86400, 4997, 86400));
    clock.advance(Duration.ofMillis(19_500));
    assertThat(allowances.standingHere(caller).get(0))
        .isEqualTo(new PolicyStanding("burst", 60, 60, 57, 41));
    clock.advance(Duration.ofMillis(40_500));
    assertThat(allowances.standingHere(caller))
        .containsExactly(
            new PolicyStanding("burst", 60, 60, 60, 0),
            new PolicyStanding("daily", 5000, 86400, 4997, 86340),
            new PolicyStanding("requests", 600, 60, 600, 0));
  }

  /** A /48 has 65,536 networks: each with an allowance of its own, it would have no limit. */
  @Test
  void theNetworksOfASiteHaveALargerAllowanceTogether() {
    Plan plan = TestPlans.plan(60, 5000);
    int granted = 0;
    for (int network = 0; network < 10; network++) {
      granted +=
          allowances.takeHere(TestPlans.ofSite("n" + network, plan, 2), 50).isGranted() ? 1 : 0;
    }
    assertThat(granted).isEqualTo(2);
    Caller late = TestPlans.ofSite("late", plan, 2);
    clock.advance(Duration.ofSeconds(10));
    Grant refused = allowances.takeHere(late, 50);
    assertThat(refused.violated()).containsExactly("site-burst");
    assertThat(refused.retryAfterSeconds()).isEqualTo(50);
    assertThat(refused.policies())
        .contains(
            new PolicyStanding("burst", 60, 60, 60, 0),
            new PolicyStanding("site-burst", 120, 60, 20, 50));
    assertThat(allowances.takeHere(late, 20).isGranted()).isTrue();
    allowances.refund(late, 20, 5);
    assertThat(allowances.standingHere(late))
        .extracting(PolicyStanding::name, PolicyStanding::remaining)
        .containsExactly(
            tuple("burst", 55L),
            tuple("daily", 4995L),
            tuple("requests", 600L),
            tuple("site-burst", 15L),
            tuple("site-daily", 9895L),
            tuple("site-requests", 1200L));
  }

  @Test
  void theNetworksOfASiteShareRequestsAndARefusalTakesNone() {
    Plan plan = TestPlans.plan(60, 5000);
    Caller one = TestPlans.ofSite("one", plan, 2);
    Caller other = TestPlans.ofSite("other", plan, 2);
    Caller third = TestPlans.ofSite("third", plan, 2);
    for (int i = 0; i < 600; i++) {
      assertThat(allowances.takeRequest(one).isGranted()).isTrue();
      assertThat(allowances.takeRequest(other).isGranted()).isTrue();
    }
    Grant refused = allowances.takeRequest(third);
    assertThat(refused.violated()).containsExactly("site-requests");
    assertThat(refused.policies().get(0).remaining()).isEqualTo(600);
    assertThat(allowances.takeRequest(one).violated()).containsExactly("requests");
  }

  @Test
  void aRefusalTakesNothingAndTellsWhatWasViolatedAndHowLongToWait() {
    allowances.takeHere(caller, 50);
    clock.advance(Duration.ofSeconds(10));
    Grant refused = allowances.takeHere(caller, 11);
    assertThat(refused.violated()).containsExactly("burst");
    assertThat(refused.retryAfterSeconds()).isEqualTo(50);
    assertThat(refused.policies().get(0).remaining()).isEqualTo(10);
    assertThat(refused.policies().get(1).remaining()).isEqualTo(4950);
    clock.advance(Duration.ofSeconds(refused.retryAfterSeconds()));
    assertThat(allowances.takeHere(caller, 60).isGranted()).isTrue();
  }

  @Test
  void aDayIsADayWhateverTheMinutesAllow() {
    Caller small = Caller.ofNetwork("small", TestPlans.plan(60, 100));
    assertThat(allowances.takeHere(small, 60).isGranted()).isTrue();
    clock.advance(Duration.ofMinutes(1));
    Grant refused = allowances.takeHere(small, 41);
    assertThat(refused.violated()).containsExactly("daily");
    assertThat(refused.retryAfterSeconds()).isEqualTo(86_340);
    assertThat(refused.policies().get(0).remaining()).as("burst was given back").isEqualTo(60);
    assertThat(allowances.takeHere(small, 40).isGranted()).isTrue();
    assertThat(allowances.takeHere(small, 60).violated()).containsExactly("burst", "daily");
  }

  @Test
  void aPriceAboveTheQuotaTakesAllOfItOnce() {
    assertThat(allowances.takeHere(caller, 200).isGranted()).isTrue();
    assertThat(allowances.standingHere(caller).get(0).remaining()).isZero();
    assertThat(allowances.standingHere(caller).get(1).remaining()).isEqualTo(4800);
    assertThat(allowances.takeHere(caller, 200).violated()).containsExactly("burst");
  }

  @Test
  void whatWasTakenAboveThePriceIsGivenBack() {
    allowances.takeHere(caller, 200);
    allowances.refund(caller, 200, 70);
    assertThat(allowances.standingHere(caller).get(0).remaining()).isZero();
    assertThat(allowances.standingHere(caller).get(1).remaining()).isEqualTo(4930);
    allowances.refund(caller, 60, 20);
    assertThat(allowances.standingHere(caller).get(0).remaining()).isEqualTo(40);
    allowances.refund(caller, 5000, 0);
    assertThat(allowances.standingHere(caller).get(0).remaining()).isEqualTo(60);
    assertThat(allowances.standingHere(caller).get(1).remaining()).isEqualTo(5000);
  }

  @Test
  void requestsAreCountedApart() {
    for (int i = 0; i < 600; i++) {
      assertThat(allowances.takeRequest(caller).isGranted()).isTrue();
    }
    Grant refused = allowances.takeRequest(caller);
    assertThat(refused.violated()).containsExactly("requests");
    assertThat(refused.retryAfterSeconds()).isEqualTo(60);
    assertThat(allowances.takeHere(caller, 1).isGranted()).isTrue();
  }

  @Test
  void aPriceOfNothingIsAMistake() {
    assertThatThrownBy(() -> allowances.takeHere(caller, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void manyCallersDoNotTakeMoreMemoryThanIsGiven() {
    for (int i = 0; i < 50_000; i++) {
      allowances.takeHere(Caller.ofNetwork("flood-" + i, TestPlans.ANONYMOUS), 1);
    }
    assertThat(allowances.size()).isLessThanOrEqualTo(1000);
  }

  @Test
  void whoKeepsAskingIsNotForgottenForAFloodOfOthers() {
    int granted = 0;
    for (int i = 0; i < 50_000; i++) {
      allowances.takeHere(Caller.ofNetwork("flood-" + i, TestPlans.ANONYMOUS), 1);
      if (i % 50 == 0 && allowances.takeHere(caller, 1).isGranted()) {
        granted++;
      }
    }
    assertThat(granted).isEqualTo(60);
  }

  @Test
  void anotherPlanIsAnotherAllowance() {
    allowances.takeHere(caller, 60);
    Caller promoted = Caller.ofNetwork("a", TestPlans.plan(600, 6000));
    assertThat(allowances.takeHere(promoted, 600).isGranted()).isTrue();
  }

  /** In no window is more granted than its quota, whatever is asked and when. */
  @Test
  void noWindowGrantsMoreThanItsQuota() {
    Random random = new Random(6);
    for (int round = 0; round < 50; round++) {
      Caller one = Caller.ofNetwork("round-" + round, TestPlans.plan(60, 300));
      long start = clock.getAsLong();
      long day = 0;
      long minute = 0;
      long window = 0;
      for (int i = 0; i < 2000; i++) {
        clock.advance(Duration.ofMillis(random.nextInt(2000)));
        long now = (clock.getAsLong() - start) / 60_000_000_000L;
        if (now != window) {
          window = now;
          minute = 0;
        }
        // The first take starts the windows.
        if (day == 0) {
          start = clock.getAsLong();
          window = 0;
        }
        int units = 1 + random.nextInt(9);
        if (allowances.takeHere(one, units).isGranted()) {
          minute += units;
          day += units;
        }
        assertThat(minute).isLessThanOrEqualTo(60);
      }
      assertThat(day).isBetween(292L, 300L);
    }
  }

  @Test
  void threadsTogetherGetTheQuotaToTheUnit() throws InterruptedException {
    Caller shared = Caller.ofNetwork("shared", TestPlans.plan(1000, 100_000));
    AtomicLong granted = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 1000; i++) {
                  granted.addAndGet(allowances.takeHere(shared, 1).isGranted() ? 1 : 0);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(granted).hasValue(1000);
  }
}
