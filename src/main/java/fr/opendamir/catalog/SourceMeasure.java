package fr.opendamir.catalog;

import java.util.Locale;

/**
 * The six numbers summed from the source lines. Amounts are whole cents, the quantity is a number
 * of acts; all fit a signed 64-bit integer for any number of months.
 *
 * <p>Only pre-filtered ({@code FLT_*}) amounts and the two raw ones without double counting are
 * included: raw {@code PRS_PAI_MNT} counts 15.6 % of spending twice and is never summed.
 */
public enum SourceMeasure {
  QUANTITY("FLT_ACT_QTE", false),
  CHARGED("FLT_PAI_MNT", true),
  REIMBURSED("FLT_REM_MNT", true),
  EXCESS_FEES("FLT_DEP_MNT", true),
  REIMBURSEMENT_BASE("PRS_REM_BSE", true),
  REIMBURSED_ALL("PRS_REM_MNT", true);

  private final String id = name().toLowerCase(Locale.ROOT);
  private final String variable;
  private final boolean amount;

  SourceMeasure(String variable, boolean amount) {
    this.variable = variable;
    this.amount = amount;
  }

  /** The public identifier; also the column name in the block table. */
  public String id() {
    return id;
  }

  /** The DAMIR variable. */
  public String variable() {
    return variable;
  }

  /** Whether it is an amount of money (in cents) rather than a number of acts. */
  public boolean isAmount() {
    return amount;
  }

  /** Number of decimals of its values in euros or acts. */
  public int decimals() {
    return amount ? 2 : 0;
  }
}
