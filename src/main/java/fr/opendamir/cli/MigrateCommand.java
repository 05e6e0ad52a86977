package fr.opendamir.cli;

import fr.opendamir.ops.DisclosureConfig;
import fr.opendamir.ops.PolicyCheck;
import fr.opendamir.store.DatabaseSettings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Brings the database to this version, for where the service itself is not trusted to. */
@Command(
    name = "migrate",
    description = {
      "Bring the database to the version of this program, with its roles and their passwords, and"
          + " end. Changes nothing where all is in place.",
      "Months that an earlier version published get their segments, which takes some seconds each.",
      "The other commands do the same first, unless opendamir.database.migrate=false."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:the database is at this version",
      "1:it cannot be reached, the owner lacks a right, or a segment cannot be made",
      "2:wrong usage"
    },
    mixinStandardHelpOptions = true)
final class MigrateCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    try (ServingDatabase database = ServingDatabase.migrate()) {
      DatabaseSettings settings = database.settings();
      PrintWriter out = spec.commandLine().getOut();
      out.println(settings.url() + " is at the version of this program.");
      PolicyCheck.problem(settings, DisclosureConfig.policy())
          .ifPresent(problem -> out.println("The service will not start: " + problem));
      out.flush();
    }
    return 0;
  }
}
