package fr.opendamir.ingest;

import fr.opendamir.ingest.port.PublishedImport;
import fr.opendamir.ingest.port.SourceDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The importer's own archive: one file per month with the atoms of the newest published file, to
 * which a revision is compared. It is outside the database and readable only by the importing user.
 */
final class AtomFolder {
  /**
   * Prefix of file names. Its number increases with every change of dimensions or measures: atoms
   * of another shape cannot be subtracted, and a month without atoms is replaced.
   */
  private static final String PREFIX = "atoms-1-";

  private static final String SUFFIX = ".parquet";

  private final Path folder;

  AtomFolder(Path folder) {
    this.folder = folder;
  }

  /** Returns the atoms of the file of that month and digest; empty if they are not archived. */
  Optional<Path> find(YearMonth month, SourceDigest digest) {
    return Optional.of(path(month, digest)).filter(Files::isRegularFile);
  }

  /** Archives a file of atoms. {@link #removeAllBut} deletes it unless its month is published. */
  void keep(Path atoms, YearMonth month, SourceDigest digest) {
    // A file with the final name is always complete.
    Path copy = folder.resolve(PREFIX + "copy" + SUFFIX);
    try {
      Files.createDirectories(folder);
      restrict(folder, "rwx------");
      Files.move(atoms, copy, StandardCopyOption.REPLACE_EXISTING);
      restrict(copy, "rw-------");
      Files.move(copy, path(month, digest), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw unusable(deleted(copy, e));
    }
  }

  /** Removes files that belong to no published month. */
  void removeAllBut(List<PublishedImport> published) {
    List<Path> current =
        published.stream().map(month -> path(month.month(), month.digest())).toList();
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> isOurs(f) && !current.contains(f)).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private Path path(YearMonth month, SourceDigest digest) {
    return folder.resolve(PREFIX + month + "-" + digest.hex() + SUFFIX);
  }

  private static boolean isOurs(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith("atoms-") && name.endsWith(SUFFIX);
  }

  /** Restricts access. File systems without POSIX permissions rely on the user's profile. */
  static void restrict(Path path, String permissions) throws IOException {
    if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
      var unused =
          Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
  }

  /** Deletes an incomplete copy, which would only use space on a full disk. */
  static IOException deleted(Path copy, IOException cause) {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    return cause;
  }

  private UncheckedIOException unusable(IOException e) {
    return new UncheckedIOException("the archive folder " + folder + " is not usable", e);
  }
}
