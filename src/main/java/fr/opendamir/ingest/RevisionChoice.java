package fr.opendamir.ingest;

import fr.opendamir.ingest.port.PublishedImport;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Decides whether a file revises a published month, so that earlier releases stay available, or
 * replaces it.
 */
final class RevisionChoice {
  private final String policyId;
  private final ImportOptions options;
  private final MonthLedger months;
  private final AtomFolder archive;
  private final ImportProgress progress;
  private final Map<YearMonth, String> warnings = new HashMap<>();

  /**
   * Prepares the choice.
   *
   * @param policyId the policy in force
   */
  RevisionChoice(
      String policyId,
      ImportOptions options,
      MonthLedger months,
      AtomFolder archive,
      ImportProgress progress) {
    this.policyId = policyId;
    this.options = options;
    this.months = months;
    this.archive = archive;
    this.progress = progress;
  }

  /** Returns the published month to revise; empty if the month is new or must be replaced. */
  Optional<RevisedMonth> of(YearMonth month, boolean synthetic) {
    Optional<PublishedImport> earlier = months.published(month);
    if (earlier.isEmpty()) {
      return Optional.empty();
    }
    Optional<RevisedMonth> revised =
        earlier
            .filter(p -> !options.replace())
            .filter(p -> p.policyId().equals(policyId) && p.synthetic() == synthetic)
            .flatMap(p -> archive.find(p).map(files -> new RevisedMonth(p, files)));
    if (revised.isPresent()) {
      progress.message(month + " is revised; its earlier releases stay available");
    } else {
      String replaced =
          month
              + " is replaced and releases that hold it are withdrawn: "
              + whyReplaced(earlier.get(), synthetic);
      progress.message(replaced);
      warnings.put(month, replaced);
    }
    return revised;
  }

  private String whyReplaced(PublishedImport earlier, boolean synthetic) {
    if (options.replace()) {
      return "--replace";
    }
    if (earlier.synthetic() != synthetic) {
      return "it was synthetic";
    }
    return earlier.policyId().equals(policyId)
        ? "the atoms of its published file are not in the archive"
        : "it was protected under the policy " + earlier.policyId();
  }

  /** Adds to the report of a month the warning that it replaces a published one, if it does. */
  FileReport withWarning(FileReport report) {
    return Optional.ofNullable(warnings.get(YearMonth.parse(report.month())))
        .map(report::withWarning)
        .orElse(report);
  }
}
