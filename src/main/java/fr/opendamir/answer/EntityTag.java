package fr.opendamir.answer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Entity tags made of what an answer depends on, known before any work. */
public final class EntityTag {
  private static final int BYTES = 16;

  private EntityTag() {}

  /**
   * The strong tag with its quotes, as the header writes it, of everything an answer depends on.
   */
  public static String of(String... parts) {
    return '"' + HexFormat.of().formatHex(digest(String.join("\n", parts)), 0, BYTES) + '"';
  }

  /** SHA-256 of a text in UTF-8. */
  public static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * Whether the header {@code If-None-Match}, which may be absent, names the tag, in either content
   * coding.
   */
  public static boolean isIn(String ifNoneMatch, String tag) {
    return ifNoneMatch != null
        && Arrays.stream(ifNoneMatch.split(",", -1))
            .map(String::strip)
            .map(known -> known.startsWith("W/") ? known.substring(2) : known)
            .anyMatch(
                known ->
                    known.equals(tag)
                        || known.equals(EncodedAnswer.tag(tag, true))
                        || known.equals("*"));
  }
}
