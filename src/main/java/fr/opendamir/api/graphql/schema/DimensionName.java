package fr.opendamir.api.graphql.schema;

import fr.opendamir.catalog.Level;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Enum;

/** The dimensions and levels by the names they have in GraphQL. */
@Enum("DimensionName")
@Description("A dimension, or a coarser level of one")
public enum DimensionName {
  @Description(
      "Processing month. Month in which reimbursements were processed, one per "
          + "monthly file, not the month of care. One month mixes care of different "
          + "ages, which care_lag tells apart.")
  MONTH(Level.MONTH_OF_PROCESSING),

  @Description(
      "Processing quarter. Calendar quarter of the processing months, not of "
          + "the months of care. It is complete only if the published data hold its "
          + "three months.")
  QUARTER(Level.QUARTER),

  @Description(
      "Processing year. Calendar year of the processing months, not of the "
          + "months of care. It is complete only if the published data hold its "
          + "twelve months.")
  YEAR(Level.YEAR),

  @Description(
      "Time from care to processing. Number of months between the month of care"
          + " and the processing month. \"unknown\" gathers placeholder dates of care "
          + "(0000/00, 0001/01), which carry 9% of the amount reimbursed in January "
          + "2025 (annuities, pensions, flat payments), and care dated after "
          + "processing.")
  CARE_LAG(Level.CARE_LAG),

  @Description(
      "Region of residence of the beneficiary. Code 93 covers Provence-Alpes-"
          + "Côte d'Azur and Corsica together, code 5 all overseas departments "
          + "together. Code 99 (unknown) carries 17% of the amount reimbursed in "
          + "January 2025, because cash benefits and some schemes give no region.")
  REGION(Level.REGION),

  @Description(
      "Age band of the beneficiary. Age at the time of care: 0-19 years, then "
          + "ten-year bands, then 80 years and over. Code 99 is an unknown age.")
  AGE_BAND(Level.AGE_BAND),

  @Description(
      "Sex of the beneficiary. Code 0 is an unknown sex or a legal entity; it "
          + "is very rare. Code 9 exists in the official list but is not used in the "
          + "files observed.")
  SEX(Level.SEX),

  @Description(
      "Type of service. Service, act or product reimbursed: about 800 to 900 "
          + "codes are used in a month. Quantities of different services do not add "
          + "up, labels of rare ones exist in French only, and codes too recent to be "
          + "documented "
          + "are kept.")
  SERVICE(Level.SERVICE_CODE),

  @Description(
      "Group of services. PRS_NAT codes gathered into 34 groups by ranges of "
          + "codes. The grouping is specific to this service and is not an official "
          + "classification.")
  SERVICE_GROUP(Level.SERVICE_GROUP),

  @Description(
      "Kind of spending. Services gathered into care, cash benefits, "
          + "participations and deductibles (negative reimbursements), payments and "
          + "contracts, other; the grouping is specific to this service. Out-of-"
          + "pocket amounts and rates cover care and participations only.")
  SERVICE_KIND(Level.SERVICE_KIND),

  @Description(
      "Medical specialty of the provider. Grouped specialty of the physician "
          + "who provided the service. Code 0 (not filled in) is a provider other "
          + "than a physician: see provider_activity.")
  PROVIDER_SPECIALTY(Level.PROVIDER_SPECIALTY),

  @Description(
      "Activity of the provider. Activity of a provider who is not a physician:"
          + " pharmacy, nurse, laboratory, transport provider, etc. Code 0 (not "
          + "filled in) is a physician or a facility.")
  PROVIDER_ACTIVITY(Level.PROVIDER_ACTIVITY),

  @Description(
      "Reason for exemption from co-payment. Codes 41 to 46 are long-term "
          + "illnesses; 41, 43 and 45 are care unrelated to the illness. Code 99 "
          + "gathers the schemes that do not send the reason: about 40% of the source"
          + " lines but 4% of the amount reimbursed in January 2025.")
  EXEMPTION(Level.EXEMPTION_REASON),

  @Description(
      "Group of exemption reasons. Grouping of the exemption reasons, specific "
          + "to this service. \"long_term_illness\" gathers codes 41 to 46, care "
          + "unrelated to the illness included.")
  EXEMPTION_GROUP(Level.EXEMPTION_GROUP),

  @Description(
      "Type of insurance. Risk under which the benefit is paid: sickness, "
          + "maternity, work accident and occupational disease, disability, death, "
          + "prevention, etc. Sickness holds about 97% of the source lines of January"
          + " 2024.")
  INSURANCE(Level.INSURANCE),

  @Description(
      "Type of the facility that provided the service. Code 99, about 81% of "
          + "the source lines of January 2024, mixes the absence of a facility "
          + "(community care) and an unknown type. Public hospital stays paid by "
          + "budget are not in Open DAMIR.")
  FACILITY_TYPE(Level.FACILITY_TYPE),

  @Description(
      "Surcharge on the act. Night, Sunday and public holiday, or emergency "
          + "surcharge. A surcharge line carries the reimbursement of the surcharge "
          + "but no quantity, charge or excess fees: those of the act are counted "
          + "under no surcharge.")
  SUPPLEMENT(Level.SUPPLEMENT),

  @Description(
      "Solidarity complementary cover of the beneficiary. Whether the "
          + "beneficiary has solidarity complementary cover (C2S) since April 2021, "
          + "or CMU-C before, under the same codes. Code 9 gathers the schemes that "
          + "do not send it: about 40% of the source lines but 4% of the amount "
          + "reimbursed in January 2025.")
  COMPLEMENTARY_COVER(Level.COMPLEMENTARY_COVER);

  private static final Map<Level, DimensionName> BY_LEVEL =
      Arrays.stream(values()).collect(Collectors.toMap(DimensionName::level, Function.identity()));

  private final Level level;

  DimensionName(Level level) {
    this.level = level;
  }

  /** The level that it names. */
  public Level level() {
    return level;
  }

  /** The name of a level. */
  public static DimensionName of(Level level) {
    return BY_LEVEL.get(level);
  }

  /** The field of a node and of a filter that stands for a level: {@code ageBand}. */
  public static String field(Level level) {
    return FieldNames.camelCase(of(level).name().toLowerCase(Locale.ROOT));
  }
}
