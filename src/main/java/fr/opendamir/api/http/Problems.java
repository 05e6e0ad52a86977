package fr.opendamir.api.http;

import fr.opendamir.access.Grant;
import fr.opendamir.access.OverloadedException;
import fr.opendamir.access.TooManyAtOnceException;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import fr.opendamir.query.DataUnavailableException;
import fr.opendamir.query.TooLargeException;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import fr.opendamir.question.Terms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Converts failures to problems, in the same way for every entry point: the cause and what would
 * work, never a stack trace.
 *
 * @param language language of the texts
 * @param instance address of the request
 */
public record Problems(Language language, String instance, String requestId) {
  /** Seconds to wait before retrying after a server error. */
  public static final int RETRY_AFTER_SECONDS = 5;

  /**
   * Maximum listed errors: with thousands of them the response would be longer than the request.
   */
  private static final int MOST_ITEMS = 50;

  private static final Label TRY_AGAIN =
      new Label(
          "Réessayer après le délai de l'en-tête Retry-After.",
          "Try again after the delay in the Retry-After header.");

  /** The same in a language. */
  public Problems in(Language texts) {
    return new Problems(texts, instance, requestId);
  }

  /** The problem for a question that cannot be answered as sent, in REST terms. */
  public Problem of(QuestionException e) {
    return of(e, AddressTerms.INSTANCE);
  }

  /** The problem for a question that cannot be answered as sent, in the terms of an entry point. */
  public Problem of(QuestionException e, Terms terms) {
    ProblemType type =
        switch (e.reason()) {
          case MALFORMED -> ProblemType.MALFORMED_QUESTION;
          case IMPOSSIBLE -> ProblemType.IMPOSSIBLE_QUESTION;
          case TOO_LARGE -> ProblemType.TOO_LARGE_QUESTION;
          case NOT_PUBLISHED -> ProblemType.NOTHING_PUBLISHED;
          case UNKNOWN_RELEASE -> ProblemType.RELEASE_NOT_SERVED;
        };
    QuestionError first = e.errors().get(0);
    String detail = terms.name(first.argument()) + ": " + first.detail(terms).in(language);
    if (e.errors().size() > 1) {
      detail +=
          new Label(
                  " (et %d autre(s) erreur(s), voir errors)".formatted(e.errors().size() - 1),
                  " (and %d more, see errors)".formatted(e.errors().size() - 1))
              .in(language);
    }
    List<Problem.Item> items =
        e.errors().stream()
            .limit(MOST_ITEMS)
            .map(error -> Problem.Item.of(error, terms, language))
            .toList();
    return of(type, detail, items, Map.of());
  }

  /**
   * The problem for a question that would scan too many rows, with smaller questions that work.
   *
   * @param link returns the address of a question, if the entry point has such addresses
   */
  public Problem of(TooLargeException e, Function<Question, Optional<String>> link) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("scanned_rows", e.scannedRows());
    members.put("max_scanned_rows", e.maxScannedRows());
    members.put(
        "suggestions",
        e.suggestions().stream()
            .map(suggestion -> suggestion(suggestion, link.apply(suggestion.query())))
            .toList());
    String detail =
        new Label(
                "%d lignes à parcourir, %d au plus ; suggestions donne des questions plus petites",
                "%d rows to scan, at most %d; suggestions has smaller questions")
            .in(language)
            .formatted(e.scannedRows(), e.maxScannedRows());
    return of(ProblemType.TOO_LARGE_QUESTION, detail, List.of(), members);
  }

  private Map<String, Object> suggestion(
      TooLargeException.Suggestion suggestion, Optional<String> href) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("change", suggestion.change().in(language));
    href.ifPresent(address -> members.put("href", address));
    return members;
  }

  /** The problem for an exceeded allowance. */
  public Problem of(Grant refused) {
    ProblemType type = ProblemType.QUOTA_EXCEEDED;
    return of(
        type,
        type.description().in(language),
        List.of(),
        Map.of("violated-policies", refused.violated()));
  }

  /** The problem for a failure on the server side. */
  public Problem of(Throwable e) {
    if (e instanceof OverloadedException) {
      return of(ProblemType.OVERLOADED);
    }
    if (e instanceof TooManyAtOnceException) {
      return of(ProblemType.TOO_MANY_AT_ONCE);
    }
    return e instanceof DataUnavailableException away
        ? unavailable(away.part())
        : of(ProblemType.INTERNAL_ERROR);
  }

  /** The problem while data are unavailable. */
  public Problem unavailable(DataUnavailableException.Part part) {
    Label reason =
        switch (part) {
          case DATABASE ->
              new Label("La base de données ne répond pas.", "The database does not answer.");
          case ENGINE ->
              new Label(
                  "Le moteur de calcul des chiffres ne répond pas à temps.",
                  "The engine that computes figures does not answer in time.");
          case RELEASE ->
              new Label(
                  "La version n'est pas encore prête, ou vient d'être remplacée.",
                  "The release is not ready yet, or was just replaced.");
        };
    return of(
        ProblemType.UNAVAILABLE,
        reason.in(language) + " " + TRY_AGAIN.in(language),
        List.of(),
        Map.of());
  }

  /** A problem with the default description of its type. */
  public Problem of(ProblemType type) {
    return of(type, type.description().in(language), List.of(), Map.of());
  }

  /** A problem with specific members. */
  public Problem of(
      ProblemType type, String detail, List<Problem.Item> errors, Map<String, Object> extensions) {
    return new Problem(
        type.uri(),
        type.title().in(language),
        type.status(),
        detail,
        instance,
        errors,
        requestId,
        extensions,
        language);
  }
}
