package fr.opendamir.ingest.source;

import java.util.Arrays;
import java.util.Optional;

/**
 * The 56 named columns of a monthly file of 2025, in the order of its header.
 *
 * <p>Source: official descriptor of the producer (CNAM, 2024 edition) and the header of the files
 * 10/2024 to 12/2025. Constants carry the DAMIR variable names, which are public and stable.
 */
public enum SourceColumn {
  FLX_ANN_MOI(false),
  ORG_CLE_REG(false),
  AGE_BEN_SNDS(false),
  BEN_RES_REG(false),
  BEN_CMU_TOP(false),
  BEN_QLT_COD(false),
  BEN_SEX_COD(false),
  DDP_SPE_COD(false),
  ETE_CAT_SNDS(false),
  ETE_REG_COD(false),
  ETE_TYP_SNDS(false),
  ETP_REG_COD(false),
  ETP_CAT_SNDS(false),
  MDT_TYP_COD(false),
  MFT_COD(false),
  PRS_FJH_TYP(false),
  PRS_ACT_COG(true),
  PRS_ACT_NBR(true),
  PRS_ACT_QTE(true),
  PRS_DEP_MNT(true),
  PRS_PAI_MNT(true),
  PRS_REM_BSE(true),
  PRS_REM_MNT(true),
  FLT_ACT_COG(true),
  FLT_ACT_NBR(true),
  FLT_ACT_QTE(true),
  FLT_PAI_MNT(true),
  FLT_DEP_MNT(true),
  FLT_REM_MNT(true),
  SOI_ANN(false),
  SOI_MOI(false),
  ASU_NAT(false),
  ATT_NAT(false),
  CPL_COD(false),
  CPT_ENV_TYP(false),
  DRG_AFF_NAT(false),
  ETE_IND_TAA(false),
  EXO_MTF(false),
  MTM_NAT(false),
  PRS_NAT(false),
  PRS_PPU_SEC(false),
  PRS_REM_TAU(false),
  PRS_REM_TYP(false),
  PRS_PDS_QCP(false),
  EXE_INS_REG(false),
  PSE_ACT_SNDS(false),
  PSE_ACT_CAT(false),
  PSE_SPE_SNDS(false),
  PSE_STJ_SNDS(false),
  PRE_INS_REG(false),
  PSP_ACT_SNDS(false),
  PSP_ACT_CAT(false),
  PSP_SPE_SNDS(false),
  PSP_STJ_SNDS(false),
  TOP_PS5_TRG(false),
  ETB_DCS_MCO(false);

  private final boolean measure;

  SourceColumn(boolean measure) {
    this.measure = measure;
  }

  /** Returns the column with that name, as written in headers. */
  public static Optional<SourceColumn> find(String name) {
    return Arrays.stream(values()).filter(column -> column.name().equals(name)).findFirst();
  }

  /** Whether the column is a number to be summed; the other 43 identify a line within its file. */
  public boolean isMeasure() {
    return measure;
  }
}
