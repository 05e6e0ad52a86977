package fr.opendamir.api.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** What administrators present. */
final class AdminToken {
  private static final String SCHEME = "Bearer ";
  private static final int SHORTEST = 16;

  private final byte[] digest;

  private AdminToken(String token) {
    if (token.length() < SHORTEST) {
      throw new IllegalStateException(
          "opendamir.admin.token must have at least " + SHORTEST + " characters");
    }
    this.digest = sha256(token);
  }

  /**
   * The configured one.
   *
   * @throws IllegalStateException where it is too short, given twice, or cannot be read
   */
  static Optional<AdminToken> configured(AdminConfig config) {
    if (config.token().isPresent() && config.tokenFile().isPresent()) {
      throw new IllegalStateException(
          "give either opendamir.admin.token or opendamir.admin.token-file, not both");
    }
    return config.token().or(() -> config.tokenFile().map(AdminToken::read)).map(AdminToken::new);
  }

  /** Whether a request has the token; compared in constant time. */
  boolean isIn(String authorization) {
    return authorization != null
        && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && MessageDigest.isEqual(digest, sha256(authorization.substring(SCHEME.length()).strip()));
  }

  @Override
  public String toString() {
    return "AdminToken";
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new IllegalStateException("opendamir.admin.token-file cannot be read: " + file, e);
    }
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
