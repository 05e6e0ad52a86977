package fr.opendamir.query;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.question.CodeFilter;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionError;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** What a reader must know to read an answer rightly. */
final class Warnings {
  private final Question query;
  private final Catalog catalog;
  private final List<Label> found = new ArrayList<>();

  private Warnings(Question query, Catalog catalog) {
    this.query = query;
    this.catalog = catalog;
  }

  static List<Label> of(Question query, Release release, List<YearMonth> months, Catalog catalog) {
    return new Warnings(query, catalog).find(release, months);
  }

  private List<Label> find(Release release, List<YearMonth> months) {
    if (release.isSynthetic()) {
      add(
          "Données synthétiques de démonstration : aucun chiffre n'est réel.",
          "Synthetic demonstration data: no figure is real.");
    }
    List<String> missing = query.months().without(release.monthList(), months);
    if (!missing.isEmpty()) {
      String periods = QuestionError.shown(String.join(", ", missing));
      String available = CodeLists.spans(release.monthList());
      add(
          "Aucun mois n'est publié dans %s ; mois publiés : %s.".formatted(periods, available),
          "No month is published in %s; months published: %s.".formatted(periods, available));
    }
    if (query.measures().contains(Measure.QUANTITY) && !query.hasOneServicePerCell()) {
      add(
          "quantity additionne des actes de prestations différentes : grouper ou filtrer par service"
              + " pour un volume interprétable.",
          "quantity adds up acts of different services: group by service or filter on one for a"
              + " meaningful volume.");
    }
    if (query.measures().stream().anyMatch(Measure::isScopedToCare)) {
      add(
          "out_of_pocket, not_covered, reimbursement_rate et excess_rate ne portent que sur les soins"
              + " et les participations (service_kind care et participation) : prestations en espèces,"
              + " rémunérations et prestations non diffusées n'y entrent pas.",
          "out_of_pocket, not_covered, reimbursement_rate and excess_rate cover care and participations"
              + " only (service_kind care and participation): cash benefits, provider payments and"
              + " services that are not disclosed are left out.");
    }
    for (CodeFilter filter : query.filters()) {
      addUndocumented(filter);
    }
    return found;
  }

  private void addUndocumented(CodeFilter filter) {
    Level level = filter.level();
    List<String> unknown =
        filter.codes().stream().filter(code -> !catalog.isDocumented(level, code)).toList();
    if (!unknown.isEmpty()) {
      String codes = String.join(", ", unknown);
      add(
          "%s n'est pas dans la liste des codes de %s (/v1/dimensions/%s/codes)."
              .formatted(codes, level.id(), level.id()),
          "%s is not in the code list of %s (/v1/dimensions/%s/codes)."
              .formatted(codes, level.id(), level.id()));
    }
  }

  private void add(String french, String english) {
    found.add(new Label(french, english));
  }
}
