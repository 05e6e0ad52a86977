package fr.opendamir.query;

import fr.opendamir.catalog.Formula;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Measure;
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

  /**
   * Requires measures that are sums.
   *
   * @throws QuestionException which names the others
   */
  static void requireSums(Question question) {
    require(
        question.measures().stream()
            .filter(
                m -> m.formula() instanceof Formula.Ratio || m.formula() instanceof Formula.PerAct)
            .map(BindingErrors::noSum)
            .toList());
  }

  private static QuestionError noSum(Measure measure) {
    return new QuestionError(
        "measures",
        "not_a_sum",
        new Label(
            measure.id()
                + " est un quotient : sa variation n'est pas une somme de blocs ; demander ses deux"
                + " termes",
            measure.id()
                + " is a quotient: its change is no sum of blocks; ask for the two sums it is made"
                + " of"),
        List.of());
  }

  /** Whether every measure of a question is defined for its cells. */
  static boolean hasMeaning(Question question) {
    return undefined(question).isEmpty();
  }

  /**
   * Requires measures that are defined for the cells of a question.
   *
   * @throws QuestionException which names the others and what would work
   */
  static void requireMeaning(Question question) {
    require(undefined(question).stream().map(BindingErrors::severalServices).toList());
  }

  private static List<Measure> undefined(Question question) {
    return question.hasOneServicePerCell()
        ? List.of()
        : question.measures().stream()
            .filter(measure -> measure.formula() instanceof Formula.PerAct)
            .toList();
  }

  private static QuestionError severalServices(Measure measure) {
    return new QuestionError(
        "measures",
        "several_services",
        new Label(
            measure.id()
                + " n'a de sens que pour une seule prestation : ajouter service à group_by, ou"
                + " filtrer sur une prestation (service=1110)",
            measure.id()
                + " only makes sense for one service: add service to group_by, or filter on one"
                + " (service=1110)"),
        List.of());
  }

  private static void require(List<QuestionError> errors) {
    if (!errors.isEmpty()) {
      throw new QuestionException(QuestionException.Reason.IMPOSSIBLE, errors);
    }
  }
}
