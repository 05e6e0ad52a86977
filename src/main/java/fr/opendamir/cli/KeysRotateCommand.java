package fr.opendamir.cli;

import fr.opendamir.access.KeyRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts a new key in the place of another. */
@Command(
    name = "rotate",
    description =
        "Create a key with the owner, plan and expiry of another, which stops working after a grace"
            + " period.",
    mixinStandardHelpOptions = true)
final class KeysRotateCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "KEY", description = "Id of the old key, or how it begins.")
  String key;

  @Option(
      names = "--grace",
      converter = DurationText.class,
      description = "How long the old key goes on working, such as 12h or 7d (default: 7d).")
  Duration grace;

  /** Durations as the configuration writes them. */
  static final class DurationText implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return DurationConverter.parseDuration(text);
    }
  }

  @Override
  public Integer call() {
    Duration chosen = Optional.ofNullable(grace).orElse(KeyRegistry.DEFAULT_GRACE);
    KeysCommand.show(spec, KeysCommand.withKeys(keys -> keys.rotate(key, chosen)));
    return 0;
  }
}
