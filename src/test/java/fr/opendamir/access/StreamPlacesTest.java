package fr.opendamir.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StreamPlacesTest {
  private final ManualClock clock = new ManualClock();
  private final StreamPlaces places = new StreamPlaces(2, 1, Duration.ofMinutes(10), clock);

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
    assertThat(retryAfter()).as("nothing is known but the limit").isEqualTo(601);
    clock.advance(Duration.ofSeconds(30));
    half.reached(0.5);
    assertThat(retryAfter()).as("as long again").isEqualTo(31);
    half.reached(0.01);
    assertThat(retryAfter()).as("no longer than the limit").isEqualTo(571);
    clock.advance(Duration.ofMinutes(10));
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
