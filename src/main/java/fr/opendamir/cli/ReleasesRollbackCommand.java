package fr.opendamir.cli;

import fr.opendamir.store.ReleaseHistory;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Goes back to an earlier release. */
@Command(
    name = "rollback",
    description = {
      "Make an earlier release the newest again. Releases after it are withdrawn, with the blocks"
          + " that only they hold: to have them back, import their files again.",
      "A month that was revised since then is replaced, not revised, by its next import: the"
          + " archive keeps the newest file only."
    },
    mixinStandardHelpOptions = true)
final class ReleasesRollbackCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "RELEASE", description = "Its id, such as 2026-11-24.1.")
  String release;

  @Option(names = "--dry-run", description = "Say what would be withdrawn, and change nothing.")
  boolean dryRun;

  @Override
  public Integer call() {
    List<String> withdrawn =
        ReleasesCommand.withReleases((ReleaseHistory releases) -> withdraw(releases));
    PrintWriter out = spec.commandLine().getOut();
    if (withdrawn.isEmpty()) {
      out.printf("Release %s is the newest already; nothing changes.%n", release);
    } else {
      out.printf(
          "%s: %s. Release %s %s the newest.%n",
          dryRun ? "Would be withdrawn" : "Withdrawn",
          String.join(", ", withdrawn),
          release,
          dryRun ? "would be" : "is");
    }
    out.flush();
    return 0;
  }

  private List<String> withdraw(ReleaseHistory releases) {
    return dryRun ? releases.newerThan(release) : releases.rollBack(release);
  }
}
