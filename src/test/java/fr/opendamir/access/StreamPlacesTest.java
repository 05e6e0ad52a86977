package fr.opendamir.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamPlacesTest {
  private final ManualClock clock = new ManualClock();
  private final List<UniEmitter<? super Void>> pauses = new ArrayList<>();
  private final StreamPlaces places =
      new StreamPlaces(
          2,
          1,
          Duration.ofMinutes(10),
          Duration.ofMinutes(1),
          Duration.ofSeconds(2),
          () -> Uni.createFrom().emitter(pauses::add),
          clock);

  private static Caller caller(String name) {
    return Caller.ofKey(name, TestPlans.ofPriority(0, 3));
  }

  @Test
  void aCallerHasSoManyAndOthersHaveTheRest() {
    places.take(caller("a"));
    assertThatThrownBy(() -> places.take(caller("a"))).isInstanceOf(TooManyAtOnceException.class);
    places.take(caller("b"));
    assertThatThrownBy(() -> places.take(caller("c"))).isInstanceOf(OverloadedException.class);
    assertThat(places.taken()).isEqualTo(2);
  }

  @Test
  void theNetworksOfASiteLeaveAPlaceToOthers() {
    Plan plan = TestPlans.ofPriority(0, 3);
    Caller first = Caller.ofNetwork("1", plan).within("site", plan);
    Caller second = Caller.ofNetwork("2", plan).within("site", plan);
    Caller elsewhere = Caller.ofNetwork("3", plan).within("another", plan);
    places.take(first);
    assertThatThrownBy(() -> places.take(second)).isInstanceOf(TooManyAtOnceException.class);
    places.take(elsewhere);
    assertThat(places.taken()).isEqualTo(2);
  }

  @Test
  void aCallerWaitsForAPlaceThatBecomesFree() {
    StreamPlace first = places.take(caller("a"));
    places.take(caller("b"));
    UniAssertSubscriber<StreamPlace> waiting = await("c");
    pass(Duration.ofSeconds(1));
    waiting.assertNotTerminated();
    first.end();
    pass(Duration.ofMillis(20));
    waiting.assertCompleted();
    assertThat(places.taken()).isEqualTo(2);
    assertThat(pauses).isEmpty();
  }

  @Test
  void aCallerDoesNotWaitForEver() {
    places.take(caller("a"));
    places.take(caller("b"));
    UniAssertSubscriber<StreamPlace> waiting = await("c");
    pass(Duration.ofSeconds(2));
    waiting.assertFailedWith(OverloadedException.class);
    assertThat(pauses).isEmpty();
  }

  @Test
  void aCallerThatLeftTakesNoPlace() {
    StreamPlace first = places.take(caller("a"));
    places.take(caller("b"));
    UniAssertSubscriber<StreamPlace> waiting = await("c");
    waiting.cancel();
    first.end();
    pass(Duration.ofSeconds(1));
    assertThat(places.taken()).isEqualTo(1);
  }

  @Test
  void aCallerThatHasAllItMayHaveIsRefusedAtOnce() {
    places.take(caller("a"));
    await("a").assertFailedWith(TooManyAtOnceException.class);
  }

  private UniAssertSubscriber<StreamPlace> await(String name) {
    return places.await(caller(name)).subscribe().withSubscriber(UniAssertSubscriber.create());
  }

  /** Ends the pauses that have begun, after so much time. */
  private void pass(Duration time) {
    clock.advance(time);
    List<UniEmitter<? super Void>> ended = List.copyOf(pauses);
    pauses.clear();
    ended.forEach(pause -> pause.complete(null));
  }

  @Test
  void aPlaceIsGivenBackOnce() {
    StreamPlace first = places.take(caller("a"));
    first.end();
    first.end();
    StreamPlace second = places.take(caller("a"));
    first.end();
    assertThat(places.taken()).isEqualTo(1);
    second.end();
    assertThat(places.taken()).isZero();
  }

  @Test
  void aRefusalTellsWhenTheFirstIsExpectedToEnd() {
    StreamPlace half = places.take(caller("a"));
    places.take(caller("b"));
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
    List<String> ended = new ArrayList<>();
    for (String name : List.of("slow", "slower")) {
      StreamPlace place = places.take(caller(name));
      place.onRevoked(() -> ended.add(name));
      place.reached(name.equals("slow") ? 0.2 : 0.1);
    }
    clock.advance(Duration.ofSeconds(59));
    assertThat(retryAfter()).isEqualTo(2);
    assertThat(ended).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    StreamPlace fast = places.take(caller("fast"));
    assertThat(ended).containsExactly("slower");
    assertThat(places.taken()).isEqualTo(2);
    fast.onRevoked(() -> ended.add("fast"));
    places.take(caller("another"));
    assertThat(ended).as("the new one is guaranteed its place").containsExactly("slower", "slow");
  }

  @Test
  void aPlaceThatWasRevokedIsNotGivenBack() {
    StreamPlace revoked = places.take(caller("a"));
    revoked.onRevoked(() -> {});
    places.take(caller("b"));
    clock.advance(Duration.ofMinutes(2));
    places.take(caller("c"));
    revoked.end();
    assertThat(places.taken()).isEqualTo(2);
  }

  @Test
  void anAnswerThatIsBeingComputedKeepsItsPlace() {
    places.take(caller("a"));
    places.take(caller("b"));
    clock.advance(Duration.ofMinutes(2));
    assertThat(retryAfter()).isEqualTo(1);
  }

  @Test
  void aPlaceLastsForALimitedTime() {
    StreamPlace place = places.take(caller("a"));
    clock.advance(Duration.ofMinutes(9));
    assertThat(place.nanosLeft()).isEqualTo(Duration.ofMinutes(1).toNanos());
  }

  @Test
  void aPlaceThatIsNeverGivenBackIsLostToItsCallerOnly() {
    places.take(caller("a"));
    places.take(caller("b"));
    clock.advance(Duration.ofMinutes(11).plusSeconds(1));
    places.take(caller("c"));
    assertThat(places.taken()).isEqualTo(1);
  }

  private long retryAfter() {
    return catchThrowableOfType(OverloadedException.class, () -> places.take(caller("c")))
        .retryAfterSeconds();
  }
}
