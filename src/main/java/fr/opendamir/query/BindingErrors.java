package fr.opendamir.query;

import fr.opendamir.catalog.Label;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import java.util.List;

/** What can be wrong with a question that was understood, once its release is known. */
final class BindingErrors {
  private BindingErrors() {}

  static QuestionException nothingPublished() {
    return ofRelease(
        QuestionException.Reason.NOT_PUBLISHED,
        "nothing_published",
        new Label(
            "aucun mois n'est encore publié ; importer un fichier mensuel",
            "no month has been published yet; import a monthly file"));
  }

  static QuestionException notServed(String id) {
    String shown = QuestionError.shown(id);
    return ofRelease(
        QuestionException.Reason.UNKNOWN_RELEASE,
        "unknown_release",
        new Label(
            shown + " n'est pas (ou plus) servie ; voir /v1/releases",
            shown + " is not, or no longer, served; see /v1/releases"));
  }

  static QuestionException tooManyRows(int most) {
    return new QuestionException(
        QuestionException.Reason.TOO_LARGE,
        List.of(
            new QuestionError(
                "limit",
                "too_many_rows",
                new Label(
                    "la réponse aurait plus de %d lignes : filtrer, retirer un axe de group_by, ou lire par pages (limit=%d et cursor)"
                        .formatted(most, Question.MAX_LIMIT),
                    "the answer would have more than %d rows: filter, leave out a dimension of group_by, or read pages (limit=%d and cursor)"
                        .formatted(most, Question.MAX_LIMIT)),
                List.of())));
  }

  private static QuestionException ofRelease(
      QuestionException.Reason reason, String code, Label detail) {
    return new QuestionException(
        reason, List.of(new QuestionError("release", code, detail, List.of())));
  }
}
