package fr.opendamir.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StreamPlacesTest {
  private final ManualClock clock = new ManualClock();
  private StreamPlaces places = withPatience(Duration.ofSeconds(2));

  private StreamPlaces withPatience(Duration patience) {
    return new StreamPlaces(2, 1, Duration.ofMinutes(10), Duration.ofMinutes(1), patience, clock);
  }

  private static Caller caller(String name) {
    return Caller.ofKey(name, TestPlans.ofPriority(0, 3));
  }

  @Test
  void aCallerHasSoManyAndOthersHaveTheRest() {
    take("a");
    await("a").assertFailedWith(TooManyAtOnceException.class);
    take("b");
    await("c").assertNotTerminated();
    assertThat(places.taken()).isEqualTo(2);
  }

  @Test
  void theNetworksOfASiteLeaveAPlaceToOthers() {
    Plan plan = TestPlans.ofPriority(0, 3);
    Caller first = Caller.ofNetwork("1", plan).within("site", plan);
    Caller second = Caller.ofNetwork("2", plan).within("site", plan);
    Caller elsewhere = Caller.ofNetwork("3", plan).within("another", plan);
    await(first).assertCompleted();
    await(second).assertFailedWith(TooManyAtOnceException.class);
    await(elsewhere).assertCompleted();
    assertThat(places.taken()).isEqualTo(2);
  }

  @Test
  void aPlaceThatBecomesFreeIsOfTheFirstInLine() {
    StreamPlace first = take("a");
    StreamPlace second = take("b");
    UniAssertSubscriber<StreamPlace> waiting = await("c");
    UniAssertSubscriber<StreamPlace> behind = await("d");
    waiting.assertNotTerminated();
    first.end();
    waiting.assertCompleted();
    behind.assertNotTerminated();
    UniAssertSubscriber<StreamPlace> newcomer = await("e");
    second.end();
    behind.assertCompleted();
    newcomer.assertNotTerminated();
    assertThat(places.taken()).isEqualTo(2);
  }

  @Test
  void aCallerThatMeanwhileHasAllItMayHaveIsOvertaken() {
    StreamPlace first = take("a");
    StreamPlace second = take("b");
    UniAssertSubscriber<StreamPlace> waiting = await("c");
    UniAssertSubscriber<StreamPlace> again = await("c");
    UniAssertSubscriber<StreamPlace> other = await("d");
    first.end();
    waiting.assertCompleted();
    second.end();
    again.assertNotTerminated();
    other.assertCompleted();
    waiting.getItem().end();
    again.assertCompleted();
  }

  @Test
  void aCallerDoesNotWaitForEver() {
    take("a");
    take("b");
    UniAssertSubscriber<StreamPlace> waiting = await("c");
    clock.advance(Duration.ofSeconds(1));
    UniAssertSubscriber<StreamPlace> later = await("d");
    clock.advance(Duration.ofMillis(999));
    places.expire();
    waiting.assertNotTerminated();
    clock.advance(Duration.ofMillis(1));
    places.expire();
    waiting.assertFailedWith(OverloadedException.class);
    later.assertNotTerminated();
  }

  @Test
  void aCallerThatLeftTakesNoPlace() {
    StreamPlace first = take("a");
    take("b");
    UniAssertSubscriber<StreamPlace> waiting = await("c");
    UniAssertSubscriber<StreamPlace> behind = await("d");
    waiting.cancel();
    first.end();
    behind.assertCompleted();
    assertThat(places.taken()).isEqualTo(2);
  }

  /**
   * The event loop of the request is busy while it is granted a place, and then it is cancelled.
   */
  @Test
  void aPlaceThatIsGrantedWhileItsCallerLeavesIsGivenBack() {
    Vertx vertx = Vertx.vertx();
    try {
      StreamPlace first = take("a");
      take("b");
      CompletableFuture<UniAssertSubscriber<StreamPlace>> left = new CompletableFuture<>();
      vertx.runOnContext(
          ignored -> {
            UniAssertSubscriber<StreamPlace> waiting = await("c");
            first.end();
            waiting.assertNotTerminated();
            waiting.cancel();
            left.complete(waiting);
          });
      left.join().assertNotTerminated();
      assertThat(places.taken()).isEqualTo(1);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  @Test
  void aCallerThatWaitsGoesOnWhereItWas() {
    Vertx vertx = Vertx.vertx();
    try {
      StreamPlace first = take("a");
      take("b");
      CompletableFuture<Context> asked = new CompletableFuture<>();
      CompletableFuture<Context> resumed = new CompletableFuture<>();
      vertx.runOnContext(
          ignored -> {
            var unused =
                places
                    .await(caller("c"))
                    .subscribe()
                    .with(place -> resumed.complete(Vertx.currentContext()));
            asked.complete(Vertx.currentContext());
          });
      Context context = asked.join();
      first.end();
      assertThat(resumed.join()).isSameAs(context);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private UniAssertSubscriber<StreamPlace> await(String name) {
    return await(caller(name));
  }

  private UniAssertSubscriber<StreamPlace> await(Caller caller) {
    return places.await(caller).subscribe().withSubscriber(UniAssertSubscriber.create());
  }

  private StreamPlace take(String name) {
    return await(name).assertCompleted().getItem();
  }

  @Test
  void aPlaceIsGivenBackOnce() {
    StreamPlace first = take("a");
    first.end();
    first.end();
    StreamPlace second = take("a");
    first.end();
    assertThat(places.taken()).isEqualTo(1);
    second.end();
    assertThat(places.taken()).isZero();
  }

  @Test
  void aRefusalTellsWhenTheFirstIsExpectedToEnd() {
    places = withPatience(Duration.ZERO);
    StreamPlace half = take("a");
    take("b");
    assertThat(retryAfter()).as("places are guaranteed for a minute").isEqualTo(61);
    clock.advance(Duration.ofSeconds(20));
    half.reached(0.5);
    assertThat(retryAfter()).as("as long again").isEqualTo(21);
    half.reached(0.01);
    assertThat(retryAfter()).as("no longer than they are guaranteed").isEqualTo(41);
    clock.advance(Duration.ofMinutes(10));
    assertThat(retryAfter()).isEqualTo(1);
  }

  @Test
  void theSlowestGivesWayWhenItsPlaceIsNoLongerGuaranteed() {
    places = withPatience(Duration.ZERO);
    List<String> ended = new ArrayList<>();
    for (String name : List.of("slow", "slower")) {
      StreamPlace place = take(name);
      place.onRevoked(() -> ended.add(name));
      place.reached(name.equals("slow") ? 0.2 : 0.1);
    }
    clock.advance(Duration.ofSeconds(59));
    assertThat(retryAfter()).isEqualTo(2);
    assertThat(ended).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    StreamPlace fast = take("fast");
    assertThat(ended).containsExactly("slower");
    assertThat(places.taken()).isEqualTo(2);
    fast.onRevoked(() -> ended.add("fast"));
    take("another");
    assertThat(ended).as("the new one is guaranteed its place").containsExactly("slower", "slow");
  }

  @Test
  void aPlaceThatWasRevokedIsNotGivenBack() {
    StreamPlace revoked = take("a");
    revoked.onRevoked(() -> {});
    take("b");
    clock.advance(Duration.ofMinutes(2));
    take("c");
    revoked.end();
    assertThat(places.taken()).isEqualTo(2);
  }

  @Test
  void anAnswerThatIsBeingComputedKeepsItsPlace() {
    places = withPatience(Duration.ZERO);
    take("a");
    take("b");
    clock.advance(Duration.ofMinutes(2));
    assertThat(retryAfter()).isEqualTo(1);
  }

  @Test
  void aPlaceLastsForALimitedTime() {
    StreamPlace place = take("a");
    clock.advance(Duration.ofMinutes(9));
    assertThat(place.nanosLeft()).isEqualTo(Duration.ofMinutes(1).toNanos());
  }

  @Test
  void aPlaceThatIsNeverGivenBackIsLostToItsCallerOnly() {
    take("a");
    take("b");
    clock.advance(Duration.ofMinutes(11).plusSeconds(1));
    take("c");
    assertThat(places.taken()).isEqualTo(1);
  }

  private long retryAfter() {
    UniAssertSubscriber<StreamPlace> refused = await("c");
    places.expire();
    refused.assertFailedWith(OverloadedException.class);
    return ((OverloadedException) refused.getFailure()).retryAfterSeconds();
  }

  @Test
  void aPlaceThatIsNoLongerGuaranteedGoesToACallerThatWaits() {
    places = withPatience(Duration.ofMinutes(2));
    List<String> ended = new ArrayList<>();
    take("a").onRevoked(() -> ended.add("a"));
    take("b");
    UniAssertSubscriber<StreamPlace> waiting = await("c");
    clock.advance(Duration.ofSeconds(59));
    places.expire();
    waiting.assertNotTerminated();
    clock.advance(Duration.ofSeconds(1));
    places.expire();
    waiting.assertCompleted();
    assertThat(ended).containsExactly("a");
  }
}
