package fr.opendamir.access;

import fr.opendamir.access.KeyRefusedException.Reason;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Gives keys out and takes them back, for commands and administration alike. Fails with {@link
 * KeyRefusedException} where something cannot be done.
 */
@ApplicationScoped
public class KeyRegistry {
  /** How long a replaced key goes on working by default. */
  public static final Duration DEFAULT_GRACE = Duration.ofDays(7);

  private static final Duration LONGEST_GRACE = Duration.ofDays(366);
  private static final Pattern ID = Pattern.compile("\\d{1,18}");
  private static final int LONGEST_OWNER = 200;

  private final KeyStore store;
  private final Set<String> plans;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  @Inject
  KeyRegistry(KeyStore store, Plans plans) {
    this(store, plans.all().keySet());
  }

  /**
   * For commands, which have the names of plans and not the plans.
   *
   * @param plans those that the configuration has
   */
  public KeyRegistry(KeyStore store, Set<String> plans) {
    this(store, plans, Clock.systemUTC());
  }

  KeyRegistry(KeyStore store, Set<String> plans, Clock clock) {
    this.store = store;
    this.plans = new TreeSet<>(plans);
    this.plans.remove(Plans.ANONYMOUS);
    this.clock = clock;
  }

  /** Makes a key; its text is in the result and nowhere else. */
  public Uni<IssuedKey> create(String owner, String plan, Optional<Instant> expiresAt) {
    return Uni.createFrom()
        .deferred(
            () -> {
              KeyText text = KeyText.generate(random);
              NewKey key = key(text, checkedOwner(owner), checkedPlan(plan), future(expiresAt));
              return store.create(key).map(record -> new IssuedKey(text, record));
            });
  }

  /** All keys, oldest first. */
  public Uni<List<KeyRecord>> list() {
    return store.list();
  }

  /**
   * The one key that is meant.
   *
   * @param reference id, how the key begins, or the whole key (where it leaked, that is what one
   *     has)
   */
  public Uni<KeyRecord> get(String reference) {
    Optional<KeyText> whole = KeyText.parse(reference);
    if (whole.isPresent()) {
      return store
          .find(whole.get().hash())
          .map(found -> found.orElseThrow(() -> unknown(whole.get().toString())));
    }
    // Something long may be a mistyped secret: it is not repeated in a message.
    String shown = reference.length() > 20 ? reference.substring(0, 8) + "…" : reference;
    return store
        .list()
        .map(keys -> keys.stream().filter(key -> isMeant(key, reference)).toList())
        .map(
            found -> {
              if (found.isEmpty()) {
                throw unknown(shown);
              }
              if (found.size() > 1) {
                throw new KeyRefusedException(
                    Reason.AMBIGUOUS,
                    found.size() + " keys begin with « " + shown + " »; give the id instead");
              }
              return found.get(0);
            });
  }

  /** Makes a key stop working, in all replicas within a second. */
  public Uni<KeyRecord> revoke(String reference) {
    return get(reference)
        .chain(
            key -> {
              key.revokedAt()
                  .ifPresent(
                      at -> {
                        throw conflict(key, "was revoked at " + at);
                      });
              Instant now = now();
              return store
                  .revoke(key.id(), now)
                  .map(
                      revoked -> {
                        if (!revoked) {
                          throw conflict(key, "was revoked meanwhile");
                        }
                        return new KeyRecord(
                            key.id(),
                            key.prefix(),
                            key.owner(),
                            key.plan(),
                            key.createdAt(),
                            key.expiresAt(),
                            Optional.of(now),
                            key.replacedBy());
                      });
            });
  }

  /**
   * Makes a key that takes the place of another, with its owner, plan and expiry.
   *
   * @param grace how long the old one goes on working, at most until it would have expired anyway
   */
  public Uni<IssuedKey> rotate(String reference, Duration grace) {
    if (grace.isNegative() || grace.compareTo(LONGEST_GRACE) > 0) {
      return Uni.createFrom()
          .failure(
              new KeyRefusedException(
                  Reason.INVALID,
                  "the grace period must be between 0 and " + LONGEST_GRACE.toDays() + " days"));
    }
    return get(reference).chain(key -> rotate(key, grace));
  }

  private Uni<IssuedKey> rotate(KeyRecord old, Duration grace) {
    Instant now = now();
    switch (old.state(now)) {
      case ACTIVE -> {}
      case REVOKED -> throw conflict(old, "is revoked; create a new one");
      case EXPIRED -> throw conflict(old, "has expired; create a new one");
      case REPLACED -> throw conflict(old, "was replaced by key " + old.replacedBy().orElseThrow());
    }
    KeyText text = KeyText.generate(random);
    Instant until = now.plus(grace);
    Instant worksUntil = old.expiresAt().filter(until::isAfter).orElse(until);
    return store
        .rotate(old.id(), key(text, old.owner(), old.plan(), old.expiresAt()), worksUntil)
        .map(
            successor ->
                new IssuedKey(
                    text,
                    successor.orElseThrow(
                        () -> conflict(old, "was revoked or replaced meanwhile"))));
  }

  private NewKey key(KeyText text, String owner, String plan, Optional<Instant> expiresAt) {
    return new NewKey(text.hash(), text.prefix(), owner, plan, now(), expiresAt);
  }

  /** As exact as databases keep it. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static boolean isMeant(KeyRecord key, String reference) {
    return ID.matcher(reference).matches()
        ? key.id() == Long.parseLong(reference)
        : !reference.isEmpty()
            && (key.prefix().startsWith(reference) || key.prefix().startsWith("odk_" + reference));
  }

  private static String checkedOwner(String owner) {
    String name = owner.strip();
    if (name.isEmpty()
        || name.length() > LONGEST_OWNER
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new KeyRefusedException(
          Reason.INVALID, "the owner must have 1 to " + LONGEST_OWNER + " characters, on one line");
    }
    return name;
  }

  private String checkedPlan(String plan) {
    if (!plans.contains(plan)) {
      throw new KeyRefusedException(
          Reason.INVALID,
          "« "
              + plan
              + " » is not a rate plan for keys; configured are: "
              + String.join(", ", plans));
    }
    return plan;
  }

  private Optional<Instant> future(Optional<Instant> expiresAt) {
    if (expiresAt.isPresent() && !expiresAt.get().isAfter(clock.instant())) {
      throw new KeyRefusedException(
          Reason.INVALID, "the key would have expired already: " + expiresAt.get());
    }
    return expiresAt.map(at -> at.truncatedTo(ChronoUnit.MILLIS));
  }

  private static KeyRefusedException unknown(String reference) {
    return new KeyRefusedException(
        Reason.UNKNOWN, "there is no key « " + reference + " »; the list of keys has their ids");
  }

  private static KeyRefusedException conflict(KeyRecord key, String what) {
    return new KeyRefusedException(
        Reason.CONFLICT, "key " + key.id() + " (" + key.prefix() + ") " + what);
  }
}
