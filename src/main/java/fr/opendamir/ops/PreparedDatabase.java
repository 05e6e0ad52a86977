package fr.opendamir.ops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jboss.logging.Logger;

/**
 * A stopped embedded database with published months, the atoms of these, and the programs of its
 * server, in one archive. The build makes one of the demonstration set: a first start unpacks it,
 * which takes a second, instead of making a cluster and importing.
 *
 * <p>It has no password: what {@link ClusterAccess} leaves behind is not packed, so that a cluster
 * that comes from it is closed with a password of its own, as a new one is.
 */
public final class PreparedDatabase {
  private static final String ARCHIVE = "archive";

  /** What is packed of the database's folder; the cluster comes last, when all else is there. */
  private static final List<String> FOLDERS =
      List.of(ServerBuilder.PROGRAMS, ARCHIVE, EmbeddedDatabase.CLUSTER);

  /** Secrets, and what belongs to one run of a server. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "digest.key",
          OwnerPassword.FILE,
          ClusterAccess.FILE,
          "epg-lock",
          "postmaster.opts",
          ServerBuilder.COMPLETE);

  private static final String UNPACKING = "unpacking";
  private static final int FILE = 0644;
  private static final int PROGRAM = 0755;
  private static final int EXECUTABLE = 0100;
  private static final int BUFFER = 1 << 16;
  private static final Logger LOG = Logger.getLogger(PreparedDatabase.class);

  private final Path file;

  private PreparedDatabase(Path file) {
    this.file = file;
  }

  /** The one for this platform in a folder, if there is one. */
  public static Optional<PreparedDatabase> find(Path folder) {
    return Optional.of(folder.resolve(name())).filter(Files::exists).map(PreparedDatabase::new);
  }

  /**
   * Packs the database of a folder into the file that {@link #find} finds.
   *
   * @param target an existing folder
   * @throws IOException also where its server still runs
   */
  public static void pack(Path databaseFolder, Path target) throws IOException {
    if (Files.exists(databaseFolder.resolve(EmbeddedDatabase.CLUSTER).resolve("postmaster.pid"))) {
      throw new IOException("the server of " + databaseFolder + " still runs");
    }
    Path part = target.resolve(name() + ".part");
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(part)))) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (String folder : FOLDERS) {
        try (Stream<Path> paths = Files.walk(databaseFolder.resolve(folder))) {
          for (Path path : paths.filter(PreparedDatabase::isPacked).sorted().toList()) {
            add(tar, path, databaseFolder.relativize(path).toString().replace('\\', '/'));
          }
        }
      }
    }
    Files.move(part, target.resolve(name()), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Removes a folder that was packed. */
  public static void remove(Path databaseFolder) {
    PrivateFolder.delete(databaseFolder);
  }

  /** Files of a cluster are read by servers of its own platform only. */
  private static String name() {
    return "demonstration-%s-%s.tar.gz"
        .formatted(System.getProperty("os.name"), System.getProperty("os.arch"))
        .toLowerCase(Locale.ROOT)
        .replace(' ', '-');
  }

  private static boolean isPacked(Path path) {
    return !LEFT_OUT.contains(path.getFileName().toString());
  }

  private static void add(TarArchiveOutputStream tar, Path path, String name) throws IOException {
    if (Files.isSymbolicLink(path)) {
      TarArchiveEntry link = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
      link.setLinkName(Files.readSymbolicLink(path).toString());
      tar.putArchiveEntry(link);
    } else if (Files.isDirectory(path)) {
      tar.putArchiveEntry(new TarArchiveEntry(name + "/"));
    } else {
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(Files.size(path));
      entry.setMode(Files.isExecutable(path) ? PROGRAM : FILE);
      tar.putArchiveEntry(entry);
      var unused = Files.copy(path, tar);
    }
    tar.closeArchiveEntry();
  }

  /**
   * Makes it the database of a folder that has neither a cluster nor atoms yet, of which the caller
   * holds the lock. The cluster appears as a whole and last, whenever the process is killed. Where
   * it cannot be unpacked, a log line says why, and the database is made as without it.
   */
  void unpackInto(Path databaseFolder) {
    Path unpacking = databaseFolder.resolve(UNPACKING);
    try {
      PrivateFolder.delete(unpacking);
      if (isFree(databaseFolder.resolve(EmbeddedDatabase.CLUSTER))
          && isFree(databaseFolder.resolve(ARCHIVE))) {
        PrivateFolder.require(unpacking);
        extract(unpacking);
        for (String folder : FOLDERS) {
          Path target = databaseFolder.resolve(folder);
          if (isFree(target)) {
            Files.deleteIfExists(target);
            Files.move(unpacking.resolve(folder), target, StandardCopyOption.ATOMIC_MOVE);
          }
        }
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warnf("%s cannot be unpacked, the database is made anew: %s", file, e);
    }
    PrivateFolder.delete(unpacking);
  }

  private void extract(Path folder) throws IOException {
    for (String part : FOLDERS) { // whatever the umask, of their owner alone
      PrivateFolder.require(folder.resolve(part));
    }
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(file), BUFFER))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = folder.resolve(entry.getName());
        if (entry.isSymbolicLink()) {
          var unused = Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isDirectory()) {
          var unused = Files.createDirectories(path);
        } else {
          var unused = Files.copy(tar, path);
          if ((entry.getMode() & EXECUTABLE) != 0 && !path.toFile().setExecutable(true)) {
            throw new IOException(path + " cannot be made executable");
          }
        }
      }
    }
    ServerBuilder.declareComplete(folder.resolve(ServerBuilder.PROGRAMS));
    // As initdb does: PostgreSQL takes for granted that files it has not written are on the disk.
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(path -> !Files.isSymbolicLink(path)).toList()) {
        Durable.force(path);
      }
    }
  }

  /** Absent, or an empty folder; a link is of somebody who wants it. */
  private static boolean isFree(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }
}
