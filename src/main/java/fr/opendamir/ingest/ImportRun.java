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
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Brings files into one session: reads, protects and loads them, to be published. */
final class ImportRun {
  private final Catalog catalog;
  private final DisclosurePolicy policy;
  private final ImportOptions options;
  private final ImportSession session;
  private final ImportProgress progress;
  private final AtomFolder archive;
  private final DigestKey key;
  private final StagedMonths staged;
  private final MonthLedger months;
  private final MonthPublication publication;
  private final RevisionChoice revisions;

  /** What was published when the session began. */
  private final List<PublishedImport> before;

  private boolean stopped;

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
    this.months = new MonthLedger(policy.id(), before);
    this.staged = new StagedMonths(session, options, policy.id(), before);
    this.publication = new MonthPublication(session, progress, archive, staged, months);
    this.revisions = new RevisionChoice(policy.id(), options, months, archive, progress);
    archive.removeAllBut(before, session.staged());
  }

  /** Publishes or discards what was loaded. */
  MonthPublication publication() {
    return publication;
  }

  /** Refuses an import of so many files that would mix two policies in one release. */
  void refuseMixOfPolicies(int files) {
    months.refuseMixOfPolicies(files);
  }

  /**
   * Does everything for a file that needs no database; may run while another file is {@linkplain
   * #finish finished}.
   *
   * @param resume whether to look for what an earlier import has loaded from the file
   */
  PreparedFile prepare(FileReading file, boolean resume) {
    try {
      SourceFile source = file.source();
      Optional<FileReport> unchanged = unchanged(source);
      if (unchanged.isPresent()) {
        return withoutReading(file, unchanged::get);
      }
      check(source);
      Optional<StagedImport> earlier =
          resume
              ? staged.find(source, key, options.archiveFolder().map(folder -> archive))
              : Optional.empty();
      if (earlier.isPresent()) {
        return withoutReading(
            file, () -> resume(earlier.get(), source, file.scratch(), file.progress()));
      }
      MonthReading reading = file.reading();
      return new PreparedFile(
          file.path(),
          file.scratch(),
          Optional.of(reading),
          () -> load(source, reading, file.scratch()));
    } catch (InvalidSourceFileException
        | ImportRefusedException
        | TooFewContributorsException
        | IllegalStateException e) {
      return withoutReading(
          file,
          () -> {
            throw e;
          });
    }
  }

  /** Ends the reading of a file, if it has begun. */
  private static PreparedFile withoutReading(FileReading file, Supplier<FileReport> rest) {
    file.close();
    return new PreparedFile(file.path(), file.scratch(), Optional.empty(), rest);
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
   * Whether something failed that would fail for every other file too, such as the disk or the
   * database.
   */
  boolean isStopped() {
    return stopped;
  }

  /** Stages a loaded month, so that it outlives this import if this import does not publish it. */
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
            return publication.publish(List.of(report), System.nanoTime()).files().get(0);
          } catch (ImportRefusedException | IllegalStateException e) {
            stopped = true;
            throw e;
          }
        });
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

  /** Returns the report of a file that was already published under the policy in force. */
  Optional<FileReport> unchanged(SourceFile source) {
    return before.stream()
        .filter(p -> !options.replace() && p.policyId().equals(policy.id()))
        .filter(p -> key.isDigestOf(source.sha256(), p.digest()))
        .findFirst()
        .map(same -> FileReport.unchanged(source.path().toString(), same, source.file().size()));
  }

  /** Refuses, before it is read, a file that would be refused whatever its lines. */
  void check(SourceFile source) {
    months.checkPublishedKind(isSynthetic(source));
    var unused = digest(source);
  }

  /** Verifies what an earlier import has loaded from a file; reads the file if that is damaged. */
  private FileReport resume(
      StagedImport earlier, SourceFile source, Path scratch, FileProgress file) {
    months.checkKind(isSynthetic(source));
    months.checkMonth(earlier.month());
    try {
      FileReport report = staged.verified(earlier, scratch);
      progress.message(
          "%s: %s was loaded by import %d, which did not end; the file is not read again"
              .formatted(report.file(), earlier.month(), earlier.id()));
      months.add(report);
      return report;
    } catch (IllegalStateException e) {
      progress.message(source.path().getFileName() + ": " + e.getMessage() + "; it is read again");
      session.discard(earlier.id());
    }
    try (MonthReading reading = MonthReading.of(source, catalog, policy, options, scratch, file)) {
      return load(source, reading, scratch);
    }
  }

  /** Protects and loads a file that has been read. */
  FileReport load(SourceFile source, MonthReading reading, Path scratch) {
    boolean synthetic = isSynthetic(source);
    months.checkKind(synthetic);
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
            .run(
                reading,
                digest,
                synthetic,
                scratch,
                clock,
                month -> {
                  months.checkMonth(month);
                  return revisions.of(month, synthetic);
                });
    FileReport complete = revisions.withWarning(report);
    months.add(complete);
    return complete;
  }

  /** Whether the content or the options say so; a file name never decides. */
  private boolean isSynthetic(SourceFile source) {
    return options.synthetic() || source.file().synthetic();
  }

  /** Returns the digest to be stored. Synthetic files concern nobody and are public. */
  private SourceDigest digest(SourceFile source) {
    if (options.publicSource() || isSynthetic(source)) {
      return SourceDigest.ofPublic(source.sha256());
    }
    if (!key.exists() && months.published().stream().anyMatch(p -> !p.digest().isPublic())) {
      progress.message(
          "the key of digests is missing and a new one is created: files that were imported"
              + " before are not recognised as unchanged");
    }
    return key.digest(source.sha256());
  }

  /**
   * Returns the report of some work on a file; of a failure that the file or the disk causes too.
   */
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
