package fr.opendamir.table;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What belongs to an answer as a whole. Names of components are those of the members of JSON, which
 * has underscores in them.
 *
 * @param title measures and levels in words
 * @param measures what the measures are called where they are a dimension
 * @param query the canonical question, by parameter: texts, numbers, lists or maps of those, null
 * @param base the release that was subtracted, where the answer is a difference
 */
public record AnswerDescription(
    String title,
    String measures,
    Page page,
    Map<String, Object> query,
    Optional<ReleaseSummary> base,
    ReleaseSummary release,
    Disclosure disclosure,
    List<String> warnings,
    Attribution attribution,
    Links links) {

  /**
   * Where the rows are among all of them.
   *
   * @param nextCursor null after the last page
   * @param total cells on all pages together
   */
  public record Page(int limit, String nextCursor, boolean hasMore, long total) {}

  /**
   * A release.
   *
   * @param publishedAt RFC 3339
   * @param months {@code 2024-01}, oldest first
   */
  public record ReleaseSummary(
      String id, String publishedAt, boolean synthetic, List<String> months) {}

  /**
   * How contributors are protected.
   *
   * @param threshold the least number of contributors of a block
   * @param notDisclosed by level: the share (0..1) of the charged amount whose code is not
   *     disclosed; null for a difference, whose parts may cancel
   */
  public record Disclosure(
      String policy, int threshold, Map<String, BigDecimal> notDisclosed, String documentation) {}

  /** What the licence of the data requires every user to name. */
  public record Attribution(String source, String licence, String lastUpdate) {}

  /**
   * Addresses.
   *
   * @param self of the answer, without its format
   * @param next of the next page; null after the last
   * @param csv of all rows as a file
   */
  public record Links(String self, String next, String csv, String documentation) {}
}
