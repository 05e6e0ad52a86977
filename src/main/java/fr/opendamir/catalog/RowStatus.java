package fr.opendamir.catalog;

import java.util.Locale;

/** Whether the figures of a row are shown. */
public enum RowStatus {
  OK,
  /** The display rule withholds all figures. */
  SUPPRESSED,
  /** Nobody is known to live where the row is about, so rates have no value; sums are shown. */
  NO_DENOMINATOR,
  /** The group has no figures in this period; the row is there because periods are filled. */
  EMPTY,
  /** Months of the period are not published; only of the earlier period of a comparison. */
  NOT_PUBLISHED,
  /** All figures are shown, and the period of care will receive more. */
  PROVISIONAL;

  private final String id = name().toLowerCase(Locale.ROOT);

  /** The public identifier. */
  public String id() {
    return id;
  }

  /** Returns the status of a row of which several may be true. */
  public static RowStatus of(boolean isSuppressed, boolean isEmpty, boolean isWithoutDenominator) {
    if (isSuppressed) {
      return SUPPRESSED;
    }
    if (isEmpty) {
      return EMPTY;
    }
    return isWithoutDenominator ? NO_DENOMINATOR : OK;
  }
}
