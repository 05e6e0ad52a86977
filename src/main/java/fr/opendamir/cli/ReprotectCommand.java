package fr.opendamir.cli;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.ingest.ImportReport;
import fr.opendamir.ingest.ImportService;
import fr.opendamir.ops.DisclosureConfig;
import fr.opendamir.store.PgImportStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Protects the published months again, under the policy in force. */
@Command(
    name = "reprotect",
    description = {
      "Protect the published months of another disclosure policy again under the one in force, from"
          + " the archive of the imports, and publish them all as one release. The releases before"
          + " it are withdrawn.",
      "If the archive does not suffice for one of the months, nothing is changed, and the files to"
          + " import again are named."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every published month is protected under the policy in force",
      "1:the archive does not suffice, or a month was refused; what was published is untouched",
      "2:wrong usage"
    },
    mixinStandardHelpOptions = true)
final class ReprotectCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(
      names = "--accept-loss",
      description =
          "Publish even if the policy in force leaves much of a month without its detail; recorded"
              + " in the release.")
  boolean acceptLoss;

  @Option(names = "--json", description = "Print the report as JSON.")
  boolean json;

  @Option(names = "--wait", description = "Wait while an import runs instead of refusing.")
  boolean waitForOthers;

  @Override
  public Integer call() throws IOException {
    ReleaseNotice notice = ReleaseNotice.configured();
    PrintWriter out = spec.commandLine().getOut();
    TerminalProgress progress = new TerminalProgress(spec.commandLine().getErr());
    DisclosurePolicy policy = DisclosureConfig.policy();
    ImportReport report;
    try (ServingDatabase database = ServingDatabase.open(true)) {
      Catalog catalog = Catalog.load();
      report =
          new ImportService(catalog, policy, new PgImportStore(database.settings()))
              .reprotect(
                  ConfiguredImport.options(
                      database.folder(), acceptLoss, false, false, false, false),
                  waitForOthers,
                  progress);
    } finally {
      progress.end();
    }
    if (report.files().isEmpty() && !json) {
      out.println(
          "Nothing to do: no published month is of another policy than " + policy.id() + ".");
    } else {
      out.println(new ReportText(report).render(json));
    }
    out.flush();
    notice.tell(report, spec.commandLine().getErr());
    return report.isComplete() ? 0 : 1;
  }
}
