package fr.opendamir.question;

import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What is wrong with a question, as far as anybody reads it: where there is more than {@link
 * QuestionBound#ERRORS}, the search ends at once, and the last error says so.
 */
public final class QuestionErrors {
  /** The first errors are mended first: what is meant by the others is not looked for. */
  private static final int MOST_EXPLAINED = 10;

  private final List<QuestionError> errors = new ArrayList<>();

  /**
   * Adds one.
   *
   * @throws QuestionException where there are too many to go on
   */
  public void add(QuestionError error) {
    if (errors.size() == QuestionBound.ERRORS.most()) {
      errors.set(errors.size() - 1, more());
      throw exception();
    }
    errors.add(error);
  }

  /** Adds some, as {@link #add} does. */
  public void addAll(Collection<QuestionError> others) {
    others.forEach(this::add);
  }

  public boolean isEmpty() {
    return errors.isEmpty();
  }

  /** Whether what is meant should be looked for, in the next error; that takes longest. */
  public boolean isExplaining() {
    return errors.size() < MOST_EXPLAINED;
  }

  /** Adds that a parameter has a value that is none of the valid ones. */
  void addUnknownValue(String parameter, String value, List<String> valid) {
    add(QuestionError.unknownValue(parameter, value, valid, isExplaining()));
  }

  /** What was found so far. */
  public List<QuestionError> list() {
    return List.copyOf(errors);
  }

  /** Forgets what was found. */
  public void clear() {
    errors.clear();
  }

  /** Whether one of these parameters is wrong already. */
  boolean hasErrorOf(Collection<String> names) {
    return errors.stream().anyMatch(error -> names.contains(error.parameter()));
  }

  /**
   * Ends a question with errors.
   *
   * @throws QuestionException with every error found
   */
  public void requireNone() {
    if (!errors.isEmpty()) {
      throw exception();
    }
  }

  private QuestionException exception() {
    return new QuestionException(QuestionException.Reason.MALFORMED, errors);
  }

  private QuestionError more() {
    return new QuestionError(
        errors.get(errors.size() - 1).parameter(),
        "more_errors",
        new Label(
            "il y a d'autres erreurs ; corriger d'abord celles-ci",
            "there are more errors; mend these first"),
        List.of());
  }

  /** A value that cannot be a code. */
  public static QuestionError noCode(Level level, String value) {
    return noCode(level, value, List.of());
  }

  public static QuestionError noCode(Level level, String value, List<String> nearest) {
    return new QuestionError(
        level.id(),
        "malformed_value",
        new Label(
            "« %s » n'est pas un code ; voir /v1/dimensions/%s/codes"
                .formatted(QuestionError.shown(value), level.id()),
            "\"%s\" is not a code; see /v1/dimensions/%s/codes"
                .formatted(QuestionError.shown(value), level.id())),
        nearest);
  }
}
