package fr.opendamir.api.graphql.schema;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.query.ResultRow;
import fr.opendamir.question.Question;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/**
 * A row of an answer. Each field stands for a level or a measure of the same name. The service
 * writes nodes without calling these methods, which say what it writes.
 */
@Type("SpendingNode")
@Description(
    "A cell: the dimensions that are selected are what figures are grouped by, the measures that"
        + " are selected are its figures. Selecting no dimension gives one node, the total.")
public final class SpendingNode {
  private final Question query;
  private final ResultRow row;

  SpendingNode(Question query, ResultRow row) {
    this.query = query;
    this.row = row;
  }

  @NonNull
  @Description(
      "Processing month. Month in which reimbursements were processed, one per "
          + "monthly file, not the month of care. One month mixes care of different "
          + "ages, which care_lag tells apart.")
  public String getMonth() {
    return text(Level.MONTH_OF_PROCESSING);
  }

  @NonNull
  @Description(
      "Processing quarter. Calendar quarter of the processing months, not of "
          + "the months of care. It is complete only if the published data hold its "
          + "three months.")
  public String getQuarter() {
    return text(Level.QUARTER);
  }

  @NonNull
  @Description(
      "Processing year. Calendar year of the processing months, not of the "
          + "months of care. It is complete only if the published data hold its "
          + "twelve months.")
  public String getYear() {
    return text(Level.YEAR);
  }

  @NonNull
  @Description(
      "Time from care to processing. Number of months between the month of care"
          + " and the processing month. \"unknown\" gathers placeholder dates of care "
          + "(0000/00, 0001/01), which carry 9% of the amount reimbursed in January "
          + "2025 (annuities, pensions, flat payments), and care dated after "
          + "processing.")
  public Code getCareLag() {
    return code(Level.CARE_LAG);
  }

  @NonNull
  @Description(
      "Region of residence of the beneficiary. Code 93 covers Provence-Alpes-"
          + "Côte d'Azur and Corsica together, code 5 all overseas departments "
          + "together. Code 99 (unknown) carries 17% of the amount reimbursed in "
          + "January 2025, because cash benefits and some schemes give no region.")
  public Code getRegion() {
    return code(Level.REGION);
  }

  @NonNull
  @Description(
      "Age band of the beneficiary. Age at the time of care: 0-19 years, then "
          + "ten-year bands, then 80 years and over. Code 99 is an unknown age.")
  public Code getAgeBand() {
    return code(Level.AGE_BAND);
  }

  @NonNull
  @Description(
      "Sex of the beneficiary. Code 0 is an unknown sex or a legal entity; it "
          + "is very rare. Code 9 exists in the official list but is not used in the "
          + "files observed.")
  public Code getSex() {
    return code(Level.SEX);
  }

  @NonNull
  @Description(
      "Type of service. Service, act or product reimbursed: about 800 to 900 "
          + "codes are used in a month. Quantities of different services do not add "
          + "up, labels of rare ones exist in French only, and codes too recent to be "
          + "documented "
          + "are kept.")
  public Code getService() {
    return code(Level.SERVICE_CODE);
  }

  @NonNull
  @Description(
      "Group of services. PRS_NAT codes gathered into 34 groups by ranges of "
          + "codes. The grouping is specific to this service and is not an official "
          + "classification.")
  public Code getServiceGroup() {
    return code(Level.SERVICE_GROUP);
  }

  @NonNull
  @Description(
      "Kind of spending. Services gathered into care, cash benefits, "
          + "participations and deductibles (negative reimbursements), payments and "
          + "contracts, other; the grouping is specific to this service. Out-of-"
          + "pocket amounts and rates cover care and participations only.")
  public Code getServiceKind() {
    return code(Level.SERVICE_KIND);
  }

  @NonNull
  @Description(
      "Medical specialty of the provider. Grouped specialty of the physician "
          + "who provided the service. Code 0 (not filled in) is a provider other "
          + "than a physician: see provider_activity.")
  public Code getProviderSpecialty() {
    return code(Level.PROVIDER_SPECIALTY);
  }

