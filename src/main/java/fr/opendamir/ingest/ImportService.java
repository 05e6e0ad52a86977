package fr.opendamir.ingest;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.disclosure.PolicyDocument;
import fr.opendamir.ingest.port.ImportRefusedException;
import fr.opendamir.ingest.port.ImportSession;
import fr.opendamir.ingest.port.ImportStore;
import fr.opendamir.ingest.port.PublishedImport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Imports monthly files and publishes them: as one release, or as a release each.
 *
 * <p>If a file is refused, the others are read and loaded, but a release without it is not
 * published: the next import of the same files goes on with what was loaded. A release is either
 * all genuine or all synthetic, so that no answer ever mixes them: genuine files replace a
 * synthetic release, and synthetic files are refused if the release is genuine.
 */
public final class ImportService {
  private final Catalog catalog;
  private final DisclosurePolicy policy;
  private final ImportStore store;

  public ImportService(Catalog catalog, DisclosurePolicy policy, ImportStore store) {
    this.catalog = catalog;
    this.policy = policy;
    this.store = store;
  }

  /**
   * Imports all files as one release; none is published if one of them is refused.
   *
   * @param arguments files and folders
   * @param waitForOthers whether to wait while another import runs
   * @throws ImportRefusedException if another import runs and this one does not wait
   */
  public ImportReport run(
      List<Path> arguments, ImportOptions options, boolean waitForOthers, ImportProgress progress) {
    return run(arguments, options, waitForOthers, progress, End.ONE_RELEASE);
  }

  /**
   * Imports each file as a release of its own, in their order; a refused file omits its own release
   * only.
   *
   * @param arguments files and folders
   * @param waitForOthers whether to wait while another import runs
   * @throws ImportRefusedException if another import runs and this one does not wait
   */
  public ImportReport runEach(
      List<Path> arguments, ImportOptions options, boolean waitForOthers, ImportProgress progress) {
    return run(arguments, options, waitForOthers, progress, End.RELEASE_EACH);
  }

  /**
   * Does everything that {@link #run} does but publish: files are read, protected, loaded and read
   * back, and then discarded.
   *
   * @throws ImportRefusedException if another import runs and this one does not wait
   */
  public ImportReport check(
      List<Path> arguments, ImportOptions options, boolean waitForOthers, ImportProgress progress) {
    return run(arguments, options, waitForOthers, progress, End.NO_RELEASE);
  }

  /** How an import ends. */
  private enum End {
    ONE_RELEASE,
    RELEASE_EACH,
    NO_RELEASE
  }

  private ImportReport run(
      List<Path> arguments,
      ImportOptions options,
      boolean waitForOthers,
      ImportProgress progress,
      End end) {
    long start = System.nanoTime();
    List<Path> files = SourceFiles.list(arguments);
    boolean readsAhead = files.size() > 1 && options.canReadAhead();
    ImportOptions perFile = readsAhead ? options.withMemory(options.memoryBytes() / 2) : options;
    // A single file is read while the database is still opening.
    try (RunFolder folder = RunFolder.create(options.temporaryFolder(), progress::message);
        FileReadings readings = new FileReadings(files, folder, perFile, progress);
        ImportSession session = begin(waitForOthers, progress)) {
      ImportRun run = new ImportRun(catalog, policy, perFile, session, progress);
      run.refuseMixOfPolicies(end == End.RELEASE_EACH ? 1 : files.size());
      List<FileReport> reports = files(files, run, readings, progress, end, readsAhead);
      return switch (end) {
        case ONE_RELEASE -> run.publication().publishAll(reports, start);
        case NO_RELEASE -> run.publication().discard(reports, start);
        case RELEASE_EACH -> run.publication().report(reports, start);
      };
    }
  }

  /**
   * The readings of the files of an import. A single file is read at once, although the database
   * may then show that it is published already. Of many files, an earlier import may have loaded
   * some, and the time to open the database is small beside the rest.
   */
  private final class FileReadings implements AutoCloseable {
    private final List<Path> files;
    private final RunFolder folder;
    private final ImportOptions options;
    private final ImportProgress progress;
    private final Map<Integer, FileReading> readings = new ConcurrentHashMap<>();

    FileReadings(
        List<Path> files, RunFolder folder, ImportOptions options, ImportProgress progress) {
      this.files = files;
      this.folder = folder;
      this.options = options;
      this.progress = progress;
      if (files.size() == 1) {
        var unused = of(0).begin();
      }
    }

    /** The reading of the file with an index from 0. */
    FileReading of(int i) {
      return readings.computeIfAbsent(
          i,
          index -> {
            Path scratch = folder.forFile(index);
            FileProgress shown = progress.file(files.get(index), index + 1, files.size());
            return new FileReading(
                files.get(index),
                scratch,
                shown,
                source -> MonthReading.of(source, catalog, policy, options, scratch, shown));
          });
    }

    @Override
    public void close() {
      readings.values().forEach(FileReading::close);
    }
  }

