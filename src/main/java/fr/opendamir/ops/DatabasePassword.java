package fr.opendamir.ops;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The password of the external database, from a setting or from a file that a setting names. */
public final class DatabasePassword {
  private DatabasePassword() {}

  /**
   * The password; empty where there is none.
   *
   * @throws IllegalArgumentException when there are two, or the file cannot be read
   */
  public static String of(DatabaseConfig config) {
    if (config.passwordFile().isEmpty()) {
      return config.password().orElse("");
    }
    if (config.password().isPresent()) {
      throw new IllegalArgumentException(
          "opendamir.database.password and opendamir.database.password-file are both set; one is"
              + " enough");
    }
    Path file = config.passwordFile().get();
    try {
      return Files.readString(file, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "opendamir.database.password-file cannot be read: " + file, e);
    }
  }
}
