package fr.opendamir.access;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
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

  /** The members of its JSON object, for commands and administration alike; never the secret. */
  public Map<String, Object> members(Instant now) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", id);
    members.put("prefix", prefix);
    members.put("owner", owner);
    members.put("plan", plan);
    members.put("state", state(now).name().toLowerCase(Locale.ROOT));
    members.put("created_at", createdAt.toString());
    members.put("expires_at", expiresAt.map(Instant::toString).orElse(null));
    members.put("revoked_at", revokedAt.map(Instant::toString).orElse(null));
    members.put("replaced_by", replacedBy.orElse(null));
    return members;
  }
}
