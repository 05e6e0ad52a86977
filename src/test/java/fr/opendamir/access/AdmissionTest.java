package fr.opendamir.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final ManualClock clock = new ManualClock();
  private final List<Question> started = new ArrayList<>();
  private int questions;

  /** A question whose work ends when the test says so. */
  private final class Question {
    final int id = questions++;
    final Caller caller;
    UniEmitter<? super String> work;
    String answer;
    Throwable failure;
    Cancellable subscription;

    Question(Admission admission, String name, int priority) {
      caller = Caller.ofKey(name, TestPlans.ofPriority(priority, 3));
      subscription =
          admission
              .run(
                  caller,
                  () -> {
                    started.add(this);
                    return Uni.createFrom().<String>emitter(emitter -> work = emitter);
                  })
              .subscribe()
              .with(text -> answer = text, e -> failure = e);
    }

    boolean isOver() {
      return answer != null || failure != null;
    }
  }

  @Test
  void soManyAreInWorkAndTheOthersWaitByPriorityThenArrival() {
    Admission admission = admission(1, 10);
    Question first = new Question(admission, "a", 0);
    Question low = new Question(admission, "b", 0);
    Question high = new Question(admission, "c", 2);
    Question second = new Question(admission, "d", 2);
    assertThat(started).containsExactly(first);
    first.work.complete("done");
    assertThat(first.answer).isEqualTo("done");
    high.work.complete("done");
    second.work.fail(new IllegalStateException("no"));
    assertThat(second.failure).hasMessage("no");
    assertThat(started).containsExactly(first, high, second, low);
    low.work.complete("done");
    assertIdle(admission);
  }

  @Test
  void aFullLineRefusesAndSaysWhenToComeBack() {
    Admission admission = admission(1, 1);
    Question first = new Question(admission, "a", 0);
    new Question(admission, "b", 0);
    Question refused = new Question(admission, "c", 0);
    assertThat(refused.failure).isInstanceOf(OverloadedException.class);
    assertThat(((OverloadedException) refused.failure).retryAfterSeconds()).isPositive();
    first.work.complete("done");
    assertThat(started).hasSize(2);
  }

  @Test
  void inAFullLineAHigherPriorityTakesThePlaceOfTheLastOfTheLowest() {
    Admission admission = admission(1, 2);
    new Question(admission, "a", 0);
    Question earlier = new Question(admission, "b", 0);
    Question later = new Question(admission, "c", 0);
    Question high = new Question(admission, "d", 1);
    assertThat(later.failure).isInstanceOf(OverloadedException.class);
    assertThat(earlier.isOver()).isFalse();
    assertThat(high.isOver()).isFalse();
    assertThat(admission.waiting()).isEqualTo(2);
  }

  @Test
  void aWaitThatWouldBeTooLongIsRefusedAtOnce() {
    Admission admission = admission(1, 100);
    Question slow = new Question(admission, "a", 0);
    clock.advance(Duration.ofMillis(900));
    slow.work.complete("done");
    new Question(admission, "b", 0);
    new Question(admission, "c", 0);
    new Question(admission, "d", 0);
    Question refused = new Question(admission, "e", 0);
    assertThat(refused.failure).isInstanceOf(OverloadedException.class);
    assertThat(((OverloadedException) refused.failure).retryAfterSeconds()).isEqualTo(3);
    assertThat(new Question(admission, "f", 1).isOver()).as("it waits for one only").isFalse();
  }

  @Test
  void whoHasWaitedTooLongIsRefused() {
    Admission admission = admission(1, 100);
    new Question(admission, "a", 0);
    Question late = new Question(admission, "b", 0);
    clock.advance(Duration.ofMillis(2001));
    admission.expire();
    assertThat(late.failure).isInstanceOf(OverloadedException.class);
    assertThat(admission.waiting()).isZero();
  }

  @Test
  void oneCallerHasSoManyAtOnce() {
    Admission admission = admission(2, 10);
    Question first = new Question(admission, "a", 0);
    new Question(admission, "a", 0);
    new Question(admission, "a", 0);
    Question fourth = new Question(admission, "a", 0);
    assertThat(fourth.failure).isInstanceOf(TooManyAtOnceException.class);
    assertThat(new Question(admission, "b", 0).isOver()).isFalse();
    first.work.complete("done");
    assertThat(new Question(admission, "a", 0).isOver()).isFalse();
  }

  @Test
  void noCallerHasAllPlacesAndOthersGoPastThoseOfItsQuestionsThatWait() {
    Admission admission = admission(3, 10);
    Question first = new Question(admission, "a", 2);
    new Question(admission, "a", 2);
    Question third = new Question(admission, "a", 2);
    assertThat(started).hasSize(2).doesNotContain(third);
    Question other = new Question(admission, "b", 0);
    assertThat(started).hasSize(3).contains(other);
    Question late = new Question(admission, "b", 0);
    other.work.complete("done");
    assertThat(started).hasSize(4).contains(late);
    first.work.complete("done");
    assertThat(started).hasSize(5).contains(third);
  }

  @Test
  void whoLeavesWhileWaitingIsRemovedAndWhoLeavesWhileInWorkMakesRoom() {
    Admission admission = admission(1, 10);
    Question first = new Question(admission, "a", 0);
    Question second = new Question(admission, "b", 0);
    Question third = new Question(admission, "c", 0);
    second.subscription.cancel();
    assertThat(admission.waiting()).isEqualTo(1);
    first.subscription.cancel();
    assertThat(started).containsExactly(first, third);
    third.subscription.cancel();
    assertIdle(admission);
  }

  @Test
  void workThatThrowsLeavesToo() {
    Admission admission = admission(1, 10);
    Uni<String> broken =
        admission.run(
            Caller.ofKey("a", TestPlans.ofPriority(0, 1)),
            () -> {
              throw new IllegalStateException("no");
            });
    broken.subscribe().with(text -> {}, e -> {});
    assertIdle(admission);
  }

  /**
   * Random arrivals, ends, failures and departures: never too many, in order, nothing left over.
   */
  @Test
  void nothingIsLostWhateverHappens() {
    Random random = new Random(16);
    for (int round = 0; round < 300; round++) {
      started.clear();
      Admission admission = admission(1 + random.nextInt(4), random.nextInt(8));
      int most = concurrencyOf(admission);
      List<Question> open = new ArrayList<>();
      for (int step = 0; step < 200; step++) {
        clock.advance(Duration.ofMillis(random.nextInt(50)));
        if (random.nextInt(100) < 55) {
          open.add(new Question(admission, "caller-" + random.nextInt(6), random.nextInt(3)));
        } else if (!open.isEmpty()) {
          end(open.get(random.nextInt(open.size())), random);
        }
        if (random.nextInt(10) == 0) {
          admission.expire();
        }
        open.removeIf(Question::isOver);
        assertThat(admission.inWork()).isLessThanOrEqualTo(most);
        assertThat(admission.inWork() + admission.waiting()).isLessThanOrEqualTo(most + 8);
        // Who waits has all the places that a caller may have, or there is none.
        boolean isAnyWaiting = admission.waiting() > 0;
        assertThat(isAnyWaiting && admission.inWork() < Math.max(1, most - 1)).isFalse();
        for (Question question : open) {
          assertThat(inWork(open, question.caller)).isLessThanOrEqualTo(Math.max(1, most - 1));
        }
      }
      while (!open.isEmpty()) {
        end(open.get(0), random);
        open.removeIf(Question::isOver);
      }
      assertIdle(admission);
      assertThat(started).doesNotHaveDuplicates();
    }
  }

  /** With everybody waiting at the start, work begins in order of priority, then arrival. */
  @Test
  void theOrderIsThatOfPriorityAndArrival() {
    Random random = new Random(61);
    for (int round = 0; round < 100; round++) {
      started.clear();
      Admission admission = admission(1, 100);
      Question first = new Question(admission, "first", 0);
      for (int i = 0; i < 50; i++) {
        new Question(admission, "caller-" + i, random.nextInt(3));
      }
      first.work.complete("done");
      for (int i = 1; i < started.size(); i++) {
        started.get(i).work.complete("done");
      }
      assertThat(started).hasSize(51);
      for (int i = 2; i < 51; i++) {
        Question before = started.get(i - 1);
        Question after = started.get(i);
        int byPriority =
            Integer.compare(after.caller.plan().priority(), before.caller.plan().priority());
        assertThat(byPriority < 0 || (byPriority == 0 && before.id < after.id)).isTrue();
      }
      assertIdle(admission);
    }
  }

  private static void end(Question question, Random random) {
    if (question.work == null || random.nextInt(4) == 0) {
      question.subscription.cancel();
      question.failure = new IllegalStateException("left");
    } else if (random.nextBoolean()) {
      question.work.complete("done");
    } else {
      question.work.fail(new IllegalStateException("failed"));
    }
  }

  private static long inWork(List<Question> open, Caller caller) {
    return open.stream()
        .filter(question -> question.caller.bucket().equals(caller.bucket()))
        .filter(question -> question.work != null && !question.isOver())
        .count();
  }

  private int concurrencyOf(Admission admission) {
    List<Question> probes = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      probes.add(new Question(admission, "probe-" + i, 0));
    }
    int most = admission.inWork();
    probes.forEach(probe -> probe.subscription.cancel());
    assertIdle(admission);
    started.clear();
    return most;
  }

  private Admission admission(int concurrency, int queue) {
    return new Admission(concurrency, queue, Duration.ofSeconds(2), clock);
  }

  private static void assertIdle(Admission admission) {
    assertThat(admission.inWork()).isZero();
    assertThat(admission.waiting()).isZero();
    assertThat(admission.callers()).isZero();
  }
}
