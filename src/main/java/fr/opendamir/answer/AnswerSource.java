package fr.opendamir.answer;

import java.util.Locale;

/** The source of an answer, for metrics. */
public enum AnswerSource {
  /** Cache hit. */
  KEPT,
  /** Computed by another request at the same time. */
  SHARED,
  /** Computed from the database. */
  WORKED_OUT,
  /** The client already has it: 304. */
  NOT_MODIFIED,
  /** Not the answer to a question: computed vocabulary, dry runs, the OpenAPI document. */
  OTHER,
  /** Rejected, failed or aborted. */
  NONE;

  /** The label value in metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
