package fr.opendamir.ops;

import fr.opendamir.store.DatabaseServer;
import fr.opendamir.store.DatabaseSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * A PostgreSQL 18 of our own in a folder, on a free loopback port.
 *
 * <p>One process starts it and holds the folder's lock until it ends. Another process may attach to
 * the running server (an import beside the service does); a server that a killed process left
 * running is attached to as well, and stopped at the end by whoever then holds the lock.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  private static final String OWNER = "postgres";
  private static final String DATABASE = "opendamir";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final DatabaseSettings settings;
  private final AutoCloseable server;
  private final FileChannel lockFile;

  private EmbeddedDatabase(int port, AutoCloseable server, FileChannel lockFile) {
    this.settings = new DatabaseSettings(url(port, DATABASE), OWNER, "");
    this.server = server;
    this.lockFile = lockFile;
  }

  /** How to reach it, as its owner. */
  public DatabaseSettings settings() {
    return settings;
  }

  /**
   * Starts the server of a folder, or attaches to it.
   *
   * @param folder made when absent
   * @param mayAttach whether the server of another live process will do. It does for commands,
   *     whose server stops with the JVM; the service stops its own, after the answers in flight
   * @throws FolderInUseException when it will not
   */
  public static EmbeddedDatabase open(Path folder, boolean mayAttach) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      Path data = folder.resolve("postgres");
      if (lock == null) {
        String holder = holder(folder);
        channel.close();
        if (!mayAttach) {
          throw new FolderInUseException(folder, holder);
        }
        return new EmbeddedDatabase(waitForPort(folder, data, holder), () -> {}, null);
      }
      Files.writeString(folder.resolve("lock.pid"), String.valueOf(ProcessHandle.current().pid()));
      return start(data, channel, mayAttach);
    } catch (IOException e) {
      throw new UncheckedIOException("the database folder " + folder + " is not usable", e);
    }
  }

  private static EmbeddedDatabase start(Path data, FileChannel lockFile, boolean stopsWithJvm)
      throws IOException {
    Optional<RunningServer> left = RunningServer.find(data);
    if (left.isPresent()) {
      return ready(left.get().port(), left.get(), lockFile);
    }
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setPGStartupWait(START_LIMIT)
            .setRegisterShutdownHook(stopsWithJvm)
            .setLocaleConfig("locale", "C")
            .setLocaleConfig("encoding", "UTF-8")
            .setServerConfig("listen_addresses", "localhost")
            .setServerConfig("max_connections", "100")
            // A month is loaded into a new table within one transaction: with no replica to feed it
            // need not be written twice.
            .setServerConfig("wal_level", "minimal")
            .setServerConfig("max_wal_senders", "0")
            .setServerConfig("max_wal_size", "2GB")
            .setServerConfig("shared_buffers", "256MB")
            .setServerConfig("maintenance_work_mem", "128MB")
            .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
            .start();
    return ready(server.getPort(), server, lockFile);
  }

  private static EmbeddedDatabase ready(int port, AutoCloseable server, FileChannel lockFile) {
    DatabaseServer.ensureDatabase(new DatabaseSettings(url(port, OWNER), OWNER, ""), DATABASE);
    return new EmbeddedDatabase(port, server, lockFile);
  }

  /** The holder of the lock may be starting the server just now. */
  private static int waitForPort(Path folder, Path data, String holder) throws IOException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<RunningServer> running = RunningServer.find(data);
      if (running.isPresent()
          && DatabaseServer.accepts(
              new DatabaseSettings(url(running.get().port(), DATABASE), OWNER, ""))) {
        return running.get().port();
      }
      try {
        Thread.sleep(200);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    throw new FolderInUseException(folder, holder);
  }

  private static String holder(Path folder) throws IOException {
    Path file = folder.resolve("lock.pid");
    return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8).strip() : "?";
  }

  private static String url(int port, String database) {
    return "jdbc:postgresql://localhost:" + port + "/" + database;
  }

  @Override
  public void close() {
    try {
      server.close();
      if (lockFile != null) {
        lockFile.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException("the embedded database does not stop", e);
    }
  }
}
