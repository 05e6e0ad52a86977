package fr.opendamir.api.rest;

import fr.opendamir.query.AggregateResult;
import fr.opendamir.query.Release;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionText;
import java.util.Optional;

/** URLs of questions and answers, built from the canonical text of the question. */
final class CanonicalQuestion {
  private CanonicalQuestion() {}

  /** The URL of a question, starting at its first row. */
  static String path(Question query) {
    return path("/v1/aggregates", query);
  }

  /** The URL of an answer, which may be a later page, or a difference between releases. */
  static String path(AggregateResult result) {
    return path(result, result.ownCursor());
  }

  /** The URL of the answer to a question from the release with that id. */
  static String path(Question query, String release) {
    return path(query) + query.cursor(release).map(text -> "&cursor=" + text).orElse("");
  }

  /**
   * The URL of the description of an answer: its first page as JSON, because JSON answers are
   * always paged.
   */
  static String description(AggregateResult result) {
    return path(
            inPages(result.query(), result.release()),
            result.base(),
            result.release(),
            result.ownCursor())
        + "&format=json";
  }

  /** The URL of the description of an answer that is not computed yet. */
  static String description(Question query, Release release) {
    return path(inPages(query, release), release.id()) + "&format=json";
  }

  /**
   * Names the release, because clients store files for a long time: the description must not change
   * with a new release.
   */
  private static Question inPages(Question query, Release release) {
    return query.asksForAllRows()
        ? query.withLimit(Question.DEFAULT_LIMIT).of(release.id())
        : query;
  }

  /** The URL of all rows of an answer, as a file. */
  static String file(AggregateResult result, String format) {
    return path(
            result.query().withLimit(Question.ALL_ROWS),
            result.base(),
            result.release(),
            Optional.empty())
        + "&format="
        + format;
  }

  /** The URL of the next page; absent on the last page. */
  static Optional<String> next(AggregateResult result) {
    return result.nextCursor().map(cursor -> path(result, Optional.of(cursor)));
  }

  private static String path(AggregateResult result, Optional<String> cursor) {
    return path(result.query(), result.base(), result.release(), cursor);
  }

  private static String path(
      Question query, Optional<Release> base, Release release, Optional<String> cursor) {
    // The path of a difference has its releases, so the parameters have none.
    return base.map(
                from -> path(DifferenceResource.path(from.id(), release.id()), query.ofNewest()))
            .orElseGet(() -> path(query))
        + cursor.map(text -> "&cursor=" + text).orElse("");
  }

  /** The URL of a question at a resource that takes the same parameters. */
  static String path(String resource, Question query) {
    return resource + "?" + QuestionText.query(query);
  }
}
