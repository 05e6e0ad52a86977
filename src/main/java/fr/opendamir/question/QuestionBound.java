package fr.opendamir.question;

import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Measure;
import java.util.List;

/**
 * How long the lists of a question may be: the one place that says it, for every door. Lists are
 * counted as they are sent, before anything else is done with them: what a question may cost before
 * it is priced follows from these numbers. The same value counts once, unless there are twice as
 * many as the bound.
 */
public enum QuestionBound {
  /** Names of parameters, or members of a body. */
  PARAMETERS(100, "paramètres", "parameters"),
  GROUP_BY(6, "axes à la fois", "dimensions at a time"),
  MEASURES(Measure.values().length, "mesures", "measures"),
  SORT(GROUP_BY.most + MEASURES.most, "clés de tri", "sort keys"),
  HAVING(20, "conditions", "conditions"),
  /** Of one level: more than the longest list of codes has. */
  CODES(
      2_000,
      "codes d'un niveau ; exclure les autres (!) ou prendre un niveau plus grossier",
      "codes of a level; exclude the others (!) or take a coarser level"),
  CODES_IN_ALL(4_000, "codes dans tous les filtres ensemble", "codes in all filters together"),
  /** Months, quarters and years, or ranges of them, together. */
  PERIODS(
      300,
      "périodes en tout ; écrire des intervalles (2015-01..2024-12)",
      "periods in all; write ranges (2015-01..2024-12)"),
  /** How often a parameter may be sent that takes one value. */
  REPEATS(10, "fois", "times"),
  /** Errors that an answer tells; the last of them says where there are more. */
  ERRORS(50, "erreurs", "errors"),
  /** Cells before a page, which a cursor names. */
  OFFSET(100_000_000, "lignes avant une page", "rows before a page");

  private final int most;
  private final Label counted;

  QuestionBound(int most, String french, String english) {
    this.most = most;
    this.counted = new Label(french, english);
  }

  public int most() {
    return most;
  }

  /** Whether so many are too many. */
  public boolean isExceededBy(long count) {
    return count > most;
  }

  /** What is wrong with a list that has too many values: its name, their number and the bound. */
  public QuestionError error(String parameter, long count) {
    return new QuestionError(
        parameter,
        "too_many_values",
        new Label(
            "%d, c'est trop : au plus %d %s".formatted(count, most, counted.fr()),
            "%d is too many: at most %d %s".formatted(count, most, counted.en())),
        List.of());
  }
}
