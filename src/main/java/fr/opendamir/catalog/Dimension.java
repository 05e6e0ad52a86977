package fr.opendamir.catalog;

import java.util.List;
import java.util.Locale;

/**
 * The 13 public dimensions, which are the key of a block. Each has one finest {@link Level} of the
 * same name and possibly coarser ones.
 */
public enum Dimension {
  MONTH("FLX_ANN_MOI"),
  CARE_LAG("SOI_ANN", "SOI_MOI"),
  REGION("BEN_RES_REG"),
  AGE_BAND("AGE_BEN_SNDS"),
  SEX("BEN_SEX_COD"),
  SERVICE("PRS_NAT"),
  PROVIDER_SPECIALTY("PSE_SPE_SNDS"),
  PROVIDER_ACTIVITY("PSE_ACT_SNDS"),
  EXEMPTION("EXO_MTF"),
  INSURANCE("ASU_NAT"),
  FACILITY_TYPE("ETE_TYP_SNDS"),
  SUPPLEMENT("CPL_COD"),
  COMPLEMENTARY_COVER("BEN_CMU_TOP");

  private final String id = name().toLowerCase(Locale.ROOT);
  private final List<String> variables;

  Dimension(String... variables) {
    this.variables = List.of(variables);
  }

  /** The public identifier, lower snake case; also the column name in the block table. */
  public String id() {
    return id;
  }

  /** The DAMIR variables that the dimension is derived from. */
  public List<String> variables() {
    return variables;
  }
}
