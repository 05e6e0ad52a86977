package fr.opendamir.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;

/** Entry point of all commands. */
@QuarkusMain
public final class Main {
  /**
   * Libraries that report every step before the service has configured logging; held, or forgotten.
   */
  private static final List<Logger> CHATTY =
      List.of(Logger.getLogger("io.zonky"), Logger.getLogger("org.flywaydb"));

  private Main() {}

  public static void main(String... args) {
    CHATTY.forEach(logger -> logger.setLevel(Level.WARNING));
    System.exit(run(args));
  }

  /** Runs a command and returns its exit code: 0 done, 1 failed or refused, 2 wrong usage. */
  static int run(String... args) {
    return new CommandLine(new RootCommand())
        .setExecutionExceptionHandler(new FailureReport())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(args);
  }
}
