package fr.opendamir.access;

import java.util.Optional;

/**
 * Who is charged.
 *
 * @param bucket whose allowance it is: a hash of the network, or the id of the key; never an
 *     address
 */
public record Caller(String bucket, Plan plan, Optional<String> keyId) {
  /** A caller with a key. */
  public static Caller ofKey(String keyId, Plan plan) {
    return new Caller("k:" + keyId, plan, Optional.of(keyId));
  }

  /** A caller without a key. */
  static Caller ofNetwork(String hash, Plan plan) {
    return new Caller("a:" + hash, plan, Optional.empty());
  }
}
