package fr.opendamir.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Ticker;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jboss.logging.Logger;

/**
 * Tells whether a key is valid, from memory: the store is asked once in half a minute for each key
 * in use, when a key changed, and for keys never seen before. While it is away, keys that were
 * valid go on being so.
 */
@Singleton
public class Keys {
  private static final Logger LOG = Logger.getLogger(Keys.class);

  private static final long FRESH_NANOS = Duration.ofSeconds(30).toNanos();

  /** A key that is not there may be about to be; and asking again costs the database. */
  private static final Duration UNKNOWN_FOR = Duration.ofSeconds(5);

  /** How long what was last known of a key will do while the store is away. */
  private static final Duration KEPT_FOR = Duration.ofDays(1);

  /** After a failure the store is left alone for that long. */
  private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Of one key, with its owner and note. */
  private static final int BYTES = 1_000;

  private static final long MOST_BYTES = 10_000_000;

  /** To the store for one look-up, where keys keep changing. */
  private static final int MOST_QUESTIONS = 3;

  /** Well-formed keys are easily made up; more than this many at once do not reach the store. */
  private static final int LOOK_UPS_AT_ONCE = 64;

  private final KeyStore store;
  private final Clock clock;
  private final Ticker ticker;
  private final Cache<String, Kept> known;

  /** Apart, so that made-up keys push out no real ones. */
  private final Cache<String, Boolean> unknown;

  private final ConcurrentMap<String, Uni<Optional<KeyRecord>>> inFlight =
      new ConcurrentHashMap<>();

  /** What was asked before that is to be asked again. */
  private volatile long changedAt;

  private volatile long pausedUntil;

  /**
   * What the store said.
   *
   * @param askedAt nanoseconds of the ticker; when it was asked, not when it answered
   */
  private record Kept(KeyRecord key, long askedAt) {}

  @Inject
  Keys(KeyStore store) {
    this(store, Clock.systemUTC(), Ticker.systemTicker());
  }

  Keys(KeyStore store, Clock clock, Ticker ticker) {
    this.store = store;
    this.clock = clock;
    this.ticker = ticker;
    this.changedAt = ticker.read();
    this.pausedUntil = changedAt;
    this.known = cache(ticker, KEPT_FOR);
    this.unknown = cache(ticker, UNKNOWN_FOR);
  }

  /**
   * Judges what was presented as a key. At once where the key is in memory; otherwise on the Vert.x
   * context it was asked on, if on one. Fails with {@link KeysUnavailableException} and no other.
   */
  public Uni<KeyCheck> check(String text) {
    Optional<KeyText> parsed = KeyText.parse(text);
    if (parsed.isEmpty()) {
      return Uni.createFrom().item(new KeyCheck.Malformed());
    }
    String hash = parsed.get().hash();
    Kept kept = known.getIfPresent(hash);
    if (kept != null && isFresh(kept)) {
      return Uni.createFrom().item(judge(kept.key()));
    }
    if (kept == null && unknown.getIfPresent(hash) != null) {
      return Uni.createFrom().item(new KeyCheck.Unknown());
    }
    Context caller = Vertx.currentContext();
    return lookUp(hash)
        .map(found -> found.map(this::judge).orElseGet(KeyCheck.Unknown::new))
        .onFailure()
        .recoverWithUni(failure -> withoutStore(hash, failure))
        .emitOn(
            task -> {
              if (caller == null) {
                task.run();
              } else {
                caller.runOnContext(ignored -> task.run());
              }
            });
  }

  /** The same from memory only; never waits. */
  public Optional<KeyCheck> find(KeyText key) {
    Kept kept = known.getIfPresent(key.hash());
    return kept != null && isFresh(kept) ? Optional.of(judge(kept.key())) : Optional.empty();
  }

  /** Whether a key was valid when the store was last asked, however long ago; never waits. */
  public boolean wasValid(String text) {
    return KeyText.parse(text)
        .map(parsed -> known.getIfPresent(parsed.hash()))
        .filter(kept -> judge(kept.key()) instanceof KeyCheck.Valid)
        .isPresent();
  }

  /** A key changed: it is not trusted again before the store was asked. */
  public void changed(long id) {
    mayHaveChanged();
    known.asMap().values().removeIf(kept -> kept.key().id() == id);
  }

  /** Keys may have changed unheard: all are asked for anew, and remembered in case none can be. */
  public void mayHaveChanged() {
    changedAt = ticker.read();
    inFlight.clear(); // its answers may be from before
  }

  private Uni<Optional<KeyRecord>> lookUp(String hash) {
    if (ticker.read() - pausedUntil < 0 || inFlight.size() >= LOOK_UPS_AT_ONCE) {
      return Uni.createFrom().failure(new IllegalStateException("the store is left alone"));
    }
    return inFlight.computeIfAbsent(
        hash,
        key ->
            Uni.createFrom()
                .deferred(() -> ask(key))
                .onTermination()
                .invoke(() -> inFlight.remove(key))
                .memoize()
                .indefinitely());
  }

  /** What the store says, asked again where keys changed meanwhile: it may be from before. */
  private Uni<Optional<KeyRecord>> ask(String hash) {
    return ask(hash, MOST_QUESTIONS);
  }

  private Uni<Optional<KeyRecord>> ask(String hash, int questions) {
    long askedAt = ticker.read();
    return store
        .find(hash)
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .onFailure()
        .invoke(
            failure -> {
              pausedUntil = ticker.read() + PAUSE_NANOS;
              LOG.debugf("keys cannot be looked up: %s", failure.getMessage());
            })
        .chain(
            found -> {
              if (askedAt - changedAt < 0 && questions > 1) {
                return ask(hash, questions - 1);
              }
              remember(hash, found, askedAt);
              return Uni.createFrom().item(found);
            });
  }

  private void remember(String hash, Optional<KeyRecord> found, long askedAt) {
    if (found.isEmpty()) {
      known.invalidate(hash);
      unknown.put(hash, Boolean.TRUE);
    } else if (askedAt - changedAt >= 0) {
      known.put(hash, new Kept(found.get(), askedAt));
    }
  }

  private Uni<KeyCheck> withoutStore(String hash, Throwable failure) {
    Kept kept = known.getIfPresent(hash);
    return kept == null
        ? Uni.createFrom().failure(new KeysUnavailableException(failure))
        : Uni.createFrom().item(judge(kept.key()));
  }

  private boolean isFresh(Kept kept) {
    return kept.askedAt() - changedAt >= 0 && ticker.read() - kept.askedAt() < FRESH_NANOS;
  }

  private KeyCheck judge(KeyRecord key) {
    return switch (key.state(clock.instant())) {
      case ACTIVE, REPLACED -> new KeyCheck.Valid(key);
      case EXPIRED -> new KeyCheck.Expired(key);
      case REVOKED -> new KeyCheck.Revoked(key);
    };
  }

  private static <V> Cache<String, V> cache(Ticker ticker, Duration keptFor) {
    return BoundedCache.builder(MOST_BYTES, BYTES, ticker).expireAfterWrite(keptFor).build();
  }
}
