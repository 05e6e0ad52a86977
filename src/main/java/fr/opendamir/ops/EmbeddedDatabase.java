package fr.opendamir.ops;

import fr.opendamir.store.DatabaseServer;
import fr.opendamir.store.DatabaseSettings;
import io.micrometer.core.instrument.Metrics;
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
 * the running server (an import beside the service does), also to a server that a killed process
 * left running; the process that then holds the lock stops it at the end.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  /** The folder of the cluster, in that of the database. */
  static final String CLUSTER = "postgres";

  private static final String OWNER = "postgres";
  private static final String DATABASE = "opendamir";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  /** Recovery that takes longer goes on, and the server is found running by the next try. */
  private static final Duration RESTART_LIMIT = Duration.ofSeconds(3);

  private static final Duration WATCH_INTERVAL = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration STEP = Duration.ofMillis(100);

  private final Path folder;
  private final int port;
  private final DatabaseSettings settings;
  private final Optional<FileChannel> lockFile;
  private final boolean stopsWithJvm;
  private volatile Optional<AutoCloseable> server;
  private volatile ServerWatch watch;

  private EmbeddedDatabase(
      Path folder,
      int port,
      String password,
      Optional<AutoCloseable> server,
      Optional<FileChannel> lockFile,
      boolean stopsWithJvm) {
    this.folder = folder;
    this.port = port;
    this.settings = new DatabaseSettings(url(port, DATABASE), OWNER, password);
    this.server = server;
    this.lockFile = lockFile;
    this.stopsWithJvm = stopsWithJvm;
  }

  /** How to reach it, as its owner, once it is started. */
  public DatabaseSettings settings() {
    return settings;
  }

  /**
   * Starts the server of a folder, or attaches to it.
   *
   * @see #prepare
   */
  public static EmbeddedDatabase open(Path folder, boolean mayAttach) {
    EmbeddedDatabase database = prepare(folder, mayAttach);
    try {
      database.start();
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * Takes a folder, and decides how its server will be reached, which {@link #start} must follow.
   *
   * @param folder made when absent
   * @param mayAttach whether the server of another live process will do. It does for commands,
   *     whose server stops with the JVM; the service stops its own, after the answers in flight
   * @throws FolderInUseException when it will not
   */
  public static EmbeddedDatabase prepare(Path folder, boolean mayAttach) {
    try {
      requirePrivate(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      Path data = data(folder);
      if (lock == null) {
        String holder = holder(folder);
        channel.close();
        if (!mayAttach) {
          throw new FolderInUseException(folder, holder);
        }
        RunningServer running = waitForServer(folder, data, holder);
        return new EmbeddedDatabase(
            folder,
            running.port(),
            OwnerPassword.read(data),
            Optional.empty(),
            Optional.empty(),
            mayAttach);
      }
      Files.writeString(folder.resolve("lock.pid"), String.valueOf(ProcessHandle.current().pid()));
      try {
        return prepare(folder, channel, mayAttach);
      } catch (IOException | RuntimeException e) {
        channel.close(); // and with it the lock: the same process may try again
        throw e;
      }
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  private static UncheckedIOException unusable(Path folder, IOException cause) {
    return new UncheckedIOException(
        "the database folder " + folder + " is not usable" + FreeSpace.hint(folder), cause);
  }

  /**
   * Makes the folder of a database, or closes it to others.
   *
   * @throws UnsafeFolderException where others could write in it
   */
  static void requirePrivate(Path folder) throws IOException {
    PrivateFolder.requireOfDatabase(folder, data(folder).resolve(OwnerPassword.FILE));
  }

  /** What to do about a folder without room; empty where there is enough. */
  public String spaceHint() {
    return FreeSpace.hint(folder);
  }

  /**
   * From now on the server is started again, on the same port, where it dies. For a process that
   * stays; does nothing where another one holds the folder.
   */
  public void keepRunning() {
    if (lockFile.isPresent() && watch == null) {
      watch = new ServerWatch(this::isRunning, this::restart, WATCH_INTERVAL, LONGEST_PAUSE);
    }
  }

  private static EmbeddedDatabase prepare(Path folder, FileChannel lockFile, boolean stopsWithJvm)
      throws IOException {
    Path data = data(folder);
    Optional<RunningServer> left = RunningServer.find(data);
    if (left.isPresent() && !ClusterAccess.isClosed(data)) {
      left.get().close(); // one of an earlier version, which trusts every process of the machine
      left = Optional.empty();
    }
    if (left.isPresent() && !accepts(data, left.get(), START_LIMIT)) {
      left = Optional.empty();
    }
    String password =
        ClusterAccess.isClosed(data) ? OwnerPassword.read(data) : OwnerPassword.choose(data);
    return new EmbeddedDatabase(
        folder,
        left.map(RunningServer::port).orElseGet(FreePort::next),
        password,
        left.map(running -> running),
        Optional.of(lockFile),
        stopsWithJvm);
  }

  /** Takes a prepared database where there is none yet; to be called before {@link #start}. */
  public void takeIfEmpty(PreparedDatabase prepared) {
    if (lockFile.isPresent()) {
      prepared.unpackInto(folder);
    }
  }

  /**
   * Starts the server unless it runs, and makes the database in it unless there is one. Whatever
   * fails, {@link #close} must follow.
   */
  public void start() {
    if (lockFile.isEmpty()) {
      return; // another process has done it
    }
    try {
      if (server.isEmpty()) {
        server = Optional.of(start(builder(START_LIMIT).setRegisterShutdownHook(stopsWithJvm)));
      }
    } catch (IOException e) {
      throw unusable(folder, e);
    }
    DatabaseServer.ensureDatabase(
        new DatabaseSettings(url(port, OWNER), OWNER, settings.password()), DATABASE);
  }

  /** Stops a server that runs but rejects the password, and says what to do. */
  private EmbeddedPostgres start(EmbeddedPostgres.Builder builder) throws IOException {
    try {
      return builder.start();
    } catch (IOException e) {
      if (DatabaseServer.isWrongPassword(e)) {
        Path data = data(folder);
        RunningServer.find(data).ifPresent(RunningServer::close);
        throw OwnerPassword.unusable(data, "holds another password than the database");
      }
      throw e;
    }
  }

  private EmbeddedPostgres.Builder builder(Duration limit) throws IOException {
    return ServerBuilder.of(folder, data(folder), port, settings.password(), limit);
  }

  private boolean isRunning() {
    try {
      return RunningServer.find(data(folder)).isPresent();
    } catch (IOException e) {
      return true; // a full table of descriptors is no reason to start another one
    }
  }

  /** Starts the server that died, which is counted; returns the reason if it could not. */
  private Optional<String> restart() {
    try {
      Metrics.counter("opendamir.database.restarts").increment();
      server = Optional.of(builder(RESTART_LIMIT).start());
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.of(e.getMessage() + FreeSpace.hint(folder));
    }
  }

  /** Whether it can be connected to, once it has recovered from how its starter ended. */
  private static boolean accepts(Path data, RunningServer running, Duration limit)
      throws IOException {
    DatabaseSettings maintenance =
        new DatabaseSettings(url(running.port(), OWNER), OWNER, OwnerPassword.read(data));
    long deadline = System.nanoTime() + limit.toNanos();
    while (running.process().isAlive() && System.nanoTime() < deadline) {
      if (DatabaseServer.accepts(maintenance)) {
        return true;
      }
      sleep();
    }
    return false;
  }

  /** The holder of the lock may be starting the server just now. */
  private static RunningServer waitForServer(Path folder, Path data, String holder)
      throws IOException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<RunningServer> running = RunningServer.find(data);
      if (running.isPresent() && !ClusterAccess.isClosed(data)) {
        throw new IllegalStateException(
            "the process "
                + holder
                + " runs the database folder "
                + folder
                + " as an earlier version, without a password; stop it and start this version in"
                + " its place");
      }
      if (running.isPresent()
          && DatabaseServer.accepts(
              new DatabaseSettings(
                  url(running.get().port(), DATABASE), OWNER, OwnerPassword.read(data)))) {
        return running.get();
      }
      sleep();
    }
    throw new FolderInUseException(folder, holder);
  }

  private static String holder(Path folder) throws IOException {
    Path file = folder.resolve("lock.pid");
    return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8).strip() : "?";
  }

  private static void sleep() {
    try {
      Thread.sleep(STEP.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the embedded database starts", e);
    }
  }

  private static Path data(Path folder) {
    return folder.resolve(CLUSTER);
  }

  private static String url(int port, String database) {
    return "jdbc:postgresql://localhost:" + port + "/" + database;
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
    try {
      if (server.filter(RunningServer.class::isInstance).isPresent()) {
        // Another one may run by now.
        server = RunningServer.find(data(folder)).map(running -> running);
      }
      if (server.isPresent()) {
        server.get().close();
      }
      if (lockFile.isPresent()) {
        lockFile.get().close();
      }
    } catch (Exception e) {
      throw new IllegalStateException("the embedded database does not stop", e);
    }
  }
}
