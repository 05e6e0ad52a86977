package fr.opendamir.columns;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;

/** Kinds of failures of engines. The driver of DuckDB distinguishes them by their messages only. */
final class ColumnFailure {
  /** The driver says "Invalid result set" where a statement failed or was stopped between rows. */
  private static final List<String> RESOURCES =
      List.of(
          "Out of Memory Error",
          "INTERRUPT Error",
          "Invalid result set",
          "failed to offload",
          "No space left");

  private static final List<String> FILES =
      List.of(
          "IO Error",
          "Invalid Input Error",
          "Serialization Error",
          "TProtocolException",
          "Permission Error",
          "Parquet");

  /** The class of SQLSTATE. */
  private static final String CONNECTION = "08";

  private ColumnFailure() {}

  /** Whether time, memory or disk ran out. */
  static boolean isOfResources(String message) {
    return RESOURCES.stream().anyMatch(message::contains);
  }

  /** Whether a file is missing or cannot be read. */
  static boolean isOfFile(String message) {
    return FILES.stream().anyMatch(message::contains);
  }

  /**
   * Whether an engine beside the service cannot be reached, or no longer: by its SQLSTATE, or by a
   * cause, for drivers that connect only when a statement is executed.
   */
  static boolean isOfConnection(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException
          || cause instanceof UnknownHostException
          || cause instanceof NoRouteToHostException
          || (cause instanceof SQLException refused
              && refused.getSQLState() != null
              && refused.getSQLState().startsWith(CONNECTION))) {
        return true;
      }
    }
    return false;
  }
}
