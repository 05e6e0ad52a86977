package fr.opendamir.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** A salted hash of a caller's network: without the salt, all of IPv4 is hashed in minutes. */
final class AddressHash {
  private static final int SHORTEST_SALT = 16;
  private static final int SALT_BYTES = 32;

  /** 128 bits: callers that share a hash by chance are none. */
  private static final int HASH_BYTES = 16;

  private final byte[] salt;

  /**
   * With the salt of the configuration, or one that dies with the process.
   *
   * @throws IllegalArgumentException where it is too short
   */
  AddressHash(Optional<String> configured) {
    if (configured.isPresent() && configured.get().length() < SHORTEST_SALT) {
      throw new IllegalArgumentException(
          "opendamir.access.address-salt must have 16 characters or more");
    }
    this.salt =
        configured
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .orElseGet(() -> new SecureRandom().generateSeed(SALT_BYTES));
  }

  /** The hash of a network. */
  String of(byte[] network) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt);
      return HexFormat.of().formatHex(digest.digest(network), 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
