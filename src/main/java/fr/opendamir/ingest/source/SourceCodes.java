package fr.opendamir.ingest.source;

import fr.opendamir.catalog.ReservedCodes;
import java.util.regex.Pattern;

/** Which words a code column may hold besides plain numbers: codes that no list knows are kept. */
final class SourceCodes {
  /** Control characters and bytes that are not UTF-8 (decoded to U+FFFD) are damage, not codes. */
  private static final Pattern DAMAGED = Pattern.compile("[\\p{Cntrl}\\uFFFD]");

  private SourceCodes() {}

  /**
   * Whether the code can be kept: readable text that does not pass for a code this project
   * reserves.
   */
  static boolean isAcceptable(String code) {
    return !DAMAGED.matcher(code).find()
        && !ReservedCodes.isNotDisclosed(code)
        && !code.equals(ReservedCodes.NOT_FILLED);
  }
}
