package fr.opendamir.api.rest;

import fr.opendamir.query.AggregateResult;
import fr.opendamir.query.Release;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionText;
import java.util.Optional;

/** Addresses of questions and answers, with the canonical text of the question. */
final class CanonicalQuestion {
  private CanonicalQuestion() {}

  /** The address of the question itself, from its first row. */
  static String path(Question query) {
    return path("/v1/aggregates", query);
  }

  /** The address of an answer, which may be a later page, or a difference of releases. */
  static String path(AggregateResult result) {
    return path(result, result.ownCursor());
  }

  /** The address of an answer to a question from a release. */
  static String path(Question query, Release release) {
    return path(query) + query.cursor(release.id()).map(text -> "&cursor=" + text).orElse("");
  }

  /** The address that describes an answer: its first rows as JSON, which has no whole answers. */
  static String description(AggregateResult result) {
    return path(
            inPages(result.query(), result.release()),
            result.base(),
            result.release(),
            result.ownCursor())
        + "&format=json";
  }

  /** The same of an answer that is not known yet. */
  static String description(Question query, Release release) {
    return path(inPages(query, release), release) + "&format=json";
  }

  /** A file is kept for long: its description is of its release, whatever is the newest then. */
  private static Question inPages(Question query, Release release) {
    return query.asksForAllRows()
        ? query.withLimit(Question.DEFAULT_LIMIT).of(release.id())
        : query;
  }

  /** The address of all rows of an answer, as a file. */
  static String file(AggregateResult result, String format) {
    return path(
            result.query().withLimit(Question.ALL_ROWS),
            result.base(),
            result.release(),
            Optional.empty())
        + "&format="
        + format;
  }

  /** The address of the next page; absent after the last. */
  static Optional<String> next(AggregateResult result) {
    return result.nextCursor().map(cursor -> path(result, Optional.of(cursor)));
  }

  private static String path(AggregateResult result, Optional<String> cursor) {
    return path(result.query(), result.base(), result.release(), cursor);
  }

  private static String path(
      Question query, Optional<Release> base, Release release, Optional<String> cursor) {
    // The address of a difference names its releases, so that its parameters name none.
    return base.map(
                from -> path(DifferenceResource.path(from.id(), release.id()), query.ofNewest()))
            .orElseGet(() -> path(query))
        + cursor.map(text -> "&cursor=" + text).orElse("");
  }

  /** The address of the question at a resource that takes the same parameters. */
  static String path(String resource, Question query) {
    return resource + "?" + QuestionText.query(query);
  }
}
