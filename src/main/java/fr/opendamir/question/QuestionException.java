package fr.opendamir.question;

import java.util.List;

/** A question that cannot be answered as it is asked; holds everything that is wrong with it. */
public final class QuestionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why it cannot be answered. */
  public enum Reason {
    /** It names unknown things or is not well formed. */
    MALFORMED,
    /** It is well formed but has no meaningful answer. */
    IMPOSSIBLE,
    /** Its answer has more rows than an answer may have. */
    TOO_LARGE,
    /** Nothing is published. */
    NOT_PUBLISHED,
    /** The release asked for is not, or no longer, served. */
    UNKNOWN_RELEASE
  }

  private final Reason reason;
  private final transient List<QuestionError> errors;

  public QuestionException(Reason reason, List<QuestionError> errors) {
    super(errors.toString());
    this.reason = reason;
    this.errors = List.copyOf(errors);
  }

  public Reason reason() {
    return reason;
  }

  public List<QuestionError> errors() {
    return errors;
  }
}
