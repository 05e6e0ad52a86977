package fr.opendamir.ingest.source;

import java.util.EnumSet;
import java.util.Set;

/** How the strict reader checks a field. */
enum FieldKind {
  /** A column that the import ignores. */
  UNUSED,
  /** The processing month, the same on every line. */
  MONTH,
  /** Year or month of care. Any value is accepted; a value that is not a date counts as unknown. */
  CARE_DATE,
  /** A code of a public dimension. */
  CODE,
  /** A number with at most two decimals. */
  AMOUNT,
  /** A whole number. */
  COUNT;

  private static final Set<SourceColumn> COUNTS =
      EnumSet.of(
          SourceColumn.PRS_ACT_NBR,
          SourceColumn.PRS_ACT_QTE,
          SourceColumn.FLT_ACT_NBR,
          SourceColumn.FLT_ACT_QTE);

  boolean isNumber() {
    return this == AMOUNT || this == COUNT;
  }

  /** Number of decimals that a number may have. */
  int decimals() {
    return this == AMOUNT ? 2 : 0;
  }

  static FieldKind of(SourceColumn column) {
    if (COUNTS.contains(column)) {
      return COUNT;
    }
    if (column.isMeasure()) {
      return AMOUNT;
    }
    if (column == SourceColumn.FLX_ANN_MOI) {
      return MONTH;
    }
    if (column == SourceColumn.SOI_ANN || column == SourceColumn.SOI_MOI) {
      return CARE_DATE;
    }
    return RequiredColumns.CODES.contains(column) ? CODE : UNUSED;
  }
}
