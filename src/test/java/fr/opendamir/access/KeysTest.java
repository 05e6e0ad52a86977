package fr.opendamir.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeysTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final FakeKeyStore store = new FakeKeyStore();
  private final FakeClock clock = new FakeClock();
  private final KeyRegistry registry =
      new KeyRegistry(store, Set.of("anonymous", "registered", "partner"), clock);
  private final Keys keys = new Keys(store, clock, clock::nanos);

  @Test
  void aKeyIsLookedUpOnceInHalfAMinute() {
    String key = issue();
    for (int second = 0; second < 30; second++) {
      assertThat(check(key)).isInstanceOf(KeyCheck.Valid.class);
      clock.pass(Duration.ofSeconds(1));
    }
    assertThat(store.lookUps).hasValue(1);
    assertThat(check(key)).isInstanceOf(KeyCheck.Valid.class);
    assertThat(store.lookUps).hasValue(2);
  }

  @Test
  void typosAreRefusedWithoutALookUpAndUnknownKeysWithFew() {
    assertThat(check("hello")).isInstanceOf(KeyCheck.Malformed.class);
    assertThat(check(issue() + "x")).isInstanceOf(KeyCheck.Malformed.class);
    assertThat(store.lookUps).hasValue(0);
    String unknown = KeyText.generate(new SecureRandom()).reveal();
    assertThat(check(unknown)).isInstanceOf(KeyCheck.Unknown.class);
    assertThat(check(unknown)).isInstanceOf(KeyCheck.Unknown.class);
    assertThat(store.lookUps).hasValue(1);
    clock.pass(Duration.ofSeconds(6));
    assertThat(check(unknown)).isInstanceOf(KeyCheck.Unknown.class);
    assertThat(store.lookUps).hasValue(2);
  }

  @Test
  void aRevokedKeyIsRefusedOnceItIsToldOrAfterHalfAMinute() {
    String told = issue();
    String untold = issue();
    check(told);
    check(untold);
    revoke(told);
    revoke(untold);
    keys.changed(1);
    assertThat(check(told)).isInstanceOf(KeyCheck.Revoked.class);
    clock.pass(Duration.ofSeconds(31));
    assertThat(check(untold)).isInstanceOf(KeyCheck.Revoked.class);
  }

  @Test
  void anAnswerFromBeforeTheRevocationIsAskedForAgain() {
    String key = issue();
    store.isSlow = true;
    List<KeyCheck> checks = new ArrayList<>();
    var before = keys.check(key).subscribe().with(checks::add);
    var revoked = store.revoke(1, clock.instant()).await().atMost(LIMIT);
    assertThat(revoked).isTrue();
    clock.pass(Duration.ofMillis(1));
    keys.changed(1);
    var after = keys.check(key).subscribe().with(checks::add);
    store.answerAll();
    store.isSlow = false;
    assertThat(before).isNotNull();
    assertThat(after).isNotNull();
    assertThat(checks).hasSize(2).allMatch(KeyCheck.Revoked.class::isInstance);
    assertThat(check(key)).isInstanceOf(KeyCheck.Revoked.class);
  }

  @Test
  void aKeyExpiresWhileItIsRemembered() {
    String key =
        registry
            .create("Ada", "registered", Optional.of(clock.instant().plusSeconds(10)))
            .await()
            .atMost(LIMIT)
            .text()
            .reveal();
    assertThat(check(key)).isInstanceOf(KeyCheck.Valid.class);
    clock.pass(Duration.ofSeconds(10));
    assertThat(check(key)).isInstanceOf(KeyCheck.Expired.class);
    assertThat(store.lookUps).hasValue(1);
  }

  @Test
  void aReplacedKeyWorksUntilItsGracePeriodEnds() {
    String old = issue();
    check(old);
    String successor =
        registry.rotate("1", Duration.ofDays(7)).await().atMost(LIMIT).text().reveal();
    keys.changed(1);
    clock.pass(Duration.ofDays(6));
    assertThat(check(old)).isInstanceOf(KeyCheck.Valid.class);
    assertThat(check(successor)).isInstanceOf(KeyCheck.Valid.class);
    clock.pass(Duration.ofDays(1));
    assertThat(check(old)).isInstanceOf(KeyCheck.Expired.class);
    assertThat(check(successor)).isInstanceOf(KeyCheck.Valid.class);
  }

  @Test
  void whileTheStoreIsAwayKnownKeysWorkAndOthersAreNotJudged() {
    String known = issue();
    String revoked = issue();
    String strange = issue();
    check(known);
    check(revoked);
    keys.changed(2);
    keys.mayHaveChanged();
    store.isAway = true;
    clock.pass(Duration.ofHours(1));
    assertThat(keys.find(KeyText.parse(known).orElseThrow())).as("it is asked for again").isEmpty();
    assertThat(keys.wasValid(known)).as("at nobody's expense").isTrue();
    assertThat(check(known)).isInstanceOf(KeyCheck.Valid.class);
    for (String key : List.of(strange, revoked)) {
      assertThat(keys.wasValid(key)).isFalse();
      assertThatThrownBy(() -> check(key))
          .isInstanceOf(KeysUnavailableException.class)
          .hasMessageNotContaining(key);
    }
    assertThat(store.lookUps).as("it is left alone").hasValue(3);
    store.isAway = false;
    clock.pass(Duration.ofSeconds(2));
    assertThat(check(strange)).isInstanceOf(KeyCheck.Valid.class);
  }

  @Test
  void whatWasLastKnownWillNotDoForEver() {
    String known = issue();
    check(known);
    store.isAway = true;
    clock.pass(Duration.ofHours(25));
    assertThatThrownBy(() -> check(known)).isInstanceOf(KeysUnavailableException.class);
  }

  @Test
  void requestsWithTheSameKeyWaitForOneLookUp() {
    String key = issue();
    store.isSlow = true;
    List<KeyCheck> checks = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      var unused = keys.check(key).subscribe().with(checks::add);
    }
    assertThat(store.lookUps).hasValue(1);
    store.answerAll();
    assertThat(checks).hasSize(10).allMatch(KeyCheck.Valid.class::isInstance);
  }

  @Test
  void madeUpKeysDoNotFloodTheStore() {
    store.isSlow = true;
    List<Throwable> failures = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      Uni<KeyCheck> check = keys.check(KeyText.generate(new SecureRandom()).reveal());
      var unused = check.subscribe().with(done -> {}, failures::add);
    }
    assertThat(store.lookUps).hasValue(64);
    assertThat(failures).hasSize(936).allMatch(KeysUnavailableException.class::isInstance);
  }

  private String issue() {
    return registry
        .create("Ada", "registered", Optional.empty())
        .await()
        .atMost(LIMIT)
        .text()
        .reveal();
  }

  private void revoke(String key) {
    var unused = registry.revoke(key).await().atMost(LIMIT);
  }

  private KeyCheck check(String key) {
    return keys.check(key).await().atMost(LIMIT);
  }
}
