package fr.opendamir.question;

import java.util.List;

/** A question cannot be answered. Contains all errors found in it. */
public final class QuestionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The reason why the question cannot be answered. */
  public enum Reason {
    /** It is not well formed, or has unknown names or codes. */
    MALFORMED,
    /** It is well formed but has no meaningful answer. */
    IMPOSSIBLE,
    /** Its answer has more rows than an answer may have. */
    TOO_LARGE,
    /** Nothing is published. */
    NOT_PUBLISHED,
    /** The requested release is not served, or no longer served. */
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
