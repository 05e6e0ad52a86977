package fr.opendamir.cli;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.ingest.FileShare;
import fr.opendamir.ingest.ImportOptions;
import fr.opendamir.ingest.ImportProgress;
import fr.opendamir.ingest.ImportReport;
import fr.opendamir.ingest.ImportService;
import fr.opendamir.ingest.port.ImportStore;
import fr.opendamir.ops.DisclosureConfig;
import fr.opendamir.store.PgImportStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Imports monthly files and publishes them as one release, or as a release each. */
@Command(
    name = "import",
    description = {
      "Import monthly Open DAMIR files (plain, gzip or ZIP; a folder means all of its .csv, .csv.gz"
          + " and .csv.zip files; an address is downloaded and deleted afterwards), protect them,"
          + " and publish them as one release. If a file is refused, the others are loaded and"
          + " nothing is published: the same command goes on with what is loaded once the file is"
          + " right, or left out. It goes on likewise after it was interrupted.",
      "May run beside the service, which serves the new release at once. A file that is already"
          + " published changes nothing; a month that is imported again is revised: what changed is"
          + " published as safe blocks beside the earlier ones, whose releases stay available."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every file is published",
      "1:a file was refused, or the import failed; what was published before is untouched, and with"
          + " --release-each so are the releases of the other files",
      "2:wrong usage"
    },
    mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Monthly files, folders, or addresses (https://…).")
  List<String> files = List.of();

  @Option(
      names = "--accept-loss",
      description =
          "Publish even if protecting the file leaves much of it without its detail (for an extract"
              + " of a few lines); recorded in the release.")
  boolean acceptLoss;

  @Option(
      names = "--replace",
      description =
          "Replace published months instead of revising them; withdraws the releases that hold"
              + " them.")
  boolean replace;

  @Option(
      names = "--synthetic",
      description =
          "The files are synthetic; those that « generate » has written are recognised by a mark in"
              + " their header.")
  boolean synthetic;

  @Option(
      names = "--public-source",
      description =
          "The files are public, as the producer's are: publish their SHA-256. Without it the"
              + " SHA-256 is not stored, because it would confirm a guess about a nearly known"
              + " file; always set for synthetic files.")
  boolean publicSource;

  @Option(
      names = "--verify",
      description =
          "Read each file a second time with DuckDB, which reads it in another way, and refuse the"
              + " file if any atom differs. Takes about three times as long to read.")
  boolean verify;

  @Option(
      names = "--dry-run",
      description =
          "Read, check, protect and load the files as for a release, report what came of it, and"
              + " publish nothing.")
  boolean dryRun;

  @Option(
      names = "--release-each",
      description =
          "Publish each file as a release of its own as soon as it is loaded, also if another file"
              + " is refused.")
  boolean releaseEach;

  @Option(names = "--json", description = "Print the report as JSON.")
  boolean json;

  @Option(names = "--wait", description = "Wait while another import runs instead of refusing.")
  boolean waitForOthers;

  @Option(
      names = "--share",
      paramLabel = "INDEX/COUNT",
      converter = ShareConverter.class,
      description = {
        "Import only one share of the files, counted from 0: 0/3, 1/3 and 2/3 are all of them. For"
            + " several processes at once on an external database: each reads its files by itself,"
            + " waits for the others to load, and publishes every file as a release of its own."
      })
  FileShare share;

  @Option(
      names = "--demo",
      hidden = true,
      description = "Generate and import the synthetic demonstration set.")
  boolean demo;

  @Override
  public Integer call() throws IOException {
    if (files.isEmpty() != demo) {
      throw new ParameterException(
          spec.commandLine(), demo ? "--demo takes no files" : "name at least one file or folder");
    }
    if (demo && share != null) {
      throw new ParameterException(spec.commandLine(), "--demo is not shared");
    }
    ImportArguments sources = new ImportArguments(files);
    if (sources.hasAddresses() && share != null) {
      throw new ParameterException(
          spec.commandLine(), "--share counts files of folders; addresses are imported without it");
    }
    if (dryRun && (demo || share != null || releaseEach)) {
      throw new ParameterException(
          spec.commandLine(),
          "--dry-run is for whole imports that publish nothing: leave out --share and"
              + " --release-each");
    }
    if (releaseEach && share != null) {
      throw new ParameterException(
          spec.commandLine(),
          "--share publishes a release for each file anyway: leave out --release-each");
    }
    ReleaseNotice notice = ReleaseNotice.configured();
    PrintWriter out = spec.commandLine().getOut();
    TerminalProgress progress = new TerminalProgress(spec.commandLine().getErr());
    ImportReport report;
    try (OpeningDatabase database = new OpeningDatabase(true);
        DemoFiles demoFiles = new DemoFiles(database.folder());
        sources) {
      ImportOptions options =
          ConfiguredImport.options(
              database.folder(), acceptLoss, replace, synthetic || demo, publicSource, verify);
      List<Path> arguments =
          demo
              ? demoFiles.generate(progress)
              : sources.paths(
                  options.temporaryFolder(),
                  new DownloadProgress(out, spec.commandLine().getErr()));
      Catalog catalog = Catalog.load();
      DisclosurePolicy policy = DisclosureConfig.policy();
      ImportStore store = wait -> new PgImportStore(database.get().settings()).begin(wait);
      report = run(new ImportService(catalog, policy, store), arguments, options, progress);
      String hint = database.get().spaceHint();
      if (!report.isComplete() && !hint.isEmpty()) {
        progress.message(hint.strip());
      }
    } finally {
      progress.end();
    }
    out.println(new ReportText(report).render(json));
    out.flush();
    if (!demo) { // the service waits for the demonstration set
      notice.tell(report, spec.commandLine().getErr());
    }
    return report.isComplete() ? 0 : 1;
  }

  private ImportReport run(
      ImportService service, List<Path> arguments, ImportOptions options, ImportProgress progress) {
    if (dryRun) {
      return service.check(arguments, options, waitForOthers, progress);
    }
    if (releaseEach) {
      return service.runEach(arguments, options, waitForOthers, progress);
    }
    return share == null
        ? service.run(arguments, options, waitForOthers, progress)
        : service.runShare(arguments, share, options, progress);
  }

  /** What is not a share is wrong usage. */
  static final class ShareConverter implements ITypeConverter<FileShare> {
    @Override
    public FileShare convert(String text) {
      try {
        return FileShare.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
