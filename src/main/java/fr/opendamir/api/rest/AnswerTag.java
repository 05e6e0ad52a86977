package fr.opendamir.api.rest;

import fr.opendamir.cache.EncodedAnswer;
import fr.opendamir.query.Release;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The entity tag of an answer, known before any work: what an answer says depends on nothing but
 * the release, the question with its language and page, the format, and how this version writes it.
 */
final class AnswerTag {
  /** To be raised whenever the same question is answered with other bytes. */
  private static final String REPRESENTATION = "2";

  private static final int BYTES = 16;

  private AnswerTag() {}

  /** The tag with its quotes, as the header writes it. */
  static String of(Release release, String canonicalPath, AnswerFormat format) {
    String key = String.join("\n", REPRESENTATION, release.id(), canonicalPath, format.id());
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return '"' + HexFormat.of().formatHex(digest, 0, BYTES) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * Whether the header {@code If-None-Match}, which may be absent, names the tag, in either content
   * coding.
   */
  static boolean isIn(String ifNoneMatch, String tag) {
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
