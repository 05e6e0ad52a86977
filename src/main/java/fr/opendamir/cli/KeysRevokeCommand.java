package fr.opendamir.cli;

import fr.opendamir.access.KeyRecord;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a key stop working. */
@Command(
    name = "revoke",
    description = "Make a key stop working, within a second and for good.",
    mixinStandardHelpOptions = true)
final class KeysRevokeCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "KEY",
      description = "Its id, how it begins, or all of it where it leaked.")
  String key;

  @Override
  public Integer call() {
    KeyRecord revoked = KeysCommand.withKeys(keys -> keys.revoke(key));
    spec.commandLine()
        .getOut()
        .printf(
            "Key %d (%s…) of %s is revoked.%n", revoked.id(), revoked.prefix(), revoked.owner());
    spec.commandLine().getOut().flush();
    return 0;
  }
}
