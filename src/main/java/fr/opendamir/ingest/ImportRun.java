package fr.opendamir.ingest;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.ingest.aggregate.TooFewContributorsException;
import fr.opendamir.ingest.port.ImportRefusedException;
import fr.opendamir.ingest.port.ImportSession;
import fr.opendamir.ingest.port.PublishedImport;
import fr.opendamir.ingest.port.SourceDigest;
import fr.opendamir.ingest.port.StagedImport;
import fr.opendamir.ingest.source.InvalidSourceFileException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The state of one session: what is published and what is loaded to be published. */
final class ImportRun {
  private final Catalog catalog;
  private final DisclosurePolicy policy;
  private final ImportOptions options;
  private final ImportSession session;
  private final ImportProgress progress;
  private final AtomFolder archive;
  private final DigestKey key;
  private final StagedMonths staged;
  private final Map<YearMonth, String> done = new HashMap<>();

  /** What was published when the session began. */
  private final List<PublishedImport> before;

  private volatile List<PublishedImport> published;
  private String newest;
  private boolean stopped;
  private final Map<YearMonth, FileReport> loaded = new LinkedHashMap<>();
  private final Map<YearMonth, String> warnings = new HashMap<>();

  ImportRun(
      Catalog catalog,
      DisclosurePolicy policy,
      ImportOptions options,
      ImportSession session,
      ImportProgress progress) {
    this.catalog = catalog;
    this.policy = policy;
    this.options = options;
    this.session = session;
    this.progress = progress;
    this.archive = new AtomFolder(options.archiveFolder().orElse(options.temporaryFolder()));
    this.key = new DigestKey(options.keyFolder());
    this.before = session.published();
    this.published = before;
    this.staged = new StagedMonths(session, options, policy.id(), published);
    archive.removeAllBut(published, session.staged());
  }

  /**
   * Does everything for a file that needs no database; may run while another file is {@linkplain
   * #finish finished}.
   *
   * @param resume whether to look for what an earlier import has loaded from the file
   */
  PreparedFile prepare(Path path, Path scratch, FileProgress file, boolean resume) {
    try {
      SourceFile source = SourceFile.recognise(path, file);
      Optional<FileReport> unchanged = unchanged(source);
      if (unchanged.isPresent()) {
        return new PreparedFile(path, scratch, Optional.empty(), unchanged::get);
      }
      check(source);
      Optional<StagedImport> earlier =
          resume
              ? staged.find(source, key, options.archiveFolder().map(folder -> archive))
              : Optional.empty();
      if (earlier.isPresent()) {
        return new PreparedFile(
            path, scratch, Optional.empty(), () -> resume(earlier.get(), source, scratch, file));
      }
      MonthReading reading = MonthReading.of(source, catalog, policy, options, scratch, file);
      return new PreparedFile(
          path, scratch, Optional.of(reading), () -> load(source, reading, scratch));
    } catch (InvalidSourceFileException
        | ImportRefusedException
        | TooFewContributorsException
        | IllegalStateException e) {
      return new PreparedFile(
          path,
          scratch,
          Optional.empty(),
          () -> {
            throw e;
          });
    }
  }

  /** Protects and loads a file that was prepared, and closes it. */
  FileReport finish(PreparedFile file) {
    try (file) {
      return attempt(
          file.path(),
          () -> {
            try {
              return file.rest().get();
            } catch (IllegalStateException e) {
              stopped = true;
              throw e;
            }
          });
    }
  }

  /**
   * Whether something failed that no other file would do better with, such as the disk or the
   * database.
   */
  boolean isStopped() {
    return stopped;
  }

  /** Takes what an earlier import has loaded from a file; reads the file if that is damaged. */
  private FileReport resume(
      StagedImport earlier, SourceFile source, Path scratch, FileProgress file) {
    checkKind(isSynthetic(source));
    checkMonth(earlier.month());
    try {
      FileReport report = staged.verified(earlier, scratch);
      progress.message(
          "%s: %s was loaded by import %d, which did not end; the file is not read again"
              .formatted(report.file(), earlier.month(), earlier.id()));
      loaded.put(earlier.month(), report);
      return report;
    } catch (IllegalStateException e) {
      progress.message(source.path().getFileName() + ": " + e.getMessage() + "; it is read again");
      session.discard(earlier.id());
    }
    try (MonthReading reading = MonthReading.of(source, catalog, policy, options, scratch, file)) {
      return load(source, reading, scratch);
    }
  }

  /** Makes a loaded month outlive this import, if it does not come to publish it. */
  FileReport stage(FileReport report) {
    if (report.status().equals("loaded")) {
      staged.store(report);
    }
    return report;
  }

