package fr.opendamir.cli;

import fr.opendamir.reference.ReferenceTable;
import fr.opendamir.reference.ReferenceTables;
import fr.opendamir.store.ReleaseHistory;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes the reference tables of this version. */
@Command(
    name = "references",
    description = {
      "List the reference tables that ship with this version, or publish them (load): where the"
          + " newest release pins other versions of the tables that rates are calculated from, the"
          + " same months are published again as a new release that pins these.",
      "Changes nothing where all is in place. May run beside the service."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:refused while an import runs, or the database is away",
      "2:wrong usage"
    },
    mixinStandardHelpOptions = true)
final class ReferencesCommand implements Callable<Integer> {
  /** What to do. */
  enum Action {
    list,
    load
  }

  @Spec CommandSpec spec;

  @Parameters(paramLabel = "ACTION", description = "list or load.")
  Action action;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (action == Action.list) {
      for (ReferenceTable table : ReferenceTables.load().all()) {
        out.printf("%s: %d rows, %s%n", table.versionedId(), table.rows().size(), table.vintage());
      }
    } else {
      out.println(
          published()
              .map(release -> "Release " + release + " pins " + pinned() + ".")
              .orElse("No release pins other versions than " + pinned() + "; nothing changes."));
    }
    out.flush();
    return 0;
  }

  /** Opening publishes too where it migrates; what it could not do is tried again and explained. */
  private static Optional<String> published() {
    try (ServingDatabase database = ServingDatabase.open(true)) {
      return database.pinning().or(() -> new ReleaseHistory(database.settings()).pinReferences());
    }
  }

  private static String pinned() {
    return String.join(", ", ReferenceTables.pinned());
  }
}
