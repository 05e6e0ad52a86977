package fr.opendamir.question;

import fr.opendamir.catalog.Language;

/**
 * How an answer is shown: what changes neither its figures nor their order.
 *
 * @param limit at most this many cells; see {@link Question#limit}
 * @param offset cells before the first one of the answer
 */
public record Presentation(LabelStyle labels, Language language, int limit, long offset) {
  Presentation withLimit(int other) {
    return new Presentation(labels, language, other, offset);
  }

  Presentation from(long otherOffset) {
    return new Presentation(labels, language, limit, otherOffset);
  }
}
