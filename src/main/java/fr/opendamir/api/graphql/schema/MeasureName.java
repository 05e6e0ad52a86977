package fr.opendamir.api.graphql.schema;

import fr.opendamir.catalog.Measure;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Enum;

/** The measures by the names they have in GraphQL. */
@Enum("MeasureName")
@Description("Something that is measured")
public enum MeasureName {
  @Description(
      "Quantity of acts. Quantity of acts or units of the service (pre-"
          + "filtered, no double counting); it adds up only inside one service. It is"
          + " not a number of people, and reversals count negatively.")
  QUANTITY(Measure.QUANTITY),

  @Description(
      "Amount charged. Amount charged to the patient (pre-filtered, no double "
          + "counting). Cash benefits have none; the raw PRS_PAI_MNT, which exceeds "
          + "this measure by 15.6% in January 2025 because of double counting, is not"
          + " used.")
  CHARGED(Measure.CHARGED),

  @Description(
      "Amount reimbursed (legal share). Legal share paid by compulsory health "
          + "insurance, surcharges included, supplementary shares (C2S, Alsace-"
          + "Moselle, special schemes) excluded. Cash benefits are included without "
          + "any charge on the other side; participations, deductibles and reversals "
          + "are negative.")
  REIMBURSED(Measure.REIMBURSED),

  @Description(
      "Excess fees. Amount charged above the tariff, for physicians' fees only "
          + "(pre-filtered). It is not filled in for medical products and devices, "
          + "where the gap between charge and base can be large.")
  EXCESS_FEES(Measure.EXCESS_FEES),

  @Description(
      "Reimbursement base. Amount from which the reimbursement is computed. The"
          + " variable exists only in raw form but can be summed: it is zero on the "
          + "lines of supplementary shares.")
  REIMBURSEMENT_BASE(Measure.REIMBURSEMENT_BASE),

  @Description(
      "Amount reimbursed (legal and supplementary shares). All that compulsory "
          + "health insurance paid: the legal share and the supplementary public "
          + "shares (C2S, Alsace-Moselle, special schemes). Raw amount, which can be "
          + "summed without a filter; participations, deductibles and reversals are "
          + "negative.")
  REIMBURSED_ALL(Measure.REIMBURSED_ALL),

  @Description(
      "Out-of-pocket after the legal share. Charge minus the legal share, over "
          + "care and participations only: cash benefits and provider payments are "
          + "left out. Complementary cover, C2S included, is not deducted: the final "
          + "out-of-pocket amount cannot be computed from Open DAMIR; participations "
          + "and deductibles raise it.")
  OUT_OF_POCKET(Measure.OUT_OF_POCKET),

  @Description(
      "Charge not covered by the public shares. Charge minus the legal and "
          + "supplementary public shares, over care and participations only; lower "
          + "than out_of_pocket for beneficiaries of C2S and in Alsace-Moselle. It "
          + "compares a pre-filtered charge with a raw reimbursement, and private "
          + "complementary insurance is not deducted.")
  NOT_COVERED(Measure.NOT_COVERED),

  @Description(
      "Effective reimbursement rate. Legal share divided by the charge, over "
          + "care and participations only. The value is null, never 0, when nothing "
          + "was charged.")
  REIMBURSEMENT_RATE(Measure.REIMBURSEMENT_RATE),

  @Description(
      "Share of excess fees in the charge. Excess fees divided by the charge, "
          + "over care and participations only. The denominator also counts products "
          + "and devices, whose excess is not filled in: filter on physicians' "
          + "services to interpret it. The value is null, never 0, when nothing was "
          + "charged.")
  EXCESS_RATE(Measure.EXCESS_RATE),

  @Description(
      "Average charge per act. Charge divided by quantity, available only where"
          + " each cell of the answer holds one service. Quantities of different "
          + "services do not add up.")
  AVERAGE_CHARGE(Measure.AVERAGE_CHARGE),

  @Description(
      "Average reimbursement per act. Legal share, surcharges included, divided"
          + " by quantity, available only where each cell of the answer holds one "
          + "service. Quantities of different services do not add up.")
  AVERAGE_REIMBURSED(Measure.AVERAGE_REIMBURSED);

  private final Measure measure;

  MeasureName(Measure measure) {
    this.measure = measure;
  }

  /** The measure that it names. */
  public Measure measure() {
    return measure;
  }

  /** The name of a measure. */
  public static MeasureName of(Measure measure) {
    return valueOf(measure.name());
  }

  /** The field of a node that stands for a measure: {@code outOfPocket}. */
  public static String field(Measure measure) {
    return FieldNames.camelCase(measure.id());
  }
}
