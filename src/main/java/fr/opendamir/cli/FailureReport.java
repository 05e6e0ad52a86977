package fr.opendamir.cli;

import org.jboss.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says in one line why a command failed; the stack trace goes to the debug log only. */
final class FailureReport implements IExecutionExceptionHandler {
  private static final Logger LOG = Logger.getLogger(FailureReport.class);

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult arguments) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    commandLine.getErr().println(commandLine.getColorScheme().errorText(message));
    LOG.debug("command failed", failure);
    return 1;
  }
}
