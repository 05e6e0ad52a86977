package fr.opendamir.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Runs command lines in this process, or reads those that are written elsewhere. */
public final class CommandLines {
  /** What a command did. */
  record Outcome(int exitCode, String output, String errors) {}

  private CommandLines() {}

  /**
   * Reads a command line and runs nothing.
   *
   * @throws CommandLine.ParameterException saying what is wrong with it
   */
  public static void parse(String... arguments) {
    var unused =
        new CommandLine(new RootCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .parseArgs(arguments);
  }

  /** Runs a command to its end. */
  static Outcome run(String... arguments) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    int exitCode =
        new CommandLine(new RootCommand())
            .setExecutionExceptionHandler(new FailureReport())
            .setOut(new PrintWriter(output))
            .setErr(new PrintWriter(errors))
            .execute(arguments);
    return new Outcome(exitCode, output.toString(), errors.toString());
  }
}
