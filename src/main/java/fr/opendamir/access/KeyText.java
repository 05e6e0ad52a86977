package fr.opendamir.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The secret itself: {@code odk_}, 32 random characters and a checksum of 6, all of them base 62.
 *
 * <p>The mark lets scanners of repositories and logs find keys that leaked; the checksum refuses
 * whatever was mistyped or cut off without asking anyone.
 */
public final class KeyText {
  private static final String MARK = "odk_";
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int RANDOM_LENGTH = 32;
  private static final int CHECKSUM_LENGTH = 6;
  private static final int CHECKED_LENGTH = MARK.length() + RANDOM_LENGTH;
  private static final int LENGTH = CHECKED_LENGTH + CHECKSUM_LENGTH;

  /** What lists show: the mark and 8 characters; the 24 that remain are 142 bits to guess. */
  private static final int PREFIX_LENGTH = MARK.length() + 8;

  private final String text;
  private final String hash;

  private KeyText(String text) {
    this.text = text;
    this.hash = hash(text);
  }

  /** A new key. */
  static KeyText generate(SecureRandom random) {
    StringBuilder text = new StringBuilder(LENGTH).append(MARK);
    for (int i = 0; i < RANDOM_LENGTH; i++) {
      text.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
    }
    return new KeyText(text + checksum(text.toString()));
  }

  /** The key of that text; empty where it cannot be one, as after any single typing mistake. */
  public static Optional<KeyText> parse(String text) {
    if (text.length() != LENGTH || !text.startsWith(MARK)) {
      return Optional.empty();
    }
    for (int i = MARK.length(); i < LENGTH; i++) {
      if (DIGITS.indexOf(text.charAt(i)) < 0) {
        return Optional.empty();
      }
    }
    String checksum = checksum(text.substring(0, CHECKED_LENGTH));
    return text.endsWith(checksum) ? Optional.of(new KeyText(text)) : Optional.empty();
  }

  /**
   * What is stored instead of the key: SHA-256 in hexadecimal. A slow or salted hash is for secrets
   * that people choose; nobody goes through the 190 bits of this one, however fast each guess is,
   * and a fast hash costs a request next to nothing.
   */
  public String hash() {
    return hash;
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The beginning, by which people recognise a key. */
  public String prefix() {
    return text.substring(0, PREFIX_LENGTH);
  }

  /** Whether a text is this key, letter by letter. */
  public boolean is(String other) {
    return text.equals(other);
  }

  /** The whole secret: for its owner, once. */
  public String reveal() {
    return text;
  }

  /** Never the secret: this ends in logs. */
  @Override
  public String toString() {
    return prefix() + "…";
  }

  private static String checksum(String checked) {
    CRC32 crc = new CRC32();
    crc.update(checked.getBytes(StandardCharsets.US_ASCII));
    char[] digits = new char[CHECKSUM_LENGTH];
    long rest = crc.getValue();
    for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
      digits[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
      rest /= DIGITS.length();
    }
    return new String(digits);
  }
}
