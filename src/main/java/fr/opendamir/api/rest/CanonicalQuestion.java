package fr.opendamir.api.rest;

import static java.util.stream.Collectors.joining;

import fr.opendamir.query.AggregateResult;
import fr.opendamir.query.Release;
import fr.opendamir.question.CodeFilter;
import fr.opendamir.question.Having;
import fr.opendamir.question.MonthFilter;
import fr.opendamir.question.Question;
import fr.opendamir.question.SortKey;
import fr.opendamir.question.Totals;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The address of a question with its parameters in one order and everything spelled out. */
final class CanonicalQuestion {
  private final List<String> parameters = new ArrayList<>();

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
    return base.map(from -> path(DifferenceResource.path(from.id(), release.id()), query))
            .orElseGet(() -> path(query))
        + cursor.map(text -> "&cursor=" + text).orElse("");
  }

  /** The address of the question at a resource that takes the same parameters. */
  static String path(String resource, Question query) {
    CanonicalQuestion question = new CanonicalQuestion();
    if (!query.groupBy().isEmpty()) {
      question.add("group_by", query.groupBy().stream().map(l -> l.id()).collect(joining(",")));
    }
    question.add("measures", query.measures().stream().map(m -> m.id()).collect(joining(",")));
    for (CodeFilter filter : query.filters()) {
      question.add(
          filter.level().id(), (filter.excluded() ? "!" : "") + String.join(",", filter.codes()));
    }
    for (MonthFilter.Condition condition : query.months().conditions()) {
      question.add("month", condition.text());
    }
    query.months().last().ifPresent(last -> question.add("last", String.valueOf(last)));
    for (Having having : query.having()) {
      question.add("having", having.text());
    }
    if (!query.sort().isEmpty()) {
      question.add("sort", query.sort().stream().map(SortKey::text).collect(joining(",")));
    }
    if (query.totals() != Totals.NONE) {
      question.add("totals", query.totals().name().toLowerCase(Locale.ROOT));
    }
    question.add("labels", query.labels().name().toLowerCase(Locale.ROOT));
    question.add("lang", query.language().name().toLowerCase(Locale.ROOT));
    question.add("limit", query.asksForAllRows() ? "all" : String.valueOf(query.limit()));
    if (!resource.contains("/diff/")) {
      query.release().ifPresent(release -> question.add("release", release));
    }
    return resource + "?" + String.join("&", question.parameters);
  }

  private void add(String name, String value) {
    String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
    parameters.add(
        name + "=" + encoded.replace("%2C", ",").replace("%3A", ":").replace("%21", "!"));
  }
}
