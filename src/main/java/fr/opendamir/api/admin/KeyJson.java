package fr.opendamir.api.admin;

import fr.opendamir.access.IssuedKey;
import fr.opendamir.access.KeyRecord;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;

/** Keys as JSON. */
final class KeyJson {
  private KeyJson() {}

  static JsonObject of(KeyRecord key) {
    return new JsonObject()
        .put("id", key.id())
        .put("prefix", key.prefix())
        .put("owner", key.owner())
        .put("plan", key.plan())
        .put("state", key.state(Instant.now()).name().toLowerCase(Locale.ROOT))
        .put("created_at", key.createdAt().toString())
        .put("expires_at", key.expiresAt().map(Instant::toString).orElse(null))
        .put("revoked_at", key.revokedAt().map(Instant::toString).orElse(null))
        .put("replaced_by", key.replacedBy().orElse(null));
  }

  /** With the secret, which no other answer has. */
  static JsonObject of(IssuedKey issued) {
    return new JsonObject().put("key", issued.text().reveal()).mergeIn(of(issued.record()));
  }
}
