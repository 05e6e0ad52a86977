package fr.opendamir.question;

import fr.opendamir.catalog.StandardPopulation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The position where the next page starts. It includes the release, so that all pages come from the
 * same release even when a new one is published. It is valid for one question only; page size,
 * labels and language may change between pages.
 *
 * @param offset number of cells before the page
 * @param question CRC-32 of the question
 */
public record Cursor(String release, long offset, long question) {
  private static final Pattern TEXT =
      Pattern.compile("([0-9.-]{12,24})/(\\d{1,12})/([0-9a-f]{1,8})");

  /** The cursor after the given number of cells of an answer. */
  public static Cursor after(Question query, String release, long rows) {
    return new Cursor(release, rows, checksum(query));
  }

  /** The encoded cursor, opaque to clients. */
  public String encode() {
    String text = release + "/" + offset + "/" + Long.toHexString(question);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Decodes a cursor; empty if the text is not a cursor. */
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
    if (query.isComparison()) {
      question.add(query.comparison());
    }
    if (query.fill() != Fill.NONE) {
      question.add(query.fill());
    }
    if (query.standard() != StandardPopulation.FR2023) {
      question.add(query.standard());
    }
    checksum.update(question.toString().getBytes(StandardCharsets.UTF_8));
    return checksum.getValue();
  }
}
