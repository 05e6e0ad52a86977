package fr.opendamir.answer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Entity tags derived from the inputs of an answer, so that they are known before it is computed.
 */
public final class EntityTag {
  private static final int BYTES = 16;
  private static final String WEAK = "W/";

  private EntityTag() {}

  /** Creates a strong tag, with quotes, from everything an answer depends on. */
  public static String of(String... parts) {
    return '"' + HexFormat.of().formatHex(digest(String.join("\n", parts)), 0, BYTES) + '"';
  }

  /** Creates a weak tag, for answers whose bytes may differ where what they say does not. */
  public static String weak(String... parts) {
    return WEAK + of(parts);
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
   * Whether the header {@code If-None-Match} has the tag in either content coding. Tags are
   * compared without their mark for weakness, as the header demands. The header may be null.
   */
  public static boolean isIn(String ifNoneMatch, String tag) {
    return ifNoneMatch != null
        && Arrays.stream(ifNoneMatch.split(",", -1))
            .map(String::strip)
            .map(EntityTag::strong)
            .anyMatch(
                known ->
                    known.equals(strong(tag))
                        || known.equals(EncodedAnswer.tag(strong(tag), true))
                        || known.equals("*"));
  }

  private static String strong(String tag) {
    return tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag;
  }
}
