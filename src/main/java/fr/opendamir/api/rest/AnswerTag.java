package fr.opendamir.api.rest;

import fr.opendamir.answer.EntityTag;
import fr.opendamir.format.AnswerFormat;
import fr.opendamir.query.Release;

/**
 * The entity tag of an answer, known before the answer is computed. An answer depends only on the
 * release, the question with its language and page, the format, and the representation of this
 * version.
 */
final class AnswerTag {
  /** Increase whenever the answer to the same question gets different bytes. */
  private static final String REPRESENTATION = "5";

  private AnswerTag() {}

  /** Creates the tag, with quotes. */
  static String of(Release release, String canonicalPath, AnswerFormat format) {
    String[] parts = {
      REPRESENTATION,
      release.id(),
      String.join(",", release.references()),
      canonicalPath,
      format.selector()
    };
    return format.isReproducible() ? EntityTag.of(parts) : EntityTag.weak(parts);
  }
}
