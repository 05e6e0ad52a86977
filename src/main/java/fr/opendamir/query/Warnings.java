package fr.opendamir.query;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.question.CodeFilter;
import fr.opendamir.question.Fill;
import fr.opendamir.question.MonthFilter;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.See;
import fr.opendamir.question.Text;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Collects the warnings needed to interpret the figures of an answer correctly. */
final class Warnings {
  /**
   * The largest difference between two shares not disclosed that needs no warning. A rate over the
   * disclosed codes is off by about this part of its value. Smaller differences also come from
   * blocks that are hidden as a whole, because their acts are not a mean of all acts: for charged
   * and reimbursed 0.001 by region and 0.005 by service, in a generated month of 1.5 million lines.
   */
  static final BigDecimal NEGLIGIBLE = new BigDecimal("0.005");

  private final Question question;
  private final Catalog catalog;
  private final List<Text> found = new ArrayList<>();

  private Warnings(Question question, Catalog catalog) {
    this.question = question;
    this.catalog = catalog;
  }

  static List<Text> of(
      Question question,
      Release release,
      List<YearMonth> months,
      Map<Level, Map<SourceMeasure, BigDecimal>> notDisclosed,
      Catalog catalog) {
    return new Warnings(question, catalog).find(release, months, notDisclosed);
  }

  private List<Text> find(
      Release release,
      List<YearMonth> months,
      Map<Level, Map<SourceMeasure, BigDecimal>> notDisclosed) {
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
          MonthFilter.spans(release.monthList()));
    }
    found.addAll(new Vintages(question, catalog).warnings(release.monthList(), months));
    if (question.measures().contains(Measure.QUANTITY) && !question.hasOneServicePerCell()) {
      add(
          "quantity additionne des actes de prestations différentes : grouper ou filtrer par"
              + " service pour un volume interprétable.",
          "quantity adds up acts of different services: group by service or filter on one for a"
              + " meaningful volume.");
    }
    if (question.measures().stream()
        .anyMatch(measure -> measure.isScopedToCare() && !measure.isRate())) {
      add(
          "out_of_pocket, not_covered, reimbursement_rate et excess_rate ne portent que sur les"
              + " soins et les participations (service_kind care et participation) : prestations en"
              + " espèces, rémunérations et prestations non diffusées n'y entrent pas.",
          "out_of_pocket, not_covered, reimbursement_rate and excess_rate cover care and"
              + " participations only (service_kind care and participation): cash benefits,"
              + " provider payments and services that are not disclosed are left out.");
    }
    if (question.fill() != Fill.NONE) {
      add(
          "fill : les lignes au statut empty n'ont aucun bloc sous ces codes dans la période ; des"
              + " montants peuvent y être sous ND.",
          "fill: rows with the status empty have no block under these codes in their period;"
              + " figures may be under ND there.");
    }
    addUnequal(notDisclosed);
    for (CodeFilter filter : question.filters()) {
      addUndocumented(filter);
    }
    return found;
  }

  /** Warns of measures that compare two sums whose undisclosed shares differ. */
  private void addUnequal(Map<Level, Map<SourceMeasure, BigDecimal>> notDisclosed) {
    Map<Set<SourceMeasure>, List<Measure>> byOperands = new LinkedHashMap<>();
    for (Measure measure : question.measures()) {
      Set<SourceMeasure> operands = EnumSet.copyOf(measure.sources());
      byOperands.computeIfAbsent(operands, any -> new ArrayList<>()).add(measure);
    }
    byOperands.forEach(
        (operands, measures) -> {
          List<Map.Entry<Level, Map<SourceMeasure, BigDecimal>>> unequal =
              notDisclosed.entrySet().stream()
                  .filter(level -> areUnequal(operands, level.getValue()))
                  .toList();
          if (!unequal.isEmpty()) {
            add(
                "%s : les sommes comparées ne sont pas diffusées dans les mêmes proportions (part"
                    + " non diffusée par %s) ; sous un code diffusé, il peut manquer plus de l'une"
                    + " que de l'autre.",
                "%s: the sums compared are not disclosed to the same extent (share not disclosed by"
                    + " %s), so that under a disclosed code more of one than of the other can be"
                    + " missing.",
                measures.stream().map(Measure::id).collect(joining(", ")),
                new Label(
                    shown(operands, unequal, Language.FR), shown(operands, unequal, Language.EN)));
          }
        });
  }

  private static boolean areUnequal(
      Set<SourceMeasure> operands, Map<SourceMeasure, BigDecimal> shares) {
    List<BigDecimal> known =
        operands.stream().map(shares::get).filter(Objects::nonNull).sorted().toList();
    return known.size() > 1
        && known.get(known.size() - 1).subtract(known.get(0)).compareTo(NEGLIGIBLE) > 0;
  }

  /** Renders shares: {@code region: charged 0.03%, excess_fees 1.21%}. */
  private static String shown(
      Set<SourceMeasure> operands,
      List<Map.Entry<Level, Map<SourceMeasure, BigDecimal>>> shares,
      Language language) {
    String space = language == Language.FR ? " " : "";
    return shares.stream()
        .map(
            level ->
                operands.stream()
                    .map(
                        measure ->
                            measure.id() + " " + percent(level.getValue().get(measure), language))
                    .collect(joining(", ", level.getKey().id() + space + ": ", "")))
        .collect(joining(space + "; "));
  }

  private static String percent(BigDecimal share, Language language) {
    String number = share.movePointRight(2).setScale(2, RoundingMode.HALF_UP).toPlainString();
    return switch (language) {
      case FR -> number.replace('.', ',') + " %";
      case EN -> number + "%";
    };
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
