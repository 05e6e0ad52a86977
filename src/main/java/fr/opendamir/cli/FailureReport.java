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
    if (isDiskFull(failure) && !message.contains("full")) {
      message += ": no space is left on that disk; make room there";
    }
    commandLine.getErr().println(commandLine.getColorScheme().errorText(message));
    LOG.debug("command failed", failure);
    return 1;
  }

  private static boolean isDiskFull(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null && cause.getMessage().contains("No space left on device")) {
        return true;
      }
    }
    return false;
  }
}
