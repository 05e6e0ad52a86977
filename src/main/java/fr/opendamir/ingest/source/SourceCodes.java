package fr.opendamir.ingest.source;

import fr.opendamir.catalog.ReservedCodes;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The words that a code column may hold in addition to plain numbers. Codes outside the lists are
 * accepted if a question can name them: the grammar is the one of the filters of questions.
 */
final class SourceCodes {
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_]{1,64}");

  private SourceCodes() {}

  /** Returns why the code is rejected; empty if it is accepted. */
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
