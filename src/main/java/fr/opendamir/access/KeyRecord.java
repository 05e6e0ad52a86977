package fr.opendamir.access;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a key; not the key.
 *
 * @param id never used again
 * @param prefix how the key begins
 * @param owner whom it was given to, in the operator's words
 * @param plan name of the plan whose limits it has
 * @param expiresAt from when on it no longer works; rotation brings it forward
 * @param revokedAt since when it no longer works
 * @param replacedBy id of the key that rotation put in its place
 */
public record KeyRecord(
    long id,
    String prefix,
    String owner,
    String plan,
    Instant createdAt,
    Optional<Instant> expiresAt,
    Optional<Instant> revokedAt,
    Optional<Long> replacedBy) {

  public KeyState state(Instant now) {
    if (revokedAt.isPresent()) {
      return KeyState.REVOKED;
    }
    if (expiresAt.isPresent() && !now.isBefore(expiresAt.get())) {
      return KeyState.EXPIRED;
    }
    return replacedBy.isPresent() ? KeyState.REPLACED : KeyState.ACTIVE;
  }
}