  @NonNull
  @Description(
      "Activity of the provider. Activity of a provider who is not a physician:"
          + " pharmacy, nurse, laboratory, transport provider, etc. Code 0 (not "
          + "filled in) is a physician or a facility.")
  public Code getProviderActivity() {
    return code(Level.PROVIDER_ACTIVITY);
  }

  @NonNull
  @Description(
      "Reason for exemption from co-payment. Codes 41 to 46 are long-term "
          + "illnesses; 41, 43 and 45 are care unrelated to the illness. Code 99 "
          + "gathers the schemes that do not send the reason: about 40% of the source"
          + " lines but 4% of the amount reimbursed in January 2025.")
  public Code getExemption() {
    return code(Level.EXEMPTION_REASON);
  }

  @NonNull
  @Description(
      "Group of exemption reasons. Grouping of the exemption reasons, specific "
          + "to this service. \"long_term_illness\" gathers codes 41 to 46, care "
          + "unrelated to the illness included.")
  public Code getExemptionGroup() {
    return code(Level.EXEMPTION_GROUP);
  }

  @NonNull
  @Description(
      "Type of insurance. Risk under which the benefit is paid: sickness, "
          + "maternity, work accident and occupational disease, disability, death, "
          + "prevention, etc. Sickness holds about 97% of the source lines of January"
          + " 2024.")
  public Code getInsurance() {
    return code(Level.INSURANCE);
  }

  @NonNull
  @Description(
      "Type of the facility that provided the service. Code 99, about 81% of "
          + "the source lines of January 2024, mixes the absence of a facility "
          + "(community care) and an unknown type. Public hospital stays paid by "
          + "budget are not in Open DAMIR.")
  public Code getFacilityType() {
    return code(Level.FACILITY_TYPE);
  }

  @NonNull
  @Description(
      "Surcharge on the act. Night, Sunday and public holiday, or emergency "
          + "surcharge. A surcharge line carries the reimbursement of the surcharge "
          + "but no quantity, charge or excess fees: those of the act are counted "
          + "under no surcharge.")
  public Code getSupplement() {
    return code(Level.SUPPLEMENT);
  }

  @NonNull
  @Description(
      "Solidarity complementary cover of the beneficiary. Whether the "
          + "beneficiary has solidarity complementary cover (C2S) since April 2021, "
          + "or CMU-C before, under the same codes. Code 9 gathers the schemes that "
          + "do not send it: about 40% of the source lines but 4% of the amount "
          + "reimbursed in January 2025.")
  public Code getComplementaryCover() {
    return code(Level.COMPLEMENTARY_COVER);
  }

  @Description(
      "Quantity of acts. Quantity of acts or units of the service (pre-"
          + "filtered, no double counting); it adds up only inside one service. It is"
          + " not a number of people, and reversals count negatively. Unit: acts. "
          + "Null where the figure is withheld or there is none.")
  public BigInteger getQuantity() {
    BigDecimal quantity = figure(Measure.QUANTITY);
    return quantity == null ? null : quantity.toBigIntegerExact();
  }

  @Description(
      "Amount charged. Amount charged to the patient (pre-filtered, no double "
          + "counting). Cash benefits have none; the raw PRS_PAI_MNT, which exceeds "
          + "this measure by 15.6% in January 2025 because of double counting, is not"
          + " used. Unit: EUR. Null where the figure is withheld or there is none.")
  public BigDecimal getCharged() {
    return figure(Measure.CHARGED);
  }

  @Description(
      "Amount reimbursed (legal share). Legal share paid by compulsory health "
          + "insurance, surcharges included, supplementary shares (C2S, Alsace-"
          + "Moselle, special schemes) excluded. Cash benefits are included without "
          + "any charge on the other side; participations, deductibles and reversals "
          + "are negative. Unit: EUR. Null where the figure is withheld or there is "
          + "none.")
  public BigDecimal getReimbursed() {
    return figure(Measure.REIMBURSED);
  }

  @Description(
      "Excess fees. Amount charged above the tariff, for physicians' fees only "
          + "(pre-filtered). It is not filled in for medical products and devices, "
          + "where the gap between charge and base can be large. Unit: EUR. Null "
          + "where the figure is withheld or there is none.")
  public BigDecimal getExcessFees() {
    return figure(Measure.EXCESS_FEES);
  }

