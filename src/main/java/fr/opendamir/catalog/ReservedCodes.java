package fr.opendamir.catalog;

import java.util.Optional;

/** Codes that any dimension can hold in addition to its list. */
public final class ReservedCodes {
  /** « Non diffusé »: the detail was given up so that a block holds enough contributors. */
  public static final String NOT_DISCLOSED = "ND";

  /** « Non renseigné »: the source line had no value there (a short or empty field). */
  public static final String NOT_FILLED = "NR";

  /**
   * Prefix of a coarser code in the place of a finer one, such as {@code G:pharmacy} among
   * services: the group is known, the service is not disclosed.
   */
  public static final String GROUP_PREFIX = "G:";

  /** All codes of a level together, in rows of totals. SDMX uses the same code. */
  public static final String TOTAL = "_T";

  private ReservedCodes() {}

  /** Returns the code that represents a group among the codes of the finer level. */
  public static String ofGroup(String group) {
    return GROUP_PREFIX + group;
  }

  /** The group that a code of the form {@code G:<group>} represents; empty for other codes. */
  public static Optional<String> group(String code) {
    return code.startsWith(GROUP_PREFIX)
        ? Optional.of(code.substring(GROUP_PREFIX.length()))
        : Optional.empty();
  }

  /** Whether a code at a dimension's own level is less detailed than that level. */
  public static boolean isNotDisclosed(String code) {
    return code.equals(NOT_DISCLOSED) || code.startsWith(GROUP_PREFIX);
  }
}
