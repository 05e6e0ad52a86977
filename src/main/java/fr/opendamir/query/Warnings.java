package fr.opendamir.query;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.question.CodeFilter;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.See;
import fr.opendamir.question.Text;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** Collects the warnings needed to interpret the figures of an answer correctly. */
final class Warnings {
  private final Question question;
  private final Catalog catalog;
  private final List<Text> found = new ArrayList<>();

  private Warnings(Question question, Catalog catalog) {
    this.question = question;
    this.catalog = catalog;
  }

  static List<Text> of(
      Question question, Release release, List<YearMonth> months, Catalog catalog) {
    return new Warnings(question, catalog).find(release, months);
  }

  private List<Text> find(Release release, List<YearMonth> months) {
    if (release.isSynthetic()) {
      add(
          "Données synthétiques de démonstration : aucun chiffre n'est réel.",
          "Synthetic demonstration data: no figure is real.");
    }
    List<String> missing = question.months().without(release.monthList(), months);
    if (!missing.isEmpty()) {
      String periods = QuestionError.shown(String.join(", ", missing));
      add(
          "Aucun mois n'est publié dans %s ; mois publiés : %s.",
          "No month is published in %s; months published: %s.",
          periods,
          CodeLists.spans(release.monthList()));
    }
    if (question.measures().contains(Measure.QUANTITY) && !question.hasOneServicePerCell()) {
      add(
          "quantity additionne des actes de prestations différentes : grouper ou filtrer par service"
              + " pour un volume interprétable.",
          "quantity adds up acts of different services: group by service or filter on one for a"
              + " meaningful volume.");
    }
    if (question.measures().stream().anyMatch(Measure::isScopedToCare)) {
      add(
          "out_of_pocket, not_covered, reimbursement_rate et excess_rate ne portent que sur les soins"
              + " et les participations (service_kind care et participation) : prestations en espèces,"
              + " rémunérations et prestations non diffusées n'y entrent pas.",
          "out_of_pocket, not_covered, reimbursement_rate and excess_rate cover care and participations"
              + " only (service_kind care and participation): cash benefits, provider payments and"
              + " services that are not disclosed are left out.");
    }
    for (CodeFilter filter : question.filters()) {
      addUndocumented(filter);
    }
    return found;
  }

  private void addUndocumented(CodeFilter filter) {
    Level level = filter.level();
    List<String> unknown =
        filter.codes().stream().filter(code -> !catalog.isDocumented(level, code)).toList();
    if (!unknown.isEmpty()) {
      add(
          "%s n'est pas dans la liste des codes de %s (%s).",
          "%s is not in the code list of %s (%s).",
          String.join(", ", unknown),
          level.id(),
          new See.Codes(level));
    }
  }

  private void add(String french, String english, Object... values) {
    found.add(Text.of(new Label(french, english), values));
  }
}
