package fr.opendamir.api.http;

import java.util.Locale;

/** Entry points of the service; requests are counted separately for each. */
enum Door {
  REST("/v1"),
  GRAPHQL("/graphql"),
  MCP("/mcp"),
  OPENAPI("/openapi"),
  /** Pages, their files, and addresses that do not exist. Keys have no effect here. */
  OTHER("");

  private static final Door[] WITH_PATH = {REST, GRAPHQL, MCP, OPENAPI};

  private final String path;
  private final String label = name().toLowerCase(Locale.ROOT);

  Door(String path) {
    this.path = path;
  }

  /** The entry point of a normalized path. */
  static Door of(String path) {
    for (Door door : WITH_PATH) {
      if (path.startsWith(door.path)
          && (path.length() == door.path.length() || isEnd(path.charAt(door.path.length())))) {
        return door;
      }
    }
    return OTHER;
  }

  /** The name used in metrics and usage records. */
  String label() {
    return label;
  }

  /** Accepts a dot, because {@code /openapi.json} is the contract too. */
  private static boolean isEnd(char next) {
    return next == '/' || next == '.' || next == ';';
  }
}
