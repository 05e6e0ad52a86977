package fr.opendamir.answer;

import java.util.Locale;

/** Where an answer came from, for metrics. */
public enum AnswerSource {
  /** From the cache. */
  KEPT,
  /** Another request was computing it at the same time. */
  SHARED,
  /** From the database. */
  WORKED_OUT,
  /** The client has it: 304. */
  NOT_MODIFIED,
  /** Vocabulary computed now, dry runs, the contract: no question. */
  OTHER,
  /** Rejected, failed or broken off. */
  NONE;

  /** Its name in metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
