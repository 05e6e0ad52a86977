package fr.opendamir.api.http;

import java.util.Locale;
import java.util.Optional;

/** The ways in, of which requests are counted apart. */
enum Door {
  REST("/v1"),
  GRAPHQL("/graphql"),
  OPENAPI("/openapi");

  private static final Door[] ALL = values();

  private final String path;

  Door(String path) {
    this.path = path;
  }

  /** The door of a normalized path; empty for pages that cost nothing. */
  static Optional<Door> of(String path) {
    for (Door door : ALL) {
      if (path.startsWith(door.path)
          && (path.length() == door.path.length() || isEnd(path.charAt(door.path.length())))) {
        return Optional.of(door);
      }
    }
    return Optional.empty();
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
