package fr.opendamir.ops;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
  /** What is packed of the database's folder; the cluster comes last, when all else is there. */
  private static final List<String> FOLDERS =
      List.of(ServerBuilder.PROGRAMS, "archive", EmbeddedDatabase.CLUSTER);

  /** Secrets, and what belongs to one run of a server. */
  private static final Set<String> LEFT_OUT =
      Set.of(
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
   * Packs the database of a folder, which no server runs, into the file that {@link #find} finds,
   * and removes the folder.
   *
   * @param target an existing folder
   */
  public static void move(Path databaseFolder, Path target) throws IOException {
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(
            new GZIPOutputStream(Files.newOutputStream(target.resolve(name()))))) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (String folder : FOLDERS) {
        try (Stream<Path> paths = Files.walk(databaseFolder.resolve(folder))) {
          for (Path path : paths.filter(PreparedDatabase::isPacked).sorted().toList()) {
            add(tar, path, databaseFolder.relativize(path).toString().replace('\\', '/'));
          }
        }
      }
    }
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
   * Makes it the database of a folder that has none yet, of which the caller holds the lock. All or
   * nothing, whenever the process is killed. Where it cannot be unpacked, the folder is as before,
   * and a log line says why.
   */
  void unpackInto(Path databaseFolder) {
    Path cluster = databaseFolder.resolve(EmbeddedDatabase.CLUSTER);
    Path unpacking = databaseFolder.resolve(UNPACKING);
    try {
      PrivateFolder.delete(unpacking);
      if (Files.exists(cluster) && !isEmpty(cluster)) {
        return;
      }
      extract(PrivateFolder.requireWithin(databaseFolder, UNPACKING));
      for (String folder : FOLDERS) {
        Path unpacked = PrivateFolder.requireWithin(unpacking, folder);
        Path target = databaseFolder.resolve(folder);
        if (!Files.exists(target) || isEmpty(target)) {
          Files.deleteIfExists(target);
          Files.move(unpacked, target, StandardCopyOption.ATOMIC_MOVE);
        }
      }
    } catch (IOException e) {
      LOG.warnf("%s cannot be unpacked, the database is made anew: %s", file, e);
    }
    PrivateFolder.delete(unpacking);
  }

  private void extract(Path folder) throws IOException {
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
    try (Stream<Path> paths = Files.walk(folder.resolve(EmbeddedDatabase.CLUSTER))) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
      }
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }
}
