package fr.opendamir.question;

import fr.opendamir.catalog.Language;

/**
 * The settings that change neither the figures of an answer nor their order.
 *
 * @param limit maximum number of cells; see {@link Question#limit}
 * @param offset number of cells before the first cell of the answer
 */
public record Presentation(LabelStyle labels, Language language, int limit, long offset) {
  Presentation with(LabelStyle others) {
    return new Presentation(others, language, limit, offset);
  }

  Presentation withLimit(int other) {
    return new Presentation(labels, language, other, offset);
  }

  Presentation from(long otherOffset) {
    return new Presentation(labels, language, limit, otherOffset);
  }
}
