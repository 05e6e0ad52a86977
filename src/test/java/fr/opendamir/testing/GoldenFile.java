package fr.opendamir.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Expected texts in files under {@code src/test/resources}. With {@code -Dgolden.update=true} tests
 * write what is rendered instead of comparing it; the change is then reviewed as a diff.
 */
public final class GoldenFile {
  private static final Path RESOURCES = Path.of("src", "test", "resources", "fr", "opendamir");

  private GoldenFile() {}

  /**
   * Compares a text with a file.
   *
   * @param name path below {@code fr/opendamir}
   */
  public static void compare(String name, String actual) {
    Path file = RESOURCES.resolve(name);
    try {
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, actual);
      }
      assertThat(actual)
          .as("%s; -Dgolden.update=true rewrites it", file)
          .isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
