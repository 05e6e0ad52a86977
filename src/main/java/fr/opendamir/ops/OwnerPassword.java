package fr.opendamir.ops;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The password of the embedded database's owner, in the folder of its data so that both are copied
 * and restored together; in the format that {@code psql} and {@code pg_dump} read by {@code
 * PGPASSFILE}.
 */
final class OwnerPassword {
  static final String FILE = "opendamir.pgpass";
  private static final Pattern LINE = Pattern.compile("\\*:\\*:\\*:postgres:([0-9a-f]{64})\\R?");
  private static final int BYTES = 32;

  private OwnerPassword() {}

  /**
   * The password.
   *
   * @throws IllegalStateException when there is none, with what to do
   */
  static String read(Path data) throws IOException {
    Path file = data.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw unusable(data, "is missing");
    }
    PrivateFolder.requireSecret(file);
    return find(file).orElseThrow(() -> unusable(data, "is damaged"));
  }

  /** The password in the file, or a new one, which is not stored yet. */
  static String choose(Path data) throws IOException {
    Path file = data.resolve(FILE);
    if (Files.isRegularFile(file)) {
      PrivateFolder.requireSecret(file);
      Optional<String> known = find(file);
      if (known.isPresent()) {
        return known.get();
      }
    }
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    return HexFormat.of().formatHex(secret);
  }

  /** Keeps it; it is on the disk when this returns. */
  static void write(Path data, String password) throws IOException {
    replace(data.resolve(FILE), "*:*:*:postgres:" + password + "\n");
  }

  /** What to do about a file that does not fit the database. */
  static IllegalStateException unusable(Path data, String what) {
    return new IllegalStateException(
        "the password file of the embedded database "
            + what
            + ": "
            + data.resolve(FILE)
            + ". Put it back from a backup; or have a new password made: stop the service, remove "
            + data.resolve(FILE)
            + " and "
            + data.resolve(ClusterAccess.FILE)
            + ", and start again. No figures are lost");
  }

  /** All or nothing, whenever the process is killed. */
  static void replace(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    PrivateFolder.writeNew(fresh, text);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Optional<String> find(Path file) throws IOException {
    Matcher line = LINE.matcher(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    return line.matches() ? Optional.of(line.group(1)) : Optional.empty();
  }
}
