package fr.opendamir.columns;

import fr.opendamir.query.Segment;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Segments in a folder, named by their checksum. A file is complete as soon as it has its name, so
 * that several services can share the folder.
 */
final class SegmentFolder {
  private static final String COMPLETE = ".parquet";
  private static final String PARTIAL = ".part";
  private static final String SPILLED = "spill-";

  /** Files of this age are not being fetched by another service that shares the folder. */
  private static final Duration SETTLED = Duration.ofMinutes(10);

  /** No scan or stream takes so long: what was spilled is of a service that was killed. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final Path folder;
  private final Path spilled;
  private final Clock clock;

  /** Uses a folder, which is created if it does not exist. */
  SegmentFolder(Path folder, Clock clock) {
    this.clock = clock;
    this.folder = folder.toAbsolutePath().normalize();
    this.spilled = this.folder.resolve(SPILLED + UUID.randomUUID());
    try {
      Files.createDirectories(this.folder);
    } catch (IOException e) {
      throw new UncheckedIOException("the folder of segments cannot be created: " + folder, e);
    }
  }

  Path path() {
    return folder;
  }

  /** Where the engine of this process spills to; no two processes may share it. */
  Path spilled() {
    return spilled;
  }

  Path path(Segment segment) {
    return folder.resolve(segment.sha256() + COMPLETE);
  }

  /** Whether a file of the right size is there. */
  boolean has(Segment segment) {
    try {
      return Files.size(path(segment)) == segment.bytes();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Whether a file with the right content is there; reads all of it.
   *
   * @throws UncheckedIOException if the file may not be read, which says nothing about its content
   */
  boolean isIntact(Segment segment) {
    try (DigestInputStream in =
        new DigestInputStream(Files.newInputStream(path(segment)), sha256())) {
      in.transferTo(OutputStream.nullOutputStream());
      return hex(in.getMessageDigest()).equals(segment.sha256());
    } catch (AccessDeniedException e) {
      throw new UncheckedIOException("a segment may not be read", e);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Writes a segment.
   *
   * @param parts returns the parts, by position
   * @throws IOException if the parts have another checksum, or cannot be written
   */
  void write(Segment segment, IntFunction<byte[]> parts) throws IOException {
    Path partial = Files.createTempFile(folder, segment.sha256() + "-", PARTIAL);
    try {
      MessageDigest digest = sha256();
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
      Files.move(partial, path(segment), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /** Removes what killed services left behind, and settled files that belong to no segment. */
  void removeAllBut(Set<Segment> segments) {
    Set<Path> named = segments.stream().map(this::path).collect(Collectors.toSet());
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
    return name.endsWith(COMPLETE) || name.endsWith(PARTIAL);
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

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
