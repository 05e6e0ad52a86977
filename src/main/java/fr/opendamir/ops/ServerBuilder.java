package fr.opendamir.ops;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How the library starts the embedded server: its settings, and where its programs go. */
final class ServerBuilder {
  /** Where the library unpacks PostgreSQL, in the folder of the database. */
  static final String PROGRAMS = "programs";

  /** In each folder of unpacked programs, and written last: the library trusts no older one. */
  static final String COMPLETE = ".exists";

  private static final String LIBRARY_FOLDER = "ot.epg.working-dir";

  private static final String LIBRARY = "postgresql";
  private static final long LOG_FILE_MB = 4;
  private static final Pattern LOG_FILE = Pattern.compile("[0-9A-F]{24}");

  private ServerBuilder() {}

  /** Tells the library that programs which it once unpacked are complete here too. */
  static void declareComplete(Path programs) throws IOException {
    try (Stream<Path> versions = Files.list(programs.resolve(LIBRARY))) {
      for (Path version : versions.toList()) {
        Files.writeString(version.resolve(COMPLETE), "");
      }
    }
  }

  /**
   * Prepares a start.
   *
   * @param folder of the database
   * @param data of the cluster, in that folder
   * @param limit how long the server may take until it accepts connections
   */
  static EmbeddedPostgres.Builder of(
      Path folder, Path data, int port, String password, Duration limit) throws IOException {
    // The library opens the folder that it is given to everybody: it gets one inside a private one.
    Path programs = PrivateFolder.requireWithin(folder, PROGRAMS).toAbsolutePath().resolve(LIBRARY);
    PrivateFolder.requireWithin(folder, data.getFileName().toString());
    // A start that failed keeps its lock on this file; no other process uses the folder.
    Files.deleteIfExists(data.resolve("epg-lock"));
    RunningServer.forgetZombie(data);
    return builder(programs)
        .setPort(port)
        .setDataDirectoryCustomizer(
            cluster -> ClusterAccess.close(cluster.toPath(), programs, password))
        .setConnectConfig("password", password)
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        // Stopped by close() alone, after the last answer.
        .setRegisterShutdownHook(false)
        .setPGStartupWait(limit)
        .setLocaleConfig("locale", "C")
        .setLocaleConfig("encoding", "UTF-8")
        .setServerConfig("listen_addresses", "localhost")
        // None: by default there is one for everybody in /tmp.
        .setServerConfig("unix_socket_directories", "")
        .setServerConfig("password_encryption", "scram-sha-256")
        .setServerConfig("scram_iterations", String.valueOf(ClusterAccess.ITERATIONS))
        .setServerConfig("max_connections", "100")
        // The library is made for tests, and trades for speed that what is published stays so.
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        // A month is loaded into a new table within one transaction: with no replica to feed it
        // need not be written twice.
        .setServerConfig("wal_level", "minimal")
        .setServerConfig("max_wal_senders", "0")
        // Files of the log that were needed once are kept for the next time, and are of 16 MB by
        // default: a third of a small database.
        .setLocaleConfig("wal-segsize", String.valueOf(LOG_FILE_MB))
        .setServerConfig("min_wal_size", 2 * logFileMb(data) + "MB")
        .setServerConfig("max_wal_size", "256MB")
        .setServerConfig("shared_buffers", "256MB")
        .setServerConfig("maintenance_work_mem", "128MB")
        .setOutputRedirector(ProcessBuilder.Redirect.DISCARD);
  }

  /**
   * The size of a file of the log, which a cluster has once and for all, and of which the server
   * demands two; that of a new one where there is no cluster.
   */
  private static long logFileMb(Path data) throws IOException {
    Path log = data.resolve("pg_wal");
    if (!Files.isDirectory(log)) {
      return LOG_FILE_MB;
    }
    long size = LOG_FILE_MB;
    try (Stream<Path> files = Files.list(log)) {
      for (Path file : files.toList()) {
        if (LOG_FILE.matcher(file.getFileName().toString()).matches()) {
          size = Math.max(size, Files.size(file) >> 20);
        }
      }
    }
    return size;
  }

  /** The library also looks for servers to stop in its own folder: never in one of everybody. */
  private static synchronized EmbeddedPostgres.Builder builder(Path programs) {
    String before = System.setProperty(LIBRARY_FOLDER, programs.toString());
    try {
      // A resolver of its own: the library remembers for each where it has unpacked.
      return EmbeddedPostgres.builder()
          .setOverrideWorkingDirectory(programs.toFile())
          .setPgBinaryResolver(
              new PgBinaryResolver() {
                @Override
                public InputStream getPgBinary(String system, String machine) throws IOException {
                  return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine);
                }
              });
    } finally {
      if (before == null) {
        System.clearProperty(LIBRARY_FOLDER);
      } else {
        System.setProperty(LIBRARY_FOLDER, before);
      }
    }
  }
}
