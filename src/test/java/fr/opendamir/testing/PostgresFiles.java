package fr.opendamir.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/**
 * The programs of the embedded database, which take seconds to unpack: those that the tests of this
 * machine have unpacked before, put into the folder of a database. Nothing writes to them, so that
 * links do, where both are on one disk; a thousand copies take a second.
 */
public final class PostgresFiles {
  /** Where the library unpacks for {@link TestDatabase}. */
  private static final Path UNPACKED = Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg");

  /**
   * By which the library knows programs that are complete, if it is no older than their folders.
   */
  private static final String COMPLETE = ".exists";

  private PostgresFiles() {}

  /** Puts them there; where none are unpacked yet, the database unpacks its own. */
  public static void putInto(Path databaseFolder) {
    try {
      Files.createDirectories(databaseFolder.getParent());
      Path programs = closed(closed(databaseFolder).resolve("programs")).resolve("postgresql");
      if (Files.isDirectory(UNPACKED) && !Files.exists(programs)) {
        try (Stream<Path> found = Files.list(UNPACKED)) {
          for (Path one : found.filter(path -> Files.exists(path.resolve(COMPLETE))).toList()) {
            put(one, programs.resolve(one.getFileName()));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path closed(Path folder) throws IOException {
    return Files.exists(folder)
        ? folder
        : Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private static void put(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    boolean isOneDisk = Files.getFileStore(from).equals(Files.getFileStore(to));
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.filter(path -> !path.endsWith(COMPLETE)).skip(1).toList()) {
        Path target = to.resolve(from.relativize(path));
        if (isOneDisk && !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          Files.createLink(target, path);
        } else {
          Files.copy(path, target, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    Files.createFile(to.resolve(COMPLETE));
  }
}
