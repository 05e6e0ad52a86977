package fr.opendamir.catalog;

import fr.opendamir.catalog.Formula.Difference;
import fr.opendamir.catalog.Formula.PerAct;
import fr.opendamir.catalog.Formula.Ratio;
import fr.opendamir.catalog.Formula.Sum;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a question can ask for. Definitions and caveats for readers are in {@code measures.csv}. */
public enum Measure {
  QUANTITY(new Sum(SourceMeasure.QUANTITY)),
  CHARGED(new Sum(SourceMeasure.CHARGED)),
  REIMBURSED(new Sum(SourceMeasure.REIMBURSED)),
  EXCESS_FEES(new Sum(SourceMeasure.EXCESS_FEES)),
  REIMBURSEMENT_BASE(new Sum(SourceMeasure.REIMBURSEMENT_BASE)),
  REIMBURSED_ALL(new Sum(SourceMeasure.REIMBURSED_ALL)),
  OUT_OF_POCKET(new Difference(SourceMeasure.CHARGED, SourceMeasure.REIMBURSED)),
  NOT_COVERED(new Difference(SourceMeasure.CHARGED, SourceMeasure.REIMBURSED_ALL)),
  REIMBURSEMENT_RATE(new Ratio(SourceMeasure.REIMBURSED, SourceMeasure.CHARGED)),
  EXCESS_RATE(new Ratio(SourceMeasure.EXCESS_FEES, SourceMeasure.CHARGED)),
  AVERAGE_CHARGE(new PerAct(SourceMeasure.CHARGED)),
  AVERAGE_REIMBURSED(new PerAct(SourceMeasure.REIMBURSED));

  private final Formula formula;

  Measure(Formula formula) {
    this.formula = formula;
  }

  /** The public identifier. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Formula formula() {
    return formula;
  }

  /**
   * Whether only services of kind care and participation count: cash benefits and provider payments
   * have a reimbursement without a charge and would make these measures meaningless.
   */
  public boolean isScopedToCare() {
    return formula instanceof Difference || formula instanceof Ratio;
  }

  /** The sums it is calculated from, in the order of its formula. */
  public List<SumColumn> sums() {
    boolean careOnly = isScopedToCare();
    if (formula instanceof Sum sum) {
      return List.of(new SumColumn(sum.of(), careOnly));
    }
    if (formula instanceof Difference difference) {
      return List.of(
          new SumColumn(difference.minuend(), careOnly),
          new SumColumn(difference.subtrahend(), careOnly));
    }
    if (formula instanceof Ratio ratio) {
      return List.of(
          new SumColumn(ratio.dividend(), careOnly), new SumColumn(ratio.divisor(), careOnly));
    }
    return List.of(
        new SumColumn(((PerAct) formula).amount(), careOnly),
        new SumColumn(SourceMeasure.QUANTITY, careOnly));
  }

  /** How many decimals its values are given with. */
  public int decimals() {
    if (formula instanceof Ratio) {
      return 6;
    }
    return formula instanceof Sum sum && !sum.of().isAmount() ? 0 : 2;
  }

  /** The DAMIR variable that it may be named by. */
  public Optional<String> alias() {
    return formula instanceof Sum sum ? Optional.of(sum.of().variable()) : Optional.empty();
  }

  /** The measure with that public identifier or DAMIR variable name, in any case. */
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
