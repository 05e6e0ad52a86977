package fr.opendamir.catalog;

import fr.opendamir.catalog.Formula.Difference;
import fr.opendamir.catalog.Formula.Quotient;
import fr.opendamir.catalog.Formula.Rate;
import fr.opendamir.catalog.Formula.Sum;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A measure that a question can request. Public definitions and caveats are in {@code
 * measures.csv}.
 */
public enum Measure {
  QUANTITY(sum(SourceMeasure.QUANTITY)),
  CHARGED(sum(SourceMeasure.CHARGED)),
  REIMBURSED(sum(SourceMeasure.REIMBURSED)),
  EXCESS_FEES(sum(SourceMeasure.EXCESS_FEES)),
  REIMBURSEMENT_BASE(sum(SourceMeasure.REIMBURSEMENT_BASE)),
  REIMBURSED_ALL(sum(SourceMeasure.REIMBURSED_ALL)),
  OUT_OF_POCKET(differenceInCare(SourceMeasure.CHARGED, SourceMeasure.REIMBURSED)),
  NOT_COVERED(differenceInCare(SourceMeasure.CHARGED, SourceMeasure.REIMBURSED_ALL)),
  REIMBURSEMENT_RATE(ratioInCare(SourceMeasure.REIMBURSED, SourceMeasure.CHARGED)),
  EXCESS_RATE(ratioInCare(SourceMeasure.EXCESS_FEES, SourceMeasure.CHARGED)),
  AVERAGE_CHARGE(perAct(SourceMeasure.CHARGED), Coverage.ONE_SERVICE),
  AVERAGE_REIMBURSED(perAct(SourceMeasure.REIMBURSED), Coverage.ONE_SERVICE),
  REIMBURSED_PER_INHABITANT(perInhabitant(sumInCare(SourceMeasure.REIMBURSED))),
  CHARGED_PER_INHABITANT(perInhabitant(sumInCare(SourceMeasure.CHARGED))),
  EXCESS_FEES_PER_INHABITANT(perInhabitant(sumInCare(SourceMeasure.EXCESS_FEES))),
  OUT_OF_POCKET_PER_INHABITANT(
      perInhabitant(differenceInCare(SourceMeasure.CHARGED, SourceMeasure.REIMBURSED))),
  ACTS_PER_1000(new Rate(sum(SourceMeasure.QUANTITY), 1000, 6, false), Coverage.ONE_SERVICE),
  REIMBURSED_PER_INHABITANT_STANDARDISED(new Rate(sumInCare(SourceMeasure.REIMBURSED), 1, 2, true)),
  CHARGED_PER_INHABITANT_STANDARDISED(new Rate(sumInCare(SourceMeasure.CHARGED), 1, 2, true)),
  ACTS_PER_1000_STANDARDISED(
      new Rate(sum(SourceMeasure.QUANTITY), 1000, 6, true), Coverage.ONE_SERVICE);

  private final String id = name().toLowerCase(Locale.ROOT);
  private final Formula formula;
  private final Coverage coverage;

  Measure(Formula formula) {
    this(formula, Coverage.EVERY_CELL);
  }

  Measure(Formula formula, Coverage coverage) {
    this.formula = formula;
    this.coverage = coverage;
  }

  private static Formula sum(SourceMeasure of) {
    return new Sum(SumColumn.ofAll(of));
  }

  private static Formula sumInCare(SourceMeasure of) {
    return new Sum(SumColumn.ofCare(of));
  }

  private static Formula perInhabitant(Formula amount) {
    return new Rate(amount, 1, 2, false);
  }

  private static Formula differenceInCare(SourceMeasure minuend, SourceMeasure subtrahend) {
    return new Difference(SumColumn.ofCare(minuend), SumColumn.ofCare(subtrahend));
  }

  private static Formula ratioInCare(SourceMeasure dividend, SourceMeasure divisor) {
    return new Quotient(SumColumn.ofCare(dividend), SumColumn.ofCare(divisor), 6);
  }

  private static Formula perAct(SourceMeasure amount) {
    return new Quotient(SumColumn.ofAll(amount), SumColumn.ofAll(SourceMeasure.QUANTITY), 2);
  }

  /** The public identifier. */
  public String id() {
    return id;
  }

  public Formula formula() {
    return formula;
  }

  public Coverage coverage() {
    return coverage;
  }

  /**
   * Whether only services of kind care and participation count: cash benefits and provider payments
   * have a reimbursement without a charge and would make these measures meaningless.
   */
  public boolean isScopedToCare() {
    return sums().stream().anyMatch(SumColumn::careOnly);
  }

  /** The sums used to calculate the measure. */
  public List<SumColumn> sums() {
    return formula.sums();
  }

  /** The formula of a measure that is divided by the population; empty for other measures. */
  public Optional<Rate> rate() {
    return formula instanceof Rate rate ? Optional.of(rate) : Optional.empty();
  }

  /** Whether the measure is divided by the population. */
  public boolean isRate() {
    return rate().isPresent();
  }

  /** Whether it is a rate that is weighted by a standard population. */
  public boolean isStandardised() {
    return rate().filter(Rate::isStandardised).isPresent();
  }

  /** The same rate without weights; the measure itself if it has none. */
  public Measure crude() {
    return switch (this) {
      case REIMBURSED_PER_INHABITANT_STANDARDISED -> REIMBURSED_PER_INHABITANT;
      case CHARGED_PER_INHABITANT_STANDARDISED -> CHARGED_PER_INHABITANT;
      case ACTS_PER_1000_STANDARDISED -> ACTS_PER_1000;
      default -> this;
    };
  }

  /** The source measures used to calculate the measure, each once. */
  public List<SourceMeasure> sources() {
    return sums().stream().map(SumColumn::measure).distinct().toList();
  }

  /** Number of decimals of its values. */
  public int decimals() {
    return formula.decimals();
  }

  /** The DAMIR variable that is an alias of the measure. */
  public Optional<String> alias() {
    return formula instanceof Sum sum
        ? Optional.of(sum.of().measure().variable())
        : Optional.empty();
  }

  /** Returns the measure with that public identifier or DAMIR variable name, ignoring case. */
  public static Optional<Measure> find(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(
            measure ->
                measure.id().equals(wanted)
                    || measure
                        .alias()
                        .filter(alias -> alias.toLowerCase(Locale.ROOT).equals(wanted))
                        .isPresent())
        .findFirst();
  }
}
