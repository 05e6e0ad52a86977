package fr.opendamir.ops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Folders and files of this user alone. Everything that is executed or trusted lies in such
 * folders: write access to them is control of the service. Where the file system knows no
 * permissions of that kind, as on Windows, nothing is checked.
 */
final class PrivateFolder {
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> WRITABLE_BY_OTHERS =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NAME_BYTES = 8;

  private PrivateFolder() {}

  /**
   * Makes the folder, or takes from others what they may read there.
   *
   * @throws UnsafeFolderException where others could write: what is there may be theirs
   */
  static void require(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      Path parent = folder.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      try {
        create(folder);
      } catch (FileAlreadyExistsException e) {
        // Another process of ours was faster, or not ours: seen below.
      }
    }
    if (!isPosix(folder)) {
      return;
    }
    Path real = folder.toRealPath();
    Set<PosixFilePermission> now = Files.getPosixFilePermissions(real, LinkOption.NOFOLLOW_LINKS);
    if (now.stream().anyMatch(WRITABLE_BY_OTHERS::contains)) {
      throw UnsafeFolderException.writable(folder, PosixFilePermissions.toString(now));
    }
    if (!isMine(real)) {
      throw UnsafeFolderException.ofAnother(
          folder, Files.getOwner(real, LinkOption.NOFOLLOW_LINKS).getName());
    }
    Files.setPosixFilePermissions(real, FOLDER);
  }

  /**
   * The same for the folder of a database. One of an earlier version has no password yet, and may
   * have been made under a umask that lets a group write: it is closed, for until now everybody
   * could get in.
   */
  static void requireOfDatabase(Path folder, Path passwordFile) throws IOException {
    if (Files.isDirectory(folder) && !Files.exists(passwordFile) && isPosix(folder)) {
      Path real = folder.toRealPath();
      if (isMine(real)) {
        Files.setPosixFilePermissions(real, FOLDER);
      }
    }
    require(folder);
  }

  /** The same for a folder within a private one, which is no link to elsewhere. */
  static Path requireWithin(Path privateFolder, String name) throws IOException {
    Path folder = privateFolder.resolve(name);
    if (Files.isSymbolicLink(folder)) {
      throw UnsafeFolderException.link(folder);
    }
    require(folder);
    return folder;
  }

  /** Creates a folder with an unguessable name. */
  static Path createNew(Path parent, String prefix) throws IOException {
    byte[] name = new byte[NAME_BYTES];
    RANDOM.nextBytes(name);
    Path folder = parent.resolve(prefix + HexFormat.of().formatHex(name));
    create(folder);
    return folder;
  }

  /** A new file that only this user may read, from its first moment. */
  static void writeNew(Path file, String text) throws IOException {
    if (isPosix(file.toAbsolutePath().getParent())) {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
      Files.setPosixFilePermissions(file, FILE);
    } else {
      Files.createFile(file);
    }
    Durable.write(file, text);
  }

  /** Refuses a secret that others may read or change. */
  static void requireSecret(Path file) throws IOException {
    if (isPosix(file)
        && !FILE.containsAll(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS))) {
      throw UnsafeFolderException.secret(file);
    }
  }

  /** Removes a folder and what is in it; what is gone already is no matter. */
  static void delete(Path folder) {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      // In use still, as libraries are on Windows: the next process removes it.
    }
  }

  private static void create(Path folder) throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    if (isPosix(parent)) {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(FOLDER));
      Files.setPosixFilePermissions(folder, FOLDER);
    } else {
      Files.createDirectory(folder);
    }
  }

  /**
   * By the owner of a file made there: names of users may be unknown, as they are in containers.
   */
  private static boolean isMine(Path folder) throws IOException {
    Path probe;
    try {
      probe = createNew(folder, ".owner-");
    } catch (AccessDeniedException e) {
      return false;
    }
    try {
      return Files.getOwner(probe).equals(Files.getOwner(folder));
    } finally {
      Files.delete(probe);
    }
  }

  private static boolean isPosix(Path path) throws IOException {
    return Files.getFileStore(path).supportsFileAttributeView("posix");
  }
}
