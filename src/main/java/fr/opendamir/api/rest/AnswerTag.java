package fr.opendamir.api.rest;

import fr.opendamir.answer.EntityTag;
import fr.opendamir.format.AnswerFormat;
import fr.opendamir.query.Release;

/**
 * The entity tag of an answer, known before any work: what an answer says depends on nothing but
 * the release, the question with its language and page, the format, and how this version writes it.
 */
final class AnswerTag {
  /** To be raised whenever the same question is answered with other bytes. */
  private static final String REPRESENTATION = "3";

  private AnswerTag() {}

  /** The tag with its quotes, as the header writes it. */
  static String of(Release release, String canonicalPath, AnswerFormat format) {
    return EntityTag.of(REPRESENTATION, release.id(), canonicalPath, format.id());
  }
}
