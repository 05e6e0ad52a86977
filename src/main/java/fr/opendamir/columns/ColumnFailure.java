package fr.opendamir.columns;

import java.util.List;

/** Kinds of failures of DuckDB. Its driver distinguishes them by their messages only. */
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

  private ColumnFailure() {}

  /** Whether time, memory or disk ran out. */
  static boolean isOfResources(String message) {
    return RESOURCES.stream().anyMatch(message::contains);
  }

  /** Whether a file is missing or cannot be read. */
  static boolean isOfFile(String message) {
    return FILES.stream().anyMatch(message::contains);
  }
}
