package fr.opendamir.question;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The start of the next page. It pins its release, so that pages stay together when a new one is
 * published, and belongs to one question, whatever the size, labels and language of its pages.
 *
 * @param offset rows before the page
 * @param question checksum of the question
 */
public record Cursor(String release, long offset, long question) {
  private static final Pattern TEXT =
      Pattern.compile("([0-9.-]{12,24})/(\\d{1,12})/([0-9a-f]{1,8})");

  /** The cursor after some rows of an answer. */
  public static Cursor after(Question query, String release, long rows) {
    return new Cursor(release, rows, checksum(query));
  }

  /** The text that clients send back, which is opaque to them. */
  public String encode() {
    String text = release + "/" + offset + "/" + Long.toHexString(question);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Empty where the text is no cursor. */
  static Optional<Cursor> decode(String encoded) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.US_ASCII);
      Matcher parts = TEXT.matcher(text);
      return parts.matches() && ReleaseId.isValid(parts.group(1))
          ? Optional.of(
              new Cursor(
                  parts.group(1),
                  Long.parseLong(parts.group(2)),
                  Long.parseLong(parts.group(3), 16)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // not base 64
    }
  }

  boolean isOf(Question query) {
    return question == checksum(query);
  }

  private static long checksum(Question query) {
    CRC32 checksum = new CRC32();
    List<Object> question =
        new ArrayList<>(
            List.of(
                query.groupBy(),
                query.measures(),
                query.filters(),
                query.months(),
                query.having(),
                query.sort()));
    if (query.totals() != Totals.NONE) {
      question.add(query.totals());
    }
    checksum.update(question.toString().getBytes(StandardCharsets.UTF_8));
    return checksum.getValue();
  }
}