  /** Publishes a loaded month as a release of its own. */
  FileReport publishAlone(Path path, FileReport report) {
    if (!report.status().equals("loaded")) {
      return report;
    }
    return attempt(
        path,
        () -> {
          try {
            ImportReport published = publish(List.of(report), System.nanoTime());
            newest = published.release();
            return published.files().get(0);
          } catch (ImportRefusedException | IllegalStateException e) {
            stopped = true;
            throw e;
          }
        });
  }

  /** Returns the report of months that were published one by one. */
  ImportReport published(List<FileReport> reports, long start) {
    return new ImportReport(newest, StageClock.secondsSince(start), reports);
  }

  /** Returns the report of a file that was already published under the policy in force. */
  Optional<FileReport> unchanged(SourceFile source) {
    return before.stream()
        .filter(p -> !options.replace() && p.policyId().equals(policy.id()))
        .filter(p -> key.isDigestOf(source.sha256(), p.digest()))
        .findFirst()
        .map(same -> FileReport.unchanged(source.path().toString(), same, source.file().size()));
  }

  /** Returns the digest to be stored. Synthetic files concern nobody and are public. */
  private SourceDigest digest(SourceFile source) {
    if (options.publicSource() || isSynthetic(source)) {
      return SourceDigest.ofPublic(source.sha256());
    }
    if (!key.exists() && published.stream().anyMatch(p -> !p.digest().isPublic())) {
      progress.message(
          "the key of digests is missing and a new one is created: files that were imported"
              + " before are not recognised as unchanged");
    }
    return key.digest(source.sha256());
  }

  /** Refuses, before the file is read, what is refused whatever its lines. */
  void check(SourceFile source) {
    checkPublishedKind(isSynthetic(source));
    var unused = digest(source);
  }

  /** The content says so, or the person who imports; a name never decides. */
  private boolean isSynthetic(SourceFile source) {
    return options.synthetic() || source.file().synthetic();
  }

  /** Protects a published month again, from its archived atoms. */
  FileReport again(ArchivedMonth archived, Path scratch, FileProgress file) {
    PublishedImport month = archived.published();
    StageClock clock = new StageClock(file);
    try {
      return attempt(
          Path.of(month.fileName()),
          () -> {
            try (MonthReading reading =
                MonthReading.ofAtoms(archived, catalog, policy, options, scratch, clock)) {
              return load(reading, month.digest(), month.synthetic(), scratch, clock);
            }
          });
    } finally {
      RunFolder.remove(scratch);
    }
  }

  /** Protects and loads a file that has been read. */
  FileReport load(SourceFile source, MonthReading reading, Path scratch) {
    boolean synthetic = isSynthetic(source);
    checkKind(synthetic);
    return load(reading, digest(source), synthetic, scratch, source.clock());
  }

  private FileReport load(
      MonthReading reading,
      SourceDigest digest,
      boolean synthetic,
      Path scratch,
      StageClock clock) {
    FileReport report =
        new MonthImport(policy, options, session, archive)
            .run(reading, digest, synthetic, scratch, clock, month -> revised(month, synthetic));
    YearMonth month = YearMonth.parse(report.month());
    FileReport complete =
        warnings.containsKey(month) ? report.withWarning(warnings.get(month)) : report;
    loaded.put(month, complete);
    return complete;
  }

