package fr.opendamir.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class KeyRegistryTest {
  private final FakeKeyStore store = new FakeKeyStore();
  private final FakeClock clock = new FakeClock();
  private final KeyRegistry registry =
      new KeyRegistry(store, Set.of("anonymous", "registered", "partner"), clock);

  @Test
  void aKeyIsStoredByItsHashOnly() {
    IssuedKey issued = issue(Optional.empty());
    assertThat(store.hashes.get(1L)).isEqualTo(issued.text().hash());
    assertThat(store.keys.toString()).doesNotContain(issued.text().reveal());
    assertThat(issued.record().owner()).isEqualTo("Ada");
    assertThat(issued.record().state(clock.instant())).isEqualTo(KeyState.ACTIVE);
  }

  @Test
  void aKeyIsFoundByIdByItsBeginningAndByItself() {
    IssuedKey issued = issue(Optional.empty());
    String text = issued.text().reveal();
    for (String reference : new String[] {"1", issued.record().prefix(), text}) {
      assertThat(get(registry.get(reference)).id()).isEqualTo(1);
    }
    assertThat(get(registry.get(text.substring(4, 12))).id()).isEqualTo(1);
  }

  @Test
  void whatIsNotClearIsRefused() {
    var unused = issue(Optional.empty());
    unused = issue(Optional.empty());
    refused(registry.get("odk_")).hasMessageContaining("2 keys begin with");
    refused(registry.get("7")).hasMessageContaining("no key « 7 »");
    refused(registry.get("")).hasMessageContaining("no key");
    String typo = unused.text().reveal() + "0";
    refused(registry.revoke(typo)).hasMessageNotContaining(typo.substring(20));
  }

  @Test
  void ownersPlansAndDatesAreChecked() {
    refused(registry.create(" ", "registered", Optional.empty())).hasMessageContaining("owner");
    refused(registry.create("a\nb", "registered", Optional.empty())).hasMessageContaining("owner");
    refused(registry.create("Ada", "anonymous", Optional.empty())).hasMessageContaining("plan");
    refused(registry.create("Ada", "Big Plan", Optional.empty())).hasMessageContaining("plan");
    refused(registry.create("Ada", "partner", Optional.of(clock.instant())))
        .hasMessageContaining("expired already");
    assertThat(store.keys).isEmpty();
  }

  @Test
  void aKeyIsRevokedOnce() {
    var unused = issue(Optional.empty());
    assertThat(get(registry.revoke("1")).revokedAt()).contains(clock.instant());
    refused(registry.revoke("1")).hasMessageContaining("was revoked at 2026-11-24");
    refused(registry.rotate("1", Duration.ZERO)).hasMessageContaining("is revoked");
  }

  @Test
  void rotationKeepsWhatTheKeyWasAndEndsTheOldOne() {
    Instant end = clock.instant().plus(Duration.ofDays(30));
    IssuedKey old = issue(Optional.of(end));
    IssuedKey successor = get(registry.rotate("1", Duration.ofDays(7)));
    assertThat(successor.text().reveal()).isNotEqualTo(old.text().reveal());
    assertThat(successor.record().owner()).isEqualTo("Ada");
    assertThat(successor.record().expiresAt()).contains(end);
    assertThat(get(registry.get("1")).expiresAt())
        .contains(clock.instant().plus(Duration.ofDays(7)));
    assertThat(get(registry.get("1")).state(clock.instant())).isEqualTo(KeyState.REPLACED);
    refused(registry.rotate("1", Duration.ZERO)).hasMessageContaining("was replaced by key 2");
  }

  @Test
  void rotationNeverMakesTheOldKeyWorkLonger() {
    Instant end = clock.instant().plus(Duration.ofDays(1));
    var unused = issue(Optional.of(end));
    unused = get(registry.rotate("1", Duration.ofDays(7)));
    assertThat(get(registry.get("1")).expiresAt()).contains(end);
    refused(registry.rotate("2", Duration.ofDays(-1))).hasMessageContaining("grace");
    clock.pass(Duration.ofDays(2));
    refused(registry.rotate("2", Duration.ZERO)).hasMessageContaining("has expired");
  }

  private IssuedKey issue(Optional<Instant> expiresAt) {
    return get(registry.create("Ada", "registered", expiresAt));
  }

  private static <T> T get(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(10));
  }

  private static AbstractThrowableAssert<?, ?> refused(Uni<?> uni) {
    return assertThatThrownBy(() -> uni.await().atMost(Duration.ofSeconds(10)))
        .isInstanceOf(KeyRefusedException.class);
  }
}
