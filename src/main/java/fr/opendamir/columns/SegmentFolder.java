package fr.opendamir.columns;

import fr.opendamir.query.Segment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Segments in a folder that only this user can access, named by their checksum. A file gets its
 * name when it is complete, so that several services can share the folder. A mark beside it records
 * its size and modification time when its checksum was right: while both are the same, it has not
 * been written to since.
 */
final class SegmentFolder {
  private static final Logger LOG = Logger.getLogger(SegmentFolder.class);
  private static final String COMPLETE = ".parquet";
  private static final String PARTIAL = ".part";
  private static final String MARK = ".checked";
  private static final String SPILLED = "spill-";

  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

  /** Files of this age are not being written by another service that shares the folder. */
  private static final Duration SETTLED = Duration.ofMinutes(10);

  /** No scan or stream takes this long: older spilled files are of a service that was killed. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final Path folder;
  private final Path spilled;
  private final Clock clock;

  /** Uses a folder, which is created if it does not exist; removes the access of other users. */
  SegmentFolder(Path folder, Clock clock) {
    this.clock = clock;
    this.folder = folder.toAbsolutePath().normalize();
    this.spilled = this.folder.resolve(SPILLED + UUID.randomUUID());
    try {
      Files.createDirectories(this.folder);
      restrict(this.folder, FOLDER);
    } catch (IOException e) {
      throw new UncheckedIOException("the folder of segments cannot be created: " + folder, e);
    }
  }

  /** Sets permissions, if the file system has any; it has none on Windows. */
  private static void restrict(Path path, Set<PosixFilePermission> permissions) throws IOException {
    if (!Files.getFileStore(path).supportsFileAttributeView("posix")
        || permissions.containsAll(Files.getPosixFilePermissions(path))) {
      return;
    }
    try {
      Files.setPosixFilePermissions(path, permissions);
    } catch (FileSystemException e) {
      LOG.infof("%s belongs to another user, so others may read it", path); // a mounted volume
    }
  }

  Path path() {
    return folder;
  }

  /** The folder that the engine of this process spills to; no two processes may share it. */
  Path spilled() {
    return spilled;
  }

  Path path(Segment segment) {
    return folder.resolve(segment.sha256() + COMPLETE);
  }

  private Path mark(Segment segment) {
    return folder.resolve(segment.sha256() + MARK);
  }

  /** Whether a file exists and was not written to since its checksum was right. */
  boolean isMarked(Segment segment) {
    try {
      BasicFileAttributes found = attributes(path(segment));
      return found.size() == segment.bytes()
          && Files.readString(mark(segment)).equals(stamp(found));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Whether a file with the right content exists; reads all of it, and marks it.
   *
   * @throws UncheckedIOException if the file may not be read, which says nothing about its content
   */
  boolean isIntact(Segment segment) {
    try {
      BasicFileAttributes found = attributes(path(segment));
      if (found.size() != segment.bytes()
          || !FileChecksum.of(path(segment)).equals(segment.sha256())) {
        return false;
      }
      restrict(path(segment), FILE);
      mark(segment, found);
      return true;
    } catch (AccessDeniedException e) {
      throw new UncheckedIOException("a segment may not be read", e);
    } catch (IOException e) {
      return false;
    }
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class);
  }

  /** Size, and time in nanoseconds: a start compares some thousand, so no date is written out. */
  private static String stamp(BasicFileAttributes file) {
    return file.size() + " " + file.lastModifiedTime().to(TimeUnit.NANOSECONDS);
  }

  /** Failures are ignored: without a complete mark, the file is checked again. */
  private void mark(Segment segment, BasicFileAttributes file) {
    try {
      Files.writeString(mark(segment), stamp(file));
    } catch (IOException e) {
      LOG.warnf("segment %s cannot be marked as checked: %s", segment.sha256(), e.getMessage());
    }
  }

  /** Forgets that a file was intact. */
  void unmark(Segment segment) throws IOException {
    Files.deleteIfExists(mark(segment));
  }

  /**
   * Writes a segment, and marks it.
   *
   * @param parts returns the parts, by position
   * @throws IOException if the parts have another checksum, or cannot be written
   */
  void write(Segment segment, IntFunction<byte[]> parts) throws IOException {
    Path partial = Files.createTempFile(folder, segment.sha256() + "-", PARTIAL);
    try {
      MessageDigest digest = FileChecksum.sha256();
      try (FileChannel file = FileChannel.open(partial, StandardOpenOption.WRITE)) {
        for (int i = 0; i < segment.parts(); i++) {
          byte[] part = parts.apply(i);
          digest.update(part);
          ByteBuffer left = ByteBuffer.wrap(part);
          while (left.hasRemaining()) {
            file.write(left);
          }
        }
        file.force(true);
      }
      if (!hex(digest).equals(segment.sha256())) {
        throw new IOException("its bytes in the database have another checksum");
      }
      BasicFileAttributes written = attributes(partial);
      Files.move(partial, path(segment), StandardCopyOption.ATOMIC_MOVE);
      mark(segment, written);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /** Removes the files of killed services, and settled files of other segments. */
  void removeAllBut(Set<Segment> segments) {
    Set<Path> named =
        segments.stream()
            .flatMap(segment -> Stream.of(path(segment), mark(segment)))
            .collect(Collectors.toSet());
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (isOfSegments(file) && !named.contains(file) && isUntouchedFor(SETTLED, file)) {
          delete(file);
        } else if (file.getFileName().toString().startsWith(SPILLED)
            && !file.equals(spilled)
            && isUntouchedFor(ABANDONED, file)) {
          removeSpilled(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the folder of segments cannot be read: " + folder, e);
    }
  }

  private static boolean isOfSegments(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(COMPLETE) || name.endsWith(PARTIAL) || name.endsWith(MARK);
  }

  private static void removeSpilled(Path abandoned) throws IOException {
    try (Stream<Path> files = Files.list(abandoned)) {
      files.toList().forEach(SegmentFolder::delete);
    }
    delete(abandoned);
  }

  private boolean isUntouchedFor(Duration age, Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(clock.instant().minus(age));
    } catch (IOException e) {
      return false; // another service has removed it
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("a segment cannot be removed: " + file, e);
    }
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