  /**
   * Returns the published month that the file can revise, so that earlier releases stay available;
   * empty if the month must be replaced.
   */
  private Optional<RevisedMonth> revised(YearMonth month, boolean synthetic) {
    checkMonth(month);
    Optional<PublishedImport> earlier =
        published.stream().filter(p -> p.month().equals(month)).findFirst();
    if (earlier.isEmpty()) {
      return Optional.empty();
    }
    Optional<RevisedMonth> revised =
        earlier
            .filter(p -> !options.replace())
            .filter(p -> p.policyId().equals(policy.id()) && p.synthetic() == synthetic)
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
    return earlier.policyId().equals(policy.id())
        ? "the atoms of its published file are not in the archive"
        : "it was protected under the policy " + earlier.policyId();
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

  private List<YearMonth> monthsOfOtherPolicies() {
    return published.stream()
        .filter(p -> !p.policyId().equals(policy.id()) && !loaded.containsKey(p.month()))
        .map(PublishedImport::month)
        .toList();
  }

  private ImportRefusedException mixOfPolicies(List<YearMonth> others) {
    return new ImportRefusedException(
        "the published months "
            + others
            + " were protected under another disclosure policy than "
            + policy.id()
            + "; protect them again first (reprotect), or name their files too, so that one import"
            + " replaces them all");
  }

  private void checkKind(boolean synthetic) {
    checkPublishedKind(synthetic);
    if (loaded.values().stream().anyMatch(r -> r.synthetic() != synthetic)) {
      throw twoKinds();
    }
  }

  private void checkPublishedKind(boolean synthetic) {
    if (synthetic && published.stream().anyMatch(p -> !p.synthetic())) {
      throw twoKinds();
    }
  }

  private static ImportRefusedException twoKinds() {
    return new ImportRefusedException(
        "a release holds either genuine or synthetic months, never both; import synthetic files"
            + " into another database (opendamir.database.folder)");
  }

  private void checkMonth(YearMonth month) {
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
  private FileReport withLineCheck(FileReport report) {
    if (!report.status().equals("loaded")) {
      return report;
    }
    YearMonth month = YearMonth.parse(report.month());
    List<Map.Entry<YearMonth, Long>> others = new ArrayList<>();
    published.stream()
        .filter(p -> p.synthetic() == report.synthetic())
        .forEach(p -> others.add(Map.entry(p.month(), p.lines())));
    loaded.forEach(
        (other, its) -> {
          if (!other.equals(month)) {
            others.add(Map.entry(other, its.lines()));
          }
        });
    return LineCheck.warning(month, report.lines(), others).map(report::withWarning).orElse(report);
  }

  /** Publishes all months; none if one of them was refused, and what was loaded stays staged. */
  ImportReport publishAll(List<FileReport> reports, long start) {
    ImportReport report =
        new ImportReport(
            null,
            StageClock.secondsSince(start),
            reports.stream().map(this::withLineCheck).toList());
    return report.isComplete() ? publish(reports, start) : report;
  }

  /** Publishes all months; discards them if one of them was refused. */
  ImportReport publishAllOrDiscard(List<FileReport> reports, long start) {
    List<FileReport> failed =
        reports.stream().filter(report -> report.status().equals("failed")).toList();
    if (failed.isEmpty()) {
      return publish(reports, start);
    }
    loaded.values().forEach(report -> session.discard(report.importId()));
    return new ImportReport(null, StageClock.secondsSince(start), failed);
  }

  /** Publishes nothing: what was loaded and archived is deleted. */
  ImportReport discard(List<FileReport> reports, long start) {
    List<FileReport> checked = reports.stream().map(this::withLineCheck).toList();
    loaded.values().forEach(report -> session.discard(report.importId()));
    archive.removeAllBut(published, session.staged());
    return new ImportReport(
        null,
        StageClock.secondsSince(start),
        checked.stream().map(r -> r.status().equals("loaded") ? r.discarded() : r).toList());
  }

  ImportReport publish(List<FileReport> reports, long start) {
    String release = null;
    List<FileReport> checked = reports.stream().map(this::withLineCheck).toList();
    if (!loaded.isEmpty()) {
      checked.stream()
          .filter(report -> report.status().equals("loaded"))
          .forEach(report -> loaded.put(YearMonth.parse(report.month()), report));
      loaded.values().forEach(staged::store);
      boolean synthetic = loaded.values().iterator().next().synthetic();
      List<Long> withdrawn =
          synthetic
              ? List.of()
              : published.stream()
                  .filter(PublishedImport::synthetic)
                  .map(PublishedImport::id)
                  .toList();
      List<YearMonth> mixed = withdrawn.isEmpty() ? monthsOfOtherPolicies() : List.of();
      if (!mixed.isEmpty()) {
        loaded.values().forEach(report -> session.discard(report.importId()));
        throw mixOfPolicies(mixed);
      }
      release =
          session.publish(loaded.values().stream().map(FileReport::importId).toList(), withdrawn);
      if (staged.discardAll() > 0) {
        progress.message("removed what an import that did not end had loaded and nothing can use");
      }
      loaded.forEach((month, report) -> done.put(month, report.file()));
      loaded.clear();
      published = session.published();
      archive.removeAllBut(published, List.of());
      if (!withdrawn.isEmpty()) {
        progress.message("the synthetic months are no longer part of the release");
      }
    }
    String newRelease = release;
    return new ImportReport(
        release,
        StageClock.secondsSince(start),
        checked.stream()
            .map(r -> r.status().equals("loaded") ? r.published(newRelease) : r)
            .toList());
  }

  static FileReport attempt(Path path, Supplier<FileReport> work) {
    try {
      return work.get();
    } catch (InvalidSourceFileException e) {
      return FileReport.failed(path.toString(), e.getMessage());
    } catch (ImportRefusedException | TooFewContributorsException | IllegalStateException e) {
      return FileReport.failed(path.toString(), path.getFileName() + ": " + e.getMessage());
    }
  }
}