  /** Reads the next file while one is protected and loaded, if there is memory for both. */
  private static List<FileReport> files(
      List<Path> files,
      ImportRun run,
      FileReadings readings,
      ImportProgress progress,
      End end,
      boolean readsAhead) {
    List<FileReport> reports = new ArrayList<>();
    try (ReadAhead ahead =
        new ReadAhead(
            files.size(), readsAhead, i -> run.prepare(readings.of(i), end == End.ONE_RELEASE))) {
      while (ahead.hasNext() && !run.isStopped()) {
        PreparedFile file = ahead.next();
        FileReport report = run.finish(file);
        report =
            switch (end) {
              case ONE_RELEASE -> run.stage(report);
              case RELEASE_EACH -> run.publishAlone(file.path(), report);
              case NO_RELEASE -> report;
            };
        readings.of(reports.size()).progress().end();
        if (files.size() > 1 && report.error() != null) {
          progress.message("FAILED   " + report.error());
        }
        reports.add(report);
      }
    }
    files.stream()
        .skip(reports.size())
        .forEach(
            file ->
                reports.add(
                    FileReport.skipped(
                        file.toString(),
                        file.getFileName() + ": not read, because the import stopped before")));
    return reports;
  }

  /**
   * Imports one share of the files, while other processes import their shares into the same
   * database. Files are read without the database, which takes most of the time; loading is
   * serialised among all processes, so only one of them changes the published data at a time. Each
   * file becomes its own release, so a killed process loses at most one file.
   *
   * @return a report with the newest release that this process published
   * @throws ImportRefusedException if two files are of one month
   */
  public ImportReport runShare(
      List<Path> arguments, FileShare share, ImportOptions options, ImportProgress progress) {
    long start = System.nanoTime();
    List<Path> files = share.of(SourceFiles.list(arguments));
    List<FileReport> reports = new ArrayList<>();
    String release = null;
    try (RunFolder folder = RunFolder.create(options.temporaryFolder(), progress::message)) {
      for (int i = 0; i < files.size(); i++) {
        FileProgress file = progress.file(files.get(i), i + 1, files.size());
        ImportReport one = importAlone(files.get(i), folder.forFile(i), options, progress, file);
        file.end();
        release = one.release() == null ? release : one.release();
        reports.addAll(one.files());
      }
    }
    return new ImportReport(release, StageClock.secondsSince(start), reports);
  }

  /**
   * Protects the published months of another policy again, from their archived atoms, and publishes
   * them as one release. Either all of them or none, because blocks of two policies must not be in
   * one release.
   *
   * @param waitForOthers whether to wait while an import runs
   * @return a report of no file if there is no such month
   * @throws ImportRefusedException if the atoms of a month do not suffice; the message names the
   *     files to import instead
   */
  public ImportReport reprotect(
      ImportOptions options, boolean waitForOthers, ImportProgress progress) {
    long start = System.nanoTime();
    try (ImportSession session = begin(waitForOthers, progress);
        RunFolder folder = RunFolder.create(options.temporaryFolder(), progress::message)) {
      List<PublishedImport> others =
          session.published().stream().filter(p -> !p.policyId().equals(policy.id())).toList();
      List<ArchivedMonth> months =
          new SufficientAtoms(policy, options, session, folder.forFile(others.size()))
              .require(others);
      ImportRun run = new ImportRun(catalog, policy, options, session, progress);
      List<FileReport> reports = new ArrayList<>();
      for (int i = 0; i < months.size(); i++) {
        FileProgress file = progress.file(Path.of(others.get(i).fileName()), i + 1, months.size());
        reports.add(run.again(months.get(i), folder.forFile(i), file));
        file.end();
      }
      return run.publication().publishAllOrDiscard(reports, start);
    }
  }

  private ImportReport importAlone(
      Path path, Path scratch, ImportOptions options, ImportProgress progress, FileProgress file) {
    long start = System.nanoTime();
    List<String> releases = new ArrayList<>();
    FileReport report =
        ImportRun.attempt(
            path,
            () -> {
              SourceFile source = SourceFile.recognise(path, file);
              try (ImportSession session = begin(true, progress)) {
                ImportRun run = new ImportRun(catalog, policy, options, session, progress);
                Optional<FileReport> unchanged = run.unchanged(source);
                if (unchanged.isPresent()) {
                  return unchanged.get();
                }
                run.refuseMixOfPolicies(1);
                run.check(source);
              }
              try (MonthReading reading =
                      MonthReading.of(source, catalog, policy, options, scratch, file);
                  ImportSession session = begin(true, progress)) {
                // Other processes may have published in the meantime: read the current state again.
                ImportRun run = new ImportRun(catalog, policy, options, session, progress);
                run.refuseMixOfPolicies(1);
                ImportReport published =
                    run.publication().publish(List.of(run.load(source, reading, scratch)), start);
                releases.add(published.release());
                return published.files().get(0);
              }
            });
    RunFolder.remove(scratch);
    return new ImportReport(
        releases.isEmpty() ? null : releases.get(0),
        StageClock.secondsSince(start),
        List.of(report));
  }

  private ImportSession begin(boolean waitForOthers, ImportProgress progress) {
    ImportSession session = store.begin(waitForOthers);
    try {
      session.cleanedUp().forEach(progress::message);
      session.keepPolicy(PolicyDocument.of(policy));
      return session;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }
}
