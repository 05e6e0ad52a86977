package fr.opendamir.cli;

import fr.opendamir.store.ReleaseHistory;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows what was published, and goes back to what was published before. */
@Command(
    name = "releases",
    description = {
      "List releases, or make an earlier one the newest again. May run beside the service, which"
          + " serves the change within a second."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:refused, such as a release that is not served, or while an import runs; or the database"
          + " is away",
      "2:wrong usage"
    },
    mixinStandardHelpOptions = true,
    subcommands = {ReleasesListCommand.class, ReleasesRollbackCommand.class})
final class ReleasesCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: list or rollback");
  }

  /** Does something with the releases of the configured database. */
  static <T> T withReleases(Function<ReleaseHistory, T> work) {
    try (ServingDatabase database = ServingDatabase.open(true)) {
      return work.apply(new ReleaseHistory(database.settings()));
    }
  }
}
