package fr.opendamir.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.disclosure.PolicyDocument;
import fr.opendamir.ingest.aggregate.TooFewContributorsException;
import fr.opendamir.ingest.source.FileChecksum;
import fr.opendamir.ingest.source.InvalidSourceFileException;
import fr.opendamir.ingest.source.MonthlyFile;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Imports monthly files and publishes those that are good as one release.
 *
 * <p>Files are independent: one that is refused is reported and the others go on. A release is
 * either all genuine or all synthetic; genuine files replace a synthetic release, and synthetic
 * files are refused beside genuine ones, so that no answer ever mixes them.
 */
public final class ImportService {
  private static final JsonMapper JSON = new JsonMapper();

  private final Catalog catalog;
  private final DisclosurePolicy policy;
  private final ImportStore store;

  public ImportService(Catalog catalog, DisclosurePolicy policy, ImportStore store) {
    this.catalog = catalog;
    this.policy = policy;
    this.store = store;
  }

  /**
   * Runs an import.
   *
   * @param arguments files and folders
   * @param waitForOthers whether to wait for another import that runs
   * @throws ImportRefusedException when another import runs
   */
  public ImportReport run(
      List<Path> arguments, ImportOptions options, boolean waitForOthers, ImportProgress progress) {
    long start = System.nanoTime();
    List<Path> files = SourceFiles.list(arguments);
    try (ImportSession session = store.begin(waitForOthers);
        RunFolder folder = RunFolder.create(options.temporaryFolder(), progress)) {
      session.cleanedUp().forEach(progress::message);
      session.keepPolicy(PolicyDocument.of(policy));
      Run run = new Run(options, session, folder, progress);
      run.refuseMixOfPolicies(files.size());
      List<FileReport> reports = new ArrayList<>();
      for (int i = 0; i < files.size(); i++) {
        progress.file(files.get(i), i + 1, files.size());
        reports.add(run.file(files.get(i), i));
      }
      return run.publish(reports, start);
    }
  }

  /** The state of one run. */
  private final class Run {
    private final ImportOptions options;
    private final ImportSession session;
    private final RunFolder folder;
    private final ImportProgress progress;
    private final AtomFolder archive;
    private final List<PublishedImport> published;
    private final Map<YearMonth, FileReport> loaded = new LinkedHashMap<>();
    private final Map<YearMonth, String> warnings = new HashMap<>();

    Run(ImportOptions options, ImportSession session, RunFolder folder, ImportProgress progress) {
      this.options = options;
      this.session = session;
      this.folder = folder;
      this.progress = progress;
      this.archive = new AtomFolder(options.archiveFolder().orElse(options.temporaryFolder()));
      this.published = session.published();
      archive.removeAllBut(published);
    }

    FileReport file(Path path, int index) {
      Path scratch = folder.forFile(index);
      try {
        return importFile(path, scratch);
      } catch (InvalidSourceFileException e) {
        return FileReport.failed(path.toString(), e.getMessage());
      } catch (ImportRefusedException | TooFewContributorsException | IllegalStateException e) {
        return FileReport.failed(path.toString(), path.getFileName() + ": " + e.getMessage());
      } finally {
        folder.remove(scratch);
      }
    }

    private FileReport importFile(Path path, Path scratch) {
      StageClock clock = new StageClock(progress);
      MonthlyFile file = MonthlyFile.inspect(path);
      String sha256 = clock.time(ImportStage.CHECKSUM, () -> FileChecksum.sha256(path));
      Optional<PublishedImport> same =
          published.stream()
              .filter(p -> p.sha256().equals(sha256) && p.policyId().equals(policy.id()))
              .filter(p -> !options.replace())
              .findFirst();
      if (same.isPresent()) {
        return FileReport.unchanged(path.toString(), same.get(), file.size());
      }
      boolean synthetic =
          options.synthetic()
              || path.getFileName().toString().toLowerCase(Locale.ROOT).contains("synthetic");
      checkKind(synthetic);
      FileReport report =
          new MonthImport(catalog, policy, options, session, archive, progress)
              .run(file, sha256, synthetic, scratch, clock, month -> revised(month, synthetic));
      YearMonth month = YearMonth.parse(report.month());
      FileReport complete =
          warnings.containsKey(month) ? report.withWarning(warnings.get(month)) : report;
      loaded.put(month, complete);
      return complete;
    }

    /** What of the published month can be kept, so that its earlier releases stay available. */
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
              .flatMap(
                  p -> archive.find(month, p.sha256()).map(atoms -> new RevisedMonth(p, atoms)));
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

    /** Blocks of two policies side by side would let readers subtract one from the other. */
    void refuseMixOfPolicies(int files) {
      // Synthetic months may be about to leave the release anyway.
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
              + "; name their files too, so that one import replaces them all");
    }

    private void checkKind(boolean synthetic) {
      boolean genuinePublished = published.stream().anyMatch(p -> !p.synthetic());
      boolean otherKindLoaded = loaded.values().stream().anyMatch(r -> r.synthetic() != synthetic);
      if (otherKindLoaded || (synthetic && genuinePublished)) {
        throw new ImportRefusedException(
            "a release holds either genuine or synthetic months, never both; import synthetic files "
                + "into another database (--data-dir)");
      }
    }

    private void checkMonth(YearMonth month) {
      FileReport other = loaded.get(month);
      if (other != null) {
        throw new ImportRefusedException(
            "holds the month "
                + month
                + ", which this import has just taken from "
                + other.file()
                + "; import the one that is right by itself");
      }
    }

    ImportReport publish(List<FileReport> reports, long start) {
      String release = null;
      if (!loaded.isEmpty()) {
        loaded.values().forEach(report -> session.storeReport(report.importId(), toJson(report)));
        boolean synthetic = loaded.values().iterator().next().synthetic();
        List<Long> withdrawn =
            synthetic
                ? List.of()
                : published.stream()
                    .filter(PublishedImport::synthetic)
                    .map(PublishedImport::id)
                    .toList();
        List<YearMonth> others = withdrawn.isEmpty() ? monthsOfOtherPolicies() : List.of();
        if (!others.isEmpty()) {
          loaded.values().forEach(report -> session.discard(report.importId()));
          throw mixOfPolicies(others);
        }
        release =
            session.publish(loaded.values().stream().map(FileReport::importId).toList(), withdrawn);
        archive.removeAllBut(session.published());
        if (!withdrawn.isEmpty()) {
          progress.message("the synthetic months are no longer part of the release");
        }
      }
      return new ImportReport(
          release,
          StageClock.secondsSince(start),
          reports.stream().map(r -> r.status().equals("loaded") ? r.published() : r).toList());
    }
  }

  private static String toJson(FileReport report) {
    try {
      return JSON.writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the import report cannot be written", e);
    }
  }
}
