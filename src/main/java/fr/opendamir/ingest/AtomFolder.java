package fr.opendamir.ingest;

import fr.opendamir.ingest.aggregate.ArchivedFiles;
import fr.opendamir.ingest.port.PublishedImport;
import fr.opendamir.ingest.port.SourceDigest;
import fr.opendamir.ingest.port.StagedImport;
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
 * The importer's own archive: two files per month, with the atoms of the newest published file and
 * with the contents of the published blocks, to which a revision is compared. It is outside the
 * database and readable only by the importing user.
 *
 * <p>File names have the id of the import: one that is not published, because another month of it
 * was refused, must not replace the blocks of the published one.
 */
final class AtomFolder {
  /**
   * Prefix of file names. Its number increases with every change of dimensions or measures: atoms
   * of another shape cannot be subtracted, and a month without atoms is replaced.
   */
  private static final String PREFIX = "atoms-2-";

  private static final String BLOCKS = "blocks-2-";

  private static final String SUFFIX = ".parquet";

  private final Path folder;

  AtomFolder(Path folder) {
    this.folder = folder;
  }

  /** Returns the files of a published import; empty if they are not archived. */
  Optional<ArchivedFiles> find(PublishedImport published) {
    return existing(files(published));
  }

  /** Returns the files of a loaded import; empty if they are not archived. */
  Optional<ArchivedFiles> find(StagedImport staged) {
    return existing(files(staged));
  }

  private static Optional<ArchivedFiles> existing(ArchivedFiles archived) {
    return Optional.of(archived)
        .filter(files -> Files.isRegularFile(files.atoms()) && Files.isRegularFile(files.blocks()));
  }

  /**
   * Archives the files of an import. {@link #removeAllBut} deletes them if it is neither published
   * nor staged.
   */
  void keep(ArchivedFiles written, long importId, YearMonth month, SourceDigest digest) {
    ArchivedFiles files = files(importId, month, digest);
    keep(written.atoms(), files.atoms());
    keep(written.blocks(), files.blocks());
  }

  private void keep(Path written, Path target) {
    // A file with the final name is always complete.
    Path copy = folder.resolve(PREFIX + "copy" + SUFFIX);
    try {
      Files.createDirectories(folder);
      restrict(folder, "rwx------");
      Files.move(written, copy, StandardCopyOption.REPLACE_EXISTING);
      restrict(copy, "rw-------");
      Files.move(copy, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw unusable(deleted(copy, e));
    }
  }

  /** Removes files that belong to no published and no staged month. */
  void removeAllBut(List<PublishedImport> published, List<StagedImport> staged) {
    List<Path> current =
        Stream.concat(published.stream().map(this::files), staged.stream().map(this::files))
            .flatMap(files -> Stream.of(files.atoms(), files.blocks()))
            .toList();
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

  private ArchivedFiles files(PublishedImport month) {
    return files(month.id(), month.month(), month.digest());
  }

  private ArchivedFiles files(StagedImport month) {
    return files(month.id(), month.month(), month.digest());
  }

  private ArchivedFiles files(long importId, YearMonth month, SourceDigest digest) {
    String name = month + "-" + digest.hex() + "-" + importId + SUFFIX;
    return new ArchivedFiles(folder.resolve(PREFIX + name), folder.resolve(BLOCKS + name));
  }

  private static boolean isOurs(Path file) {
    String name = file.getFileName().toString();
    return (name.startsWith("atoms-") || name.startsWith("blocks-")) && name.endsWith(SUFFIX);
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
