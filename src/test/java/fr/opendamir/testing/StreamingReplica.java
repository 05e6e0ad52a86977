package fr.opendamir.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;

/** A PostgreSQL primary and a replica that follows it by streaming, each a server of its own. */
public final class StreamingReplica implements AutoCloseable {
  private final Path folder;
  private final int primaryPort = freePort();
  private final int replicaPort = freePort();
  private EmbeddedPostgres primary;
  private EmbeddedPostgres replica;

  public StreamingReplica(Path folder) throws IOException {
    this.folder = folder;
    primary = start("primary", primaryPort);
    primary.close(); // so that its files may be copied
    copy(folder.resolve("primary"), folder.resolve("replica"));
    Files.createFile(folder.resolve("replica").resolve("standby.signal"));
    Files.writeString(
        folder.resolve("replica").resolve("postgresql.auto.conf"),
        "primary_conninfo = 'host=localhost port=%d user=postgres'%n".formatted(primaryPort),
        StandardOpenOption.APPEND);
    primary = start("primary", primaryPort);
    startReplica();
  }

  public int primaryPort() {
    return primaryPort;
  }

  public int replicaPort() {
    return replicaPort;
  }

  public void startReplica() throws IOException {
    replica = start("replica", replicaPort);
  }

  /** Ends the replica without a farewell. */
  public void killReplica() throws IOException, InterruptedException {
    String pid = Files.readAllLines(folder.resolve("replica").resolve("postmaster.pid")).get(0);
    new ProcessBuilder("kill", "-KILL", pid).start().waitFor();
    replica.close(); // lets go of the folder
  }

  /** Lets the replica receive what the primary does, and not do it. */
  public void pauseReplay() throws SQLException {
    run("SELECT pg_wal_replay_pause()");
  }

  public void resumeReplay() throws SQLException {
    run("SELECT pg_wal_replay_resume()");
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = replica.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private EmbeddedPostgres start(String name, int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(folder.resolve(name))
        .setCleanDataDirectory(false)
        .setLocaleConfig("locale", "C")
        .setServerConfig("wal_level", "replica")
        .setServerConfig("hot_standby", "on")
        .start();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copied = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copied);
          Files.setPosixFilePermissions(copied, Files.getPosixFilePermissions(file));
        } else {
          Files.copy(file, copied);
        }
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    replica.close();
    primary.close();
  }
}
