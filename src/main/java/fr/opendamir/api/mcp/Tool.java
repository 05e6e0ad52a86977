package fr.opendamir.api.mcp;

import io.smallrye.mutiny.Uni;

/** A tool that agents call. What it declares is under its name in {@code tools.json}. */
interface Tool {
  String name();

  /**
   * Calls the tool.
   *
   * @return the JSON object of its structured content. Fails as a question does, or with {@code
   *     QuotaExceededException} if the price is not granted
   */
  Uni<byte[]> call(ToolCall call);
}
