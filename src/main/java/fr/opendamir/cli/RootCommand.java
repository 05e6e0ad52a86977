package fr.opendamir.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** Without a command name the service starts. */
@Command(
    name = "open-damir-api",
    description = "Anonymised aggregates of France's health-insurance spending, as an HTTP API.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      ServeCommand.class,
      MigrateCommand.class,
      FetchCommand.class,
      ImportCommand.class,
      ReprotectCommand.class,
      GenerateCommand.class,
      RollupsCommand.class,
      ReleasesCommand.class,
      ReferencesCommand.class,
      KeysCommand.class,
      UsageCommand.class,
      PrepareDemoCommand.class,
      AutoComplete.GenerateCompletion.class
    })
final class RootCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return new ServeCommand().call();
  }
}
