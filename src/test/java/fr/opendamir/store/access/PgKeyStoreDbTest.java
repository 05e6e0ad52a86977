package fr.opendamir.store.access;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.access.KeyRecord;
import fr.opendamir.access.KeyStore;
import fr.opendamir.access.NewKey;
import fr.opendamir.store.DatabaseRole;
import fr.opendamir.testing.TestDatabase;
import io.smallrye.mutiny.Uni;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** The store of keys; KeyAdministrationApiTest has it in the service. */
class PgKeyStoreDbTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00.123Z");

  private final TestDatabase database = TestDatabase.create();
  private final AccessDatabase access = new AccessDatabase(database.settings());
  private final KeyStore store = access.keys();

  @AfterEach
  void close() {
    access.close();
  }

  @Test
  void whatIsStoredIsFoundAgain() {
    KeyRecord first = get(store.create(key('a', Optional.of(NOW.plusSeconds(60)))));
    KeyRecord second = get(store.create(key('b', Optional.empty())));
    assertThat(first)
        .isEqualTo(
            new KeyRecord(
                first.id(),
                "odk_aaaaaaaa",
                "Ada",
                "partner",
                NOW,
                Optional.of(NOW.plusSeconds(60)),
                Optional.empty(),
                Optional.empty()));
    assertThat(get(store.list())).containsExactly(first, second);
    assertThat(get(store.find("b".repeat(64)))).contains(second);
    assertThat(get(store.find("c".repeat(64)))).isEmpty();
  }

  @Test
  void aKeyIsRevokedOnce() {
    long id = get(store.create(key('a', Optional.empty()))).id();
    assertThat(get(store.revoke(id, NOW))).isTrue();
    assertThat(get(store.revoke(id, NOW.plusSeconds(1)))).isFalse();
    assertThat(get(store.revoke(99, NOW))).isFalse();
    assertThat(get(store.list()).get(0).revokedAt()).contains(NOW);
  }

  @Test
  void aKeyIsReplacedOnceAndNothingIsLeftOfARotationThatComesTooLate() {
    long id = get(store.create(key('a', Optional.empty()))).id();
    KeyRecord successor =
        get(store.rotate(id, key('b', Optional.empty()), NOW.plusSeconds(5))).orElseThrow();
    assertThat(get(store.rotate(id, key('c', Optional.empty()), NOW))).isEmpty();
    assertThat(get(store.list())).hasSize(2);
    KeyRecord old = get(store.list()).get(0);
    assertThat(old.replacedBy()).contains(successor.id());
    assertThat(old.expiresAt()).contains(NOW.plusSeconds(5));
  }

  @Test
  void changesAreNotifiedWithTheIdAndNothingElse() throws Exception {
    long id = get(store.create(key('a', Optional.empty()))).id();
    try (Connection connection = database.settings().as(DatabaseRole.ACCESS).connect();
        var statement = connection.createStatement()) {
      statement.execute("LISTEN opendamir_key");
      assertThat(get(store.revoke(id, NOW))).isTrue();
      PGNotification[] heard = connection.unwrap(PGConnection.class).getNotifications(5_000);
      assertThat(heard)
          .singleElement()
          .extracting(PGNotification::getParameter)
          .isEqualTo(String.valueOf(id));
    }
  }

  private static NewKey key(char letter, Optional<Instant> expiresAt) {
    String text = String.valueOf(letter);
    return new NewKey(text.repeat(64), "odk_" + text.repeat(8), "Ada", "partner", NOW, expiresAt);
  }

  private static <T> T get(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(10));
  }
}
