package fr.opendamir.access;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Keys in memory, which can be away and can be slow. */
final class FakeKeyStore implements KeyStore {
  final Map<Long, String> hashes = new HashMap<>();
  final Map<Long, KeyRecord> keys = new HashMap<>();
  final AtomicInteger lookUps = new AtomicInteger();

  /** Look-ups that wait are answered by {@link #answerAll} with what was true when they came. */
  boolean isSlow;

  boolean isAway;
  private final List<Runnable> waiting = new ArrayList<>();

  static KeyRecord record(long id) {
    return new KeyRecord(
        id,
        "odk_12345678",
        "Ada",
        "registered",
        Instant.EPOCH,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Override
  public Uni<KeyRecord> create(NewKey key) {
    long id = keys.size() + 1L;
    KeyRecord added =
        new KeyRecord(
            id,
            key.prefix(),
            key.owner(),
            key.plan(),
            key.createdAt(),
            key.expiresAt(),
            Optional.empty(),
            Optional.empty());
    hashes.put(id, key.hash());
    keys.put(id, added);
    return Uni.createFrom().item(added);
  }

  @Override
  public Uni<Optional<KeyRecord>> find(String hash) {
    return Uni.createFrom()
        .emitter(
            emitter -> {
              lookUps.incrementAndGet();
              Optional<KeyRecord> found =
                  keys.values().stream()
                      .filter(key -> hashes.get(key.id()).equals(hash))
                      .findFirst();
              if (isAway) {
                emitter.fail(new IllegalStateException("away"));
              } else if (isSlow) {
                waiting.add(() -> emitter.complete(found));
              } else {
                emitter.complete(found);
              }
            });
  }

  void answerAll() {
    while (!waiting.isEmpty()) {
      waiting.remove(0).run();
    }
  }

  @Override
  public Uni<List<KeyRecord>> list() {
    return Uni.createFrom().item(List.copyOf(keys.values()));
  }

  @Override
  public Uni<Boolean> revoke(long id, Instant at) {
    KeyRecord key = keys.get(id);
    keys.put(id, changed(key, key.expiresAt(), Optional.of(at), key.replacedBy()));
    return Uni.createFrom().item(true);
  }

  @Override
  public Uni<Optional<KeyRecord>> rotate(long id, NewKey successor, Instant worksUntil) {
    return create(successor)
        .invoke(
            added ->
                keys.compute(
                    id,
                    (same, key) ->
                        changed(
                            key,
                            Optional.of(worksUntil),
                            key.revokedAt(),
                            Optional.of(added.id()))))
        .map(Optional::of);
  }

  private static KeyRecord changed(
      KeyRecord key,
      Optional<Instant> expiresAt,
      Optional<Instant> revokedAt,
      Optional<Long> replacedBy) {
    return new KeyRecord(
        key.id(),
        key.prefix(),
        key.owner(),
        key.plan(),
        key.createdAt(),
        expiresAt,
        revokedAt,
        replacedBy);
  }
}
