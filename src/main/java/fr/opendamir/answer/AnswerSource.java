package fr.opendamir.answer;

import java.util.Locale;

/** Where an answer came from, as metrics tell it apart. */
public enum AnswerSource {
  /** From memory. */
  KEPT,
  /** Another request was working it out at the same time. */
  SHARED,
  /** From the database. */
  WORKED_OUT,
  /** The reader has it: 304. */
  NOT_MODIFIED,
  /** Vocabulary, dry runs, the contract: no question to figures. */
  OTHER,
  /** Refused, failed or broken off. */
  NONE;

  /** Its name in metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
