package fr.opendamir.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a run is told by system properties; {@code load-tests/README.md} lists them. */
final class Settings {
  private Settings() {}

  /** The service, without a slash at the end. */
  static String baseUrl() {
    return text("baseUrl", "http://127.0.0.1:8080").replaceFirst("/+$", "");
  }

  /** API keys, one a line; none where there is no such file: callers are then not told apart. */
  static List<String> keys() {
    String file = text("keys", "");
    if (file.isEmpty()) {
      return List.of();
    }
    try {
      return Files.readAllLines(Path.of(file)).stream().filter(line -> !line.isBlank()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the keys cannot be read", e);
    }
  }

  static String text(String name, String otherwise) {
    String value = System.getProperty(name);
    return value == null || value.isBlank() ? otherwise : value;
  }

  static int number(String name, int otherwise) {
    return Integer.parseInt(text(name, String.valueOf(otherwise)));
  }
}
