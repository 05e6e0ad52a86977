package fr.opendamir.cli;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a key. */
@Command(
    name = "create",
    description = "Create a key and show it, once; the database keeps its hash only.",
    mixinStandardHelpOptions = true)
final class KeysCreateCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(names = "--owner", required = true, description = "Whom it is for, in your words.")
  String owner;

  @Option(
      names = "--plan",
      defaultValue = "registered",
      description =
          "Plan whose limits it has, such as registered or partner (default: registered).")
  String plan;

  @Option(
      names = "--expires",
      paramLabel = "YYYY-MM-DD",
      description = "Day from which on it no longer works, at midnight UTC (default: never).")
  LocalDate expires;

  @Override
  public Integer call() {
    KeysCommand.show(
        spec,
        KeysCommand.withKeys(
            keys ->
                keys.create(
                    owner,
                    plan,
                    Optional.ofNullable(expires)
                        .map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant()))));
    return 0;
  }
}
