package fr.opendamir.api.http;

import java.util.Locale;

/** The ways in, of which requests are counted apart. */
enum Door {
  REST("/v1"),
  GRAPHQL("/graphql"),
  OPENAPI("/openapi"),
  /** Pages, their files, and addresses that do not exist. No key opens anything there. */
  OTHER("");

  private static final Door[] WITH_PATH = {REST, GRAPHQL, OPENAPI};

  private final String path;

  Door(String path) {
    this.path = path;
  }

  /** The door of a normalized path. */
  static Door of(String path) {
    for (Door door : WITH_PATH) {
      if (path.startsWith(door.path)
          && (path.length() == door.path.length() || isEnd(path.charAt(door.path.length())))) {
        return door;
      }
    }
    return OTHER;
  }

  /** As metrics and usage name it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@code /openapi.json} is the contract too. */
  private static boolean isEnd(char next) {
    return next == '/' || next == '.' || next == ';';
  }
}
