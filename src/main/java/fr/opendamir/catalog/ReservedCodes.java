package fr.opendamir.catalog;

/** Codes that any dimension can hold besides those of its list. */
public final class ReservedCodes {
  /** « Non diffusé »: the detail was given up so that a block holds enough contributors. */
  public static final String NOT_DISCLOSED = "ND";

  /** « Non renseigné »: the source line had no value there (a short or empty field). */
  public static final String NOT_FILLED = "NR";

  /**
   * Prefix of a coarser code standing in a finer level, such as {@code G:pharmacy} among services:
   * the group is known, the service is not disclosed.
   */
  public static final String GROUP_PREFIX = "G:";

  /** Every code of a level together, in rows of totals; the code SDMX has for it. */
  public static final String TOTAL = "_T";

  private ReservedCodes() {}

  /** Whether a code at a level's own detail says less than that detail. */
  public static boolean isNotDisclosed(String code) {
    return code.equals(NOT_DISCLOSED) || code.startsWith(GROUP_PREFIX);
  }
}
