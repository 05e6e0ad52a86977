package fr.opendamir.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerCacheTest {
  private static final String TAG = "\"a\"";
  private static final EncodedAnswer ANSWER = answer(TAG);

  private final AnswerCache cache = new AnswerCache(() -> 1);
  private final Work work = new Work();

  /** Work that a test ends, and that counts how often it was started and cancelled. */
  private static final class Work implements Supplier<Uni<EncodedAnswer>> {
    final AtomicInteger started = new AtomicInteger();
    final AtomicInteger cancelled = new AtomicInteger();
    volatile UniEmitter<? super EncodedAnswer> running;

    @Override
    public Uni<EncodedAnswer> get() {
      started.incrementAndGet();
      return Uni.createFrom()
          .<EncodedAnswer>emitter(emitter -> running = emitter)
          .onCancellation()
          .invoke(cancelled::incrementAndGet);
    }
  }

  private static EncodedAnswer answer(String tag) {
    return EncodedAnswer.of(tag, List.of(), "body".getBytes(UTF_8), 1);
  }

  private UniAssertSubscriber<EncodedAnswer> ask() {
    return cache.get(TAG, work).subscribe().withSubscriber(UniAssertSubscriber.create());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void whoeverLeavesTheOthersHaveTheirAnswer(int leaver) {
    List<UniAssertSubscriber<EncodedAnswer>> requests = List.of(ask(), ask(), ask());
    requests.get(leaver).cancel();
    work.running.complete(ANSWER);
    for (int i = 0; i < requests.size(); i++) {
      if (i == leaver) {
        requests.get(i).assertNotTerminated();
      } else {
        requests.get(i).assertCompleted().assertItem(ANSWER);
      }
    }
    assertThat(work.started).hasValue(1);
    assertThat(work.cancelled).hasValue(0);
    assertThat(cache.find(TAG)).contains(ANSWER);
  }

  @Test
  void whenASegmentIsDamagedNeitherKeptAnswersNorThoseOnTheirWayAreUsed() {
    UniAssertSubscriber<EncodedAnswer> before = ask();
    work.running.complete(ANSWER);
    before.assertCompleted();
    cache.forget(null);
    assertThat(cache.find(TAG)).isEmpty();

    UniAssertSubscriber<EncodedAnswer> during = ask();
    UniEmitter<? super EncodedAnswer> begun = work.running;
    cache.forget(null);
    UniAssertSubscriber<EncodedAnswer> after = ask();
    assertThat(work.started).hasValue(3);
    begun.complete(ANSWER);
    during.assertCompleted();
    after.assertNotTerminated();
    assertThat(cache.find(TAG)).isEmpty();

    work.running.complete(ANSWER);
    after.assertCompleted();
    assertThat(cache.find(TAG)).contains(ANSWER);
  }

  @Test
  void workThatNobodyWaitsForIsCancelledAndTheNextRequestStartsAgain() {
    UniAssertSubscriber<EncodedAnswer> first = ask();
    UniAssertSubscriber<EncodedAnswer> second = ask();
    first.cancel();
    assertThat(work.cancelled).hasValue(0);
    second.cancel();
    assertThat(work.cancelled).hasValue(1);
    assertThat(cache.find(TAG)).isEmpty();

    UniAssertSubscriber<EncodedAnswer> third = ask();
    assertThat(work.started).hasValue(2);
    work.running.complete(ANSWER);
    third.assertCompleted().assertItem(ANSWER);
  }

  @Test
  void aRequestThatLeavesTwiceIsCountedOnce() {
    UniAssertSubscriber<EncodedAnswer> first = ask();
    UniAssertSubscriber<EncodedAnswer> second = ask();
    first.cancel();
    first.cancel();
    work.running.complete(ANSWER);
    second.assertCompleted();
  }

  @Test
  void aFailureReachesAllWhoWaitAndIsNotKept() {
    UniAssertSubscriber<EncodedAnswer> first = ask();
    UniAssertSubscriber<EncodedAnswer> second = ask();
    work.running.fail(new IllegalStateException("away"));
    first.assertFailedWith(IllegalStateException.class, "away");
    second.assertFailedWith(IllegalStateException.class, "away");
    UniAssertSubscriber<EncodedAnswer> third = ask();
    work.running.complete(ANSWER);
    third.assertCompleted();
    assertThat(work.started).hasValue(2);
  }

  @Test
  void workThatThrowsFailsAndLeavesNothingBehind() {
    cache
        .get(
            TAG,
            () -> {
              throw new IllegalArgumentException("no plan");
            })
        .subscribe()
        .withSubscriber(UniAssertSubscriber.create())
        .assertFailedWith(IllegalArgumentException.class, "no plan");
    ask();
    assertThat(work.started).hasValue(1);
  }

  @Test
  void anAnswerIsKeptUnderItsOwnTagWhateverWasAskedFor() {
    UniAssertSubscriber<EncodedAnswer> request = ask();
    EncodedAnswer other = answer("\"b\"");
    work.running.complete(other);
    request.assertItem(other);
    assertThat(cache.find(TAG)).isEmpty();
    assertThat(cache.find("\"b\"")).contains(other);
  }

  @Test
  void anAnswerThatIsKeptIsNotComputedAgain() {
    ask();
    work.running.complete(ANSWER);
    ask().assertCompleted().assertItem(ANSWER);
    assertThat(work.started).hasValue(1);
  }

  /** Requests of many threads, a third of which leave at any moment. */
  @Test
  void nobodyWhoStaysEverMissesTheAnswer() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Random seeds = new Random(20261128);
      for (int round = 0; round < 200; round++) {
        AnswerCache own = new AnswerCache(() -> 1);
        List<Future<UniAssertSubscriber<EncodedAnswer>>> stayed = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
          boolean leaves = seeds.nextInt(3) == 0;
          Future<UniAssertSubscriber<EncodedAnswer>> request =
              threads.submit(() -> request(own, threads, leaves));
          if (!leaves) {
            stayed.add(request);
          }
        }
        for (Future<UniAssertSubscriber<EncodedAnswer>> request : stayed) {
          request.get(10, TimeUnit.SECONDS).awaitItem().assertItem(ANSWER);
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static UniAssertSubscriber<EncodedAnswer> request(
      AnswerCache cache, ExecutorService threads, boolean leaves) {
    UniAssertSubscriber<EncodedAnswer> request =
        cache
            .get(TAG, () -> Uni.createFrom().item(ANSWER).emitOn(threads))
            .subscribe()
            .withSubscriber(UniAssertSubscriber.create());
    if (leaves) {
      request.cancel();
    }
    return request;
  }
}
