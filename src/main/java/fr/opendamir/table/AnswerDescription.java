package fr.opendamir.table;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The metadata of an answer. The components have the names of the JSON members, which are written
 * in snake case.
 *
 * <p>{@code release} and {@code disclosure} are null for a table that is from no release.
 *
 * @param title text that names the measures and levels
 * @param measures label of the dimension of measures in formats that have one
 * @param query the canonical question, by parameter: values are texts, numbers, null, or lists or
 *     maps of these
 * @param more other members of the description, in the form of {@code query}
 * @param absentRows what it means that no row has a combination of codes
 * @param base the subtracted release; present if the answer is a difference
 */
public record AnswerDescription(
    String title,
    String measures,
    Page page,
    Map<String, Object> query,
    Map<String, Object> more,
    String absentRows,
    Optional<ReleaseSummary> base,
    ReleaseSummary release,
    Disclosure disclosure,
    List<String> warnings,
    Attribution attribution,
    Links links) {

  /**
   * Writes a value as texts by name: a list with commas, and each member of a map after the name of
   * the map ({@code rates.population}). Null has no text.
   *
   * @param name blank for a map whose members have no name before theirs
   * @param value in the form of {@code query}
   */
  public static Map<String, String> texts(String name, Object value) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> members) {
      String prefix = name.isEmpty() ? "" : name + ".";
      members.forEach((member, inner) -> texts.putAll(texts(prefix + member, inner)));
    } else if (value instanceof List<?> list) {
      texts.put(name, list.stream().map(String::valueOf).collect(joining(",")));
    } else if (value != null) {
      texts.put(name, value.toString());
    }
    return texts;
  }

  /**
   * The position of the page among all rows.
   *
   * @param nextCursor null on the last page
   * @param total number of cells on all pages together
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
   * The protection of contributors.
   *
   * @param threshold the minimum number of contributors of a block
   * @param notDisclosed by level and source measure: the share (0..1) of its sum whose code is not
   *     disclosed, null if unknown; null for a difference, because its parts may cancel out
   */
  public record Disclosure(
      String policy,
      int threshold,
      Map<String, Map<String, BigDecimal>> notDisclosed,
      String documentation) {}

  /** The attribution that the licence of the data requires. */
  public record Attribution(String source, String licence, String lastUpdate) {}

  /**
   * URLs.
   *
   * @param self the URL of the answer, without its format
   * @param next the URL of the next page; null on the last page
   * @param csv the URL of all rows as a CSV file
   */
  public record Links(String self, String next, String csv, String documentation) {}
}
