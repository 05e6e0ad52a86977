package fr.opendamir.ingest;

import fr.opendamir.ingest.port.ImportSession;
import java.time.YearMonth;
import java.util.List;

/** Publishes or discards what an import has loaded, and reports it. */
final class MonthPublication {
  private final ImportSession session;
  private final ImportProgress progress;
  private final AtomFolder archive;
  private final StagedMonths staged;
  private final MonthLedger months;
  private String newest;

  MonthPublication(
      ImportSession session,
      ImportProgress progress,
      AtomFolder archive,
      StagedMonths staged,
      MonthLedger months) {
    this.session = session;
    this.progress = progress;
    this.archive = archive;
    this.staged = staged;
    this.months = months;
  }

  /** Returns the report of months that were published one by one. */
  ImportReport report(List<FileReport> reports, long start) {
    return new ImportReport(newest, StageClock.secondsSince(start), reports);
  }

  /** Publishes all months; none if one of them was refused, and what was loaded stays staged. */
  ImportReport publishAll(List<FileReport> reports, long start) {
    ImportReport report =
        new ImportReport(
            null,
            StageClock.secondsSince(start),
            reports.stream().map(months::withLineCheck).toList());
    return report.isComplete() ? publish(reports, start) : report;
  }

  /** Publishes all months; discards them if one of them was refused. */
  ImportReport publishAllOrDiscard(List<FileReport> reports, long start) {
    List<FileReport> failed =
        reports.stream().filter(report -> report.status().equals("failed")).toList();
    if (failed.isEmpty()) {
      return publish(reports, start);
    }
    discardLoaded();
    return new ImportReport(null, StageClock.secondsSince(start), failed);
  }

  /** Publishes nothing: what was loaded and archived is deleted. */
  ImportReport discard(List<FileReport> reports, long start) {
    List<FileReport> checked = reports.stream().map(months::withLineCheck).toList();
    discardLoaded();
    archive.removeAllBut(months.published(), session.staged());
    return new ImportReport(
        null,
        StageClock.secondsSince(start),
        checked.stream().map(r -> r.status().equals("loaded") ? r.discarded() : r).toList());
  }

  /** Publishes what is loaded, if anything is. */
  ImportReport publish(List<FileReport> reports, long start) {
    List<FileReport> checked = reports.stream().map(months::withLineCheck).toList();
    checked.stream().filter(report -> report.status().equals("loaded")).forEach(months::add);
    String release = months.loaded().isEmpty() ? null : release();
    return new ImportReport(
        release,
        StageClock.secondsSince(start),
        checked.stream().map(r -> r.status().equals("loaded") ? r.published(release) : r).toList());
  }

  private String release() {
    months.loaded().forEach(staged::store);
    List<Long> leaving = months.leaving();
    List<YearMonth> mixed = leaving.isEmpty() ? months.monthsOfOtherPolicies() : List.of();
    if (!mixed.isEmpty()) {
      discardLoaded();
      throw months.mixOfPolicies(mixed);
    }
    newest = session.publish(months.loaded().stream().map(FileReport::importId).toList(), leaving);
    if (staged.discardAll() > 0) {
      progress.message("removed what an import that did not end had loaded and nothing can use");
    }
    months.release(session.published());
    archive.removeAllBut(months.published(), List.of());
    if (!leaving.isEmpty()) {
      progress.message("the synthetic months are no longer part of the release");
    }
    return newest;
  }

  private void discardLoaded() {
    months.loaded().forEach(report -> session.discard(report.importId()));
  }
}
