package fr.opendamir.ingest;

import fr.opendamir.ingest.port.ImportRefusedException;
import fr.opendamir.ingest.port.PublishedImport;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The months that are published and those that one import has loaded to be published; decides which
 * months may come together in a release.
 */
final class MonthLedger {
  private final String policyId;

  /** What this import has loaded and not yet published. */
  private final Map<YearMonth, FileReport> loaded = new LinkedHashMap<>();

  /** The files whose months this import has published. */
  private final Map<YearMonth, String> done = new HashMap<>();

  /** Also read while another file is prepared. */
  private volatile List<PublishedImport> published;

  /**
   * @param policyId the policy that loaded months are protected under
   * @param published what is published when the import begins
   */
  MonthLedger(String policyId, List<PublishedImport> published) {
    this.policyId = policyId;
    this.published = published;
  }

  List<PublishedImport> published() {
    return published;
  }

  Optional<PublishedImport> published(YearMonth month) {
    return published.stream().filter(p -> p.month().equals(month)).findFirst();
  }

  Collection<FileReport> loaded() {
    return loaded.values();
  }

  /** Adds a loaded month, or replaces its report. */
  void add(FileReport report) {
    loaded.put(YearMonth.parse(report.month()), report);
  }

  /**
   * Marks the loaded months as published.
   *
   * @param now what is published now
   */
  void release(List<PublishedImport> now) {
    loaded.forEach((month, report) -> done.put(month, report.file()));
    loaded.clear();
    published = now;
  }

  /**
   * Rejects imports that would mix two policies in one release: blocks of both could be subtracted
   * from each other.
   */
  void refuseMixOfPolicies(int files) {
    // Synthetic months may leave the release in this import anyway.
    boolean genuine = published.stream().noneMatch(PublishedImport::synthetic);
    List<YearMonth> others = monthsOfOtherPolicies();
    if (genuine && others.size() > files) {
      throw mixOfPolicies(others);
    }
  }

  /** The published months of other policies that this import has not loaded. */
  List<YearMonth> monthsOfOtherPolicies() {
    return published.stream()
        .filter(p -> !p.policyId().equals(policyId) && !loaded.containsKey(p.month()))
        .map(PublishedImport::month)
        .toList();
  }

  ImportRefusedException mixOfPolicies(List<YearMonth> others) {
    return new ImportRefusedException(
        "the published months "
            + others
            + " were protected under another disclosure policy than "
            + policyId
            + "; protect them again first (reprotect), or name their files too, so that one import"
            + " replaces them all");
  }

  /** Refuses a file of another kind than what is published or loaded. */
  void checkKind(boolean synthetic) {
    checkPublishedKind(synthetic);
    if (loaded.values().stream().anyMatch(r -> r.synthetic() != synthetic)) {
      throw twoKinds();
    }
  }

  /** Refuses a synthetic file where genuine months are published. */
  void checkPublishedKind(boolean synthetic) {
    if (synthetic && published.stream().anyMatch(p -> !p.synthetic())) {
      throw twoKinds();
    }
  }

  private static ImportRefusedException twoKinds() {
    return new ImportRefusedException(
        "a release holds either genuine or synthetic months, never both; import synthetic files"
            + " into another database (opendamir.database.folder)");
  }

  /** Refuses a month that this import has taken from another file. */
  void checkMonth(YearMonth month) {
    String other = loaded.containsKey(month) ? loaded.get(month).file() : done.get(month);
    if (other != null) {
      throw new ImportRefusedException(
          "holds the month "
              + month
              + ", which this import has just taken from "
              + other
              + "; name only the one that is right");
    }
  }

  /** Adds a warning to a report if the file has far fewer lines than other months of its kind. */
  FileReport withLineCheck(FileReport report) {
    if (!report.status().equals("loaded")) {
      return report;
    }
    YearMonth month = YearMonth.parse(report.month());
    List<Map.Entry<YearMonth, Long>> others = new ArrayList<>();
    published.stream()
        .filter(p -> p.synthetic() == report.synthetic())
        .forEach(p -> others.add(Map.entry(p.month(), p.lines())));
    loaded.forEach(
        (other, itsReport) -> {
          if (!other.equals(month)) {
            others.add(Map.entry(other, itsReport.lines()));
          }
        });
    return LineCheck.warning(month, report.lines(), others).map(report::withWarning).orElse(report);
  }

  /** The published synthetic months, which leave the release when genuine months come. */
  List<Long> leaving() {
    return loaded.values().stream().anyMatch(FileReport::synthetic)
        ? List.of()
        : published.stream().filter(PublishedImport::synthetic).map(PublishedImport::id).toList();
  }
}
