package fr.opendamir.ingest.source;

import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.catalog.WrittenCode;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The words that a code column may hold in addition to plain numbers. Codes outside the lists are
 * accepted if a question can name them, see {@link WrittenCode}.
 */
final class SourceCodes {
  private static final Pattern SINGLE_QUOTES = Pattern.compile("'.*'");

  /** What spreadsheets and data frames make of codes and of values that are missing. */
  private static final Pattern OF_OTHER_PROGRAMS =
      Pattern.compile("[0-9]+\\.[0-9]*|#?N/A|<NA>|NaN|NULL|None|#NAME\\?");

  private SourceCodes() {}

  /** Returns why the code is rejected; empty if it is accepted. */
  static Optional<String> problem(String code) {
    if (ReservedCodes.isNotDisclosed(code)
        || code.equals(ReservedCodes.NOT_FILLED)
        || code.equals(ReservedCodes.TOTAL)) {
      return Optional.of(
          "which cannot be a code of a file: answers of this service use it for something else");
    }
    if (!code.equals(code.strip()) && WrittenCode.isPossible(code.strip())) {
      return Optional.of("which cannot be a code: there is a blank before or behind it");
    }
    if (OF_OTHER_PROGRAMS.matcher(code).matches()) {
      return Optional.of(
          "which cannot be a code: another program has made it of a code or of a missing value;"
              + " import the file as the producer publishes it");
    }
    return WrittenCode.isPossible(code) && !SINGLE_QUOTES.matcher(code).matches()
        ? Optional.empty()
        : Optional.of(
            "which cannot be a code: codes are 1 to 64 printable characters without , ; ! \" and"
                + " .., and begin with none of = + - @");
  }
}
