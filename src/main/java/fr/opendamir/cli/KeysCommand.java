package fr.opendamir.cli;

import fr.opendamir.access.IssuedKey;
import fr.opendamir.access.KeyRegistry;
import fr.opendamir.ops.CommandConfig;
import fr.opendamir.store.access.JdbcKeyStore;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Gives keys out and takes them back. */
@Command(
    name = "keys",
    description = {
      "Create, list, revoke and rotate the keys of callers. May run beside the service, which knows"
          + " of every change within a second."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:refused, such as an unknown key or one that was revoked before; or the database is away",
      "2:wrong usage"
    },
    mixinStandardHelpOptions = true,
    subcommands = {
      KeysCreateCommand.class,
      KeysListCommand.class,
      KeysRevokeCommand.class,
      KeysRotateCommand.class
    })
final class KeysCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: create, list, revoke or rotate");
  }

  /** Does something with the keys of the configured database. */
  static <T> T withKeys(Function<KeyRegistry, Uni<T>> work) {
    try (ServingDatabase database = ServingDatabase.open(true)) {
      return work.apply(registry(database)).await().indefinitely();
    }
  }

  /** The keys of a database, and the plans of the configuration. */
  static KeyRegistry registry(ServingDatabase database) {
    return new KeyRegistry(
        new JdbcKeyStore(database.settings()), CommandConfig.names("opendamir.access.plans."));
  }

  /** The secret alone goes to the output, so that it can be piped to where it belongs. */
  static void show(CommandSpec spec, IssuedKey issued) {
    spec.commandLine()
        .getErr()
        .printf(
            "Key %d for %s, plan %s. It is shown this once:%n",
            issued.record().id(), issued.record().owner(), issued.record().plan());
    spec.commandLine().getErr().flush();
    spec.commandLine().getOut().println(issued.text().reveal());
    spec.commandLine().getOut().flush();
  }
}
