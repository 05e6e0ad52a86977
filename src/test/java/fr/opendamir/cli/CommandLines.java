package fr.opendamir.cli;

import picocli.CommandLine;

/** Whether command lines that are written elsewhere are understood. */
public final class CommandLines {
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
}
