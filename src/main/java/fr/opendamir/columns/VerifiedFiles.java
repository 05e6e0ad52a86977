package fr.opendamir.columns;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;

/**
 * Checks files before they are served. A checksum is computed again when the file has changed since
 * the last time, and from time to time, because a disk can damage a file without a write.
 */
final class VerifiedFiles {
  private static final Duration TRUSTED = Duration.ofHours(1);
  private static final long MOST_BYTES = 4_000_000;

  /** Estimated heap use of an entry, in bytes. */
  private static final int BYTES = 600;

  private record Seen(long size, FileTime modified, Object id) {}

  private record Verified(Seen seen, String sha256) {}

  private final Cache<Path, Verified> verified =
      Caffeine.newBuilder()
          .maximumWeight(MOST_BYTES)
          .weigher((Path file, Verified found) -> BYTES)
          .expireAfterWrite(TRUSTED)
          .executor(Runnable::run)
          .build();

  /** Whether a file is there with this content; may read all of it. */
  boolean isIntact(Path file, String sha256) {
    try {
      Seen seen = seen(file);
      Verified known = verified.getIfPresent(file);
      if (known == null || !known.seen().equals(seen)) {
        known = new Verified(seen, FileChecksum.of(file));
        verified.put(file, known);
      }
      return known.sha256().equals(sha256);
    } catch (IOException e) {
      return false;
    }
  }

  private static Seen seen(Path file) throws IOException {
    BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
    return new Seen(found.size(), found.lastModifiedTime(), found.fileKey());
  }
}
