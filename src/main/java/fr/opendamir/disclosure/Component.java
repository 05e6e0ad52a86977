package fr.opendamir.disclosure;

import java.util.Locale;

/** The kinds of {@link Layer layers} that the policy protects by themselves. */
public enum Component {
  /** The layers of the sorted amounts: what some have above the others. */
  DIFFERENCES(
      "differences of reimbursed, reimbursed_all, reimbursement_base, charged - excess_fees"),
  /** Physicians' fees above the tariff. */
  EXCESS_FEES("excess_fees");

  private final String formula;

  Component(String formula) {
    this.formula = formula;
  }

  /** The name in a policy document. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The value as a formula of the measures. */
  public String formula() {
    return formula;
  }
}