  @Description(
      "Reimbursement base. Amount from which the reimbursement is computed. The"
          + " variable exists only in raw form but can be summed: it is zero on the "
          + "lines of supplementary shares. Unit: EUR. Null where the figure is "
          + "withheld or there is none.")
  public BigDecimal getReimbursementBase() {
    return figure(Measure.REIMBURSEMENT_BASE);
  }

  @Description(
      "Amount reimbursed (legal and supplementary shares). All that compulsory "
          + "health insurance paid: the legal share and the supplementary public "
          + "shares (C2S, Alsace-Moselle, special schemes). Raw amount, which can be "
          + "summed without a filter; participations, deductibles and reversals are "
          + "negative. Unit: EUR. Null where the figure is withheld or there is none.")
  public BigDecimal getReimbursedAll() {
    return figure(Measure.REIMBURSED_ALL);
  }

  @Description(
      "Out-of-pocket after the legal share. Charge minus the legal share, over "
          + "care and participations only: cash benefits and provider payments are "
          + "left out. Complementary cover, C2S included, is not deducted: the final "
          + "out-of-pocket amount cannot be computed from Open DAMIR; participations "
          + "and deductibles raise it. Unit: EUR. Null where the figure is withheld "
          + "or there is none.")
  public BigDecimal getOutOfPocket() {
    return figure(Measure.OUT_OF_POCKET);
  }

  @Description(
      "Charge not covered by the public shares. Charge minus the legal and "
          + "supplementary public shares, over care and participations only; lower "
          + "than out_of_pocket for beneficiaries of C2S and in Alsace-Moselle. It "
          + "compares a pre-filtered charge with a raw reimbursement, and private "
          + "complementary insurance is not deducted. Unit: EUR. Null where the "
          + "figure is withheld or there is none.")
  public BigDecimal getNotCovered() {
    return figure(Measure.NOT_COVERED);
  }

  @Description(
      "Effective reimbursement rate. Legal share divided by the charge, over "
          + "care and participations only. The value is null, never 0, when nothing "
          + "was charged. Unit: ratio. Null where the figure is withheld or there is "
          + "none.")
  public BigDecimal getReimbursementRate() {
    return figure(Measure.REIMBURSEMENT_RATE);
  }

  @Description(
      "Share of excess fees in the charge. Excess fees divided by the charge, "
          + "over care and participations only. The denominator also counts products "
          + "and devices, whose excess is not filled in: filter on physicians' "
          + "services to interpret it. The value is null, never 0, when nothing was "
          + "charged. Unit: ratio. Null where the figure is withheld or there is "
          + "none.")
  public BigDecimal getExcessRate() {
    return figure(Measure.EXCESS_RATE);
  }

  @Description(
      "Average charge per act. Charge divided by quantity, available only where"
          + " each cell of the answer holds one service. Quantities of different "
          + "services do not add up. Unit: EUR/act. Null where the figure is withheld"
          + " or there is none.")
  public BigDecimal getAverageCharge() {
    return figure(Measure.AVERAGE_CHARGE);
  }

  @Description(
      "Average reimbursement per act. Legal share, surcharges included, divided"
          + " by quantity, available only where each cell of the answer holds one "
          + "service. Quantities of different services do not add up. Unit: EUR/act. "
          + "Null where the figure is withheld or there is none.")
  public BigDecimal getAverageReimbursed() {
    return figure(Measure.AVERAGE_REIMBURSED);
  }

  @NonNull
  @Description("Whether the figures of this node are shown")
  public NodeStatus getStatus() {
    return row.suppressed() ? NodeStatus.SUPPRESSED : NodeStatus.OK;
  }

  private String text(Level level) {
    return row.codes().get(query.groupBy().indexOf(level));
  }

  private Code code(Level level) {
    return new Code(level, text(level));
  }

  private BigDecimal figure(Measure measure) {
    return row.values().get(query.measures().indexOf(measure));
  }
}
