package fr.opendamir.api.admin;

import fr.opendamir.access.IssuedKey;
import fr.opendamir.access.KeyRecord;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** Keys as JSON. */
final class KeyJson {
  private KeyJson() {}

  static JsonObject of(KeyRecord key) {
    return new JsonObject(key.members(Instant.now()));
  }

  /** With the secret, which no other answer has. */
  static JsonObject of(IssuedKey issued) {
    return new JsonObject().put("key", issued.text().reveal()).mergeIn(of(issued.record()));
  }
}
