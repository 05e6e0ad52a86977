package fr.opendamir.ingest.source;

import fr.opendamir.catalog.ReservedCodes;
import java.util.regex.Pattern;

/** Which words a code column may hold besides plain numbers. */
final class SourceCodes {
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.+-]{1,16}");

  private SourceCodes() {}

  /** Whether the code can be kept: printable, short, and not one that this project reserves. */
  static boolean isAcceptable(String code) {
    return CODE.matcher(code).matches()
        && !ReservedCodes.isNotDisclosed(code)
        && !code.equals(ReservedCodes.NOT_FILLED);
  }
}
