package fr.opendamir.ops;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The secrets of the external database, each from a setting or from a file that one names. */
public final class DatabasePassword {
  private static final int SHORTEST_SECRET = 16;

  private DatabasePassword() {}

  /**
   * The owner's password; empty where there is none.
   *
   * @throws IllegalArgumentException when there are two, or the file cannot be read
   */
  public static String of(DatabaseConfig config) {
    return read("password", config.password(), config.passwordFile()).orElse("");
  }

  /**
   * What the passwords of the serving roles are derived from: the owner's password where there is
   * no secret of its own.
   *
   * @throws IllegalArgumentException when there are two, one is too short to be a secret, or the
   *     file cannot be read
   */
  public static String servingSecretOf(DatabaseConfig config) {
    Optional<String> secret =
        read("serving-secret", config.servingSecret(), config.servingSecretFile());
    if (secret.isPresent() && secret.get().length() < SHORTEST_SECRET) {
      throw new IllegalArgumentException(
          "opendamir.database.serving-secret has fewer than " + SHORTEST_SECRET + " characters");
    }
    return secret.orElseGet(() -> of(config));
  }

  private static Optional<String> read(
      String name, Optional<String> setting, Optional<Path> fileSetting) {
    if (fileSetting.isEmpty()) {
      return setting;
    }
    String full = "opendamir.database." + name;
    if (setting.isPresent()) {
      throw new IllegalArgumentException(
          full + " and " + full + "-file are both set; one is enough");
    }
    Path file = fileSetting.get();
    try {
      return Optional.of(
          Files.readString(file, StandardCharsets.UTF_8).lines().findFirst().orElse(""));
    } catch (IOException e) {
      throw new IllegalArgumentException(full + "-file cannot be read: " + file, e);
    }
  }
}
