package fr.opendamir.ingest.source;

import fr.opendamir.catalog.ReservedCodes;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which words a code column may hold besides plain numbers. Codes that no list knows are kept, as
 * long as a question can name them: the grammar is that of the filters of questions.
 */
final class SourceCodes {
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_]{1,64}");

  private SourceCodes() {}

  /** Why the code cannot be kept; empty where it can. */
  static Optional<String> problem(String code) {
    if (ReservedCodes.isNotDisclosed(code)
        || code.equals(ReservedCodes.NOT_FILLED)
        || code.equals(ReservedCodes.TOTAL)) {
      return Optional.of(
          "which cannot be a code of a file: answers of this service use it for something else");
    }
    if (!code.equals(code.strip()) && CODE.matcher(code.strip()).matches()) {
      return Optional.of("which cannot be a code: there is a blank before or behind it");
    }
    return CODE.matcher(code).matches()
        ? Optional.empty()
        : Optional.of("which cannot be a code: codes are 1 to 64 letters, digits and '_'");
  }
}
